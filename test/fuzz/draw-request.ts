import type { OpenapiOperation } from "../../functions/contract/openapi-document.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import type { CallInput } from "../support/service.ts";
import { drawTarget, toTarget } from "./draw-target.ts";
import { toEdges } from "./forged-values.ts";
import { nothing } from "./good-input.ts";
import { drawHostileValue, hostileTexts } from "./hostile-values.ts";
import type { Manner } from "./manners.ts";
import { mutate } from "./mutate.ts";
import { drawFromSchema, type Source } from "./schema-value.ts";

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Where the document gives no example. */
const examples: Readonly<Record<string, unknown>> = {
  "reconcile-day": { date: "2026-03-02", settlements: nothing, reversals: { ...nothing, count: 1 } },
  "post-reconciliation-details": { rows: [], last: true },
  "link-case": { caseNo: "GS2026000001" },
};

const EVERY_ROLE = ["hospital", "enterprise", "finance", "agency", "auditor"] as const;

const OVERSIZED = [5_000_001, 10_000_001];

/**
 * What an example must have new in each request to be taken, such as a hospital's own number of a visit; and an
 * address for webhooks that no name must be looked up for.
 */
const renew = (text: string, serial: string): string =>
  text
    .replaceAll("his.example.org", "1.1.1.1")
    .replaceAll(/"(hospitalVisitNo|lineNo|receipt)":"(\w+)/g, `"$1":"$2${serial}`);

function drawBody(
  source: Source,
  operation: OpenapiOperation,
  manner: Manner,
  serial: string,
): string | undefined {
  const { random } = source;
  const stated = operation.requestBody?.content["application/json"];
  if (stated === undefined)
    return manner === "HOSTILE" && random.chance(0.3) ? random.pick(hostileTexts) : undefined;
  const valid = stated.example ?? examples[operation.operationId] ?? drawFromSchema(source, stated.schema);
  switch (manner) {
    case "VALID":
    case "WRONG_CALLER":
      return renew(JSON.stringify(valid), serial);
    case "FORGED":
      return toEdges(renew(JSON.stringify(valid), serial), random);
    case "NEARLY_VALID":
      return renew(JSON.stringify(mutate(valid, random)), serial);
    case "SCHEMA":
      return JSON.stringify(drawFromSchema(source, stated.schema));
    case "HOSTILE":
      if (random.chance(0.03)) return `"${"x".repeat(random.pick(OVERSIZED))}"`;
      return random.chance(0.5) ? random.pick(hostileTexts) : JSON.stringify(drawHostileValue(random));
  }
}

const badKeys = ["", " ", "a".repeat(65), "a b", "深".repeat(3), "../a", "a\u00e9", "#", "null"];

function drawKey({ random, known }: Source, manner: Manner, serial: string): string | undefined {
  if (manner === "WRONG_CALLER" || manner === "FORGED") return `fuzz-${serial}`;
  switch (random.integer(0, 9)) {
    case 0:
      return undefined;
    case 1:
      return Buffer.from(random.pick(badKeys)).toString("latin1");
    case 2:
      return known.find("key", random) ?? "fuzz-0";
    case 3:
      return `.:_-${serial}`.padEnd(64, "Z");
    default:
      return `fuzz-${serial}`;
  }
}

const contentTypes = [
  "text/plain",
  "application/xml",
  "multipart/form-data; boundary=a",
  "application/json; charset=utf-16",
  "",
  "a/b/c",
];

const badTokens = ["", "a.b.c", "null", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWdlbmN5In0."];

/** Who is to be believed: one who may call the operation, or one who may not, or nobody. */
function drawToken(
  { random }: Source,
  { roles }: OperationContract,
  manner: Manner,
  tokenOf: (client: string) => string,
): string {
  const own = tokenOf(roles[0] ?? "hospital");
  if (manner !== "WRONG_CALLER") return own;
  const others = EVERY_ROLE.filter((role) => !roles.includes(role));
  return random.chance(0.5) && others.length > 0
    ? tokenOf(random.pick(others))
    : random.pick([...badTokens, `${own}x`]);
}

export interface Occasion {
  readonly manner: Exclude<Manner, "VALID">;
  readonly tokenOf: (client: string) => string;
  readonly serial: string;
}

/** A request for one operation that has nothing wrong with it. */
export function toGoodRequest(
  { method, path, roles, message }: OperationContract,
  { params = {}, query = {}, body }: Pick<CallInput, "params" | "query" | "body">,
  { tokenOf, serial }: Omit<Occasion, "manner">,
): WireRequest {
  const role = roles[0];
  return {
    method,
    target: toTarget(path, params, Object.entries(query)),
    headers: {
      ...(role === undefined ? {} : { authorization: `Bearer ${tokenOf(role)}` }),
      ...(message ? { "idempotency-key": `fuzz-${serial}` } : {}),
      "content-type": "application/json",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** Draws a request for one operation with something wrong, or with nothing right. */
export function drawRequest(
  source: Source,
  definition: OperationContract,
  operation: OpenapiOperation,
  { manner, tokenOf, serial }: Occasion,
): WireRequest {
  const { random } = source;
  const token = drawToken(source, definition, manner, tokenOf);
  const key = definition.message ? drawKey(source, manner, serial) : undefined;
  const body = drawBody(source, operation, manner, serial);
  const isOtherMethod = manner === "HOSTILE" && random.chance(0.1);
  return {
    method: isOtherMethod ? random.pick(["DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"]) : definition.method,
    target: drawTarget(source, definition, operation, manner),
    headers: {
      ...(definition.roles.length === 0 ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      "content-type": manner === "HOSTILE" ? random.pick(contentTypes) : "application/json",
    },
    body,
  };
}
