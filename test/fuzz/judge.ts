import * as z from "zod/mini";
import { operations } from "../../functions/contract/operations.ts";
import { makeRouteTable } from "../../infra/local/route-table.ts";
import { failureTexts } from "../../shared/domain/failures.ts";
import { checkAnswer, findSchemaFault } from "../support/contract.ts";
import type { WireRequest } from "./draw-request.ts";
import type { WireAnswer } from "./send-wire.ts";

const findRoute = makeRouteTable(operations);
const Problem = z.object({ code: z.string(), status: z.number() });

/** Generous on a machine that does other things: what hangs or grows without bound is far beyond. */
const LIMIT_MS = 10_000;

const EXPECTED_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

const NOTHING_MAY_BE_LOADED = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** A page may load its own style sheet, which is named by its hash; any other answer may load nothing. */
function isStrict(policy: string | undefined, isPage: boolean): boolean {
  const rules = (policy ?? "").split("; ");
  const others = rules.filter((rule) => !NOTHING_MAY_BE_LOADED.includes(rule));
  const allowed = isPage ? /^(style-src 'sha256-[A-Za-z0-9+/=]{44}'|img-src data:)$/ : /^$/;
  return (
    NOTHING_MAY_BE_LOADED.every((rule) => rules.includes(rule)) && others.every((rule) => allowed.test(rule))
  );
}

/** What a refusal says that belongs to no operation, or to a method that the route does not have. */
function judgeOutside(answer: WireAnswer, code: string): string | undefined {
  const body: unknown = JSON.parse(answer.body);
  const fault = findSchemaFault(["components", "schemas", "Problem"], body);
  if (fault !== undefined) return fault;
  const problem = Problem.parse(body);
  return problem.code === code && problem.status === answer.statusCode
    ? undefined
    : `${problem.code} instead of ${code}`;
}

function judgeBody({ method, target }: WireRequest, answer: WireAnswer): string | undefined {
  const [path = ""] = target.split("?");
  const match = findRoute(method, URL.parse(`http://local${path}`)?.pathname ?? "");
  // An answer to HEAD has no body to be judged by.
  if (method === "HEAD")
    return answer.statusCode === 405 || answer.statusCode === 404 ? undefined : "HEAD was served";
  if (match.kind === "NOT_FOUND") return judgeOutside(answer, "ROUTE_NOT_FOUND");
  if (match.kind === "OTHER_METHOD") return judgeOutside(answer, "METHOD_NOT_ALLOWED");
  checkAnswer(match.definition, answer);
  if (answer.statusCode < 400) return undefined;
  const { code } = Problem.parse(JSON.parse(answer.body));
  return Object.hasOwn(failureTexts, code) ? undefined : `${code} is in no list of codes`;
}

/** Why an answer breaks a promise that the service makes about every answer; undefined where it keeps them all. */
export function judge(request: WireRequest, answer: WireAnswer): string | undefined {
  if (answer.statusCode >= 500) return `answered ${answer.statusCode}: ${answer.body}`;
  if (answer.durationMs > LIMIT_MS) return `took ${Math.round(answer.durationMs)} ms`;
  for (const [name, value] of Object.entries(EXPECTED_HEADERS)) {
    if (answer.headers[name] !== value) return `has ${name} ${answer.headers[name]}`;
  }
  const { "content-security-policy": policy, "content-type": mediaType = "" } = answer.headers;
  if (!isStrict(policy, mediaType.startsWith("text/html"))) return `has content-security-policy ${policy}`;
  try {
    return judgeBody(request, answer);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
