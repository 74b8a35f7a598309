import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod/mini";
import { retry } from "../../shared/retry.ts";
import { DemoCallError } from "./demo-call-error.ts";

const TIMEOUT_MS = 30_000;
/** A message that met a busy moment is sent again with the same key, which is what the key is for. */
const retries = { attempts: 4, firstPauseMs: 150, longestPauseMs: 600, pause: wait };

const Problem = z.object({
  code: z.optional(z.string()),
  /** What an OAuth server says instead of `code` (RFC 6749 section 5.2). */
  error: z.optional(z.string()),
  retryable: z._default(z.boolean(), false),
  errors: z._default(
    z.array(z.object({ pointer: z.optional(z.string()), code: z.string(), detail: z.optional(z.string()) })),
    [],
  ),
});

const Token = z.object({ access_token: z.string() });

export interface Call<Answer> {
  /** The operation's name, for the error message. */
  readonly operation: string;
  readonly path: string;
  readonly body: object;
  /** Sent as `Idempotency-Key`; absent where the call changes nothing. */
  readonly key?: string;
  readonly answer: z.ZodMiniType<Answer>;
}

/** Posts as one hospital. Throws DemoCallError for any answer but success. */
export type PostAs = <Answer>(call: Call<Answer>) => Promise<Answer>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Refusal {
  readonly error: DemoCallError;
  readonly retryable: boolean;
}

/** The answer with its body; undefined where the connection was refused, lost or too slow. */
async function receive(
  url: URL,
  request: RequestInit,
  timeoutMs: number,
): Promise<{ response: Response; body: unknown } | undefined> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: "POST", ...request, signal });
    return { response, body: parseJson(await response.text()) };
  } catch {
    return undefined;
  }
}

async function send<Answer>(
  url: URL,
  request: RequestInit,
  call: Pick<Call<Answer>, "operation" | "answer">,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Answer | Refusal> {
  const { operation } = call;
  const answer = await receive(url, request, timeoutMs);
  // No answer: the message may have taken effect or not, and the same key makes it safe to send again.
  if (answer === undefined) return { error: new DemoCallError(operation, 0, "NO_ANSWER"), retryable: true };
  const { response, body } = answer;
  if (!response.ok) {
    const problem = Problem.safeParse(body).data;
    const code = problem?.code ?? problem?.error ?? "NO_PROBLEM_STATED";
    const error = new DemoCallError(operation, response.status, code, problem?.errors);
    return { error, retryable: problem?.retryable ?? false };
  }
  const parsed = call.answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${path.join("/")}`,
    code: message,
  }));
  return {
    error: new DemoCallError(operation, response.status, "ANSWER_NOT_AS_AGREED", faults),
    retryable: false,
  };
}

const isRefusal = (outcome: unknown): outcome is Refusal =>
  typeof outcome === "object" &&
  outcome !== null &&
  "error" in outcome &&
  outcome.error instanceof DemoCallError;

/** Asks or states as the bearer of a token, once. Throws DemoCallError for any answer but success, or none in time. */
export async function callWith<Answer>(
  token: string,
  url: URL,
  {
    method,
    body,
    ...call
  }: Pick<Call<Answer>, "operation" | "answer"> & {
    readonly method: "GET" | "PUT";
    readonly body?: object;
  },
  timeoutMs?: number,
): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const outcome = await send(url, request, call, timeoutMs);
  if (isRefusal(outcome)) throw outcome.error;
  return outcome;
}

/** Signs in by client credentials (RFC 6749 section 4.4; the secret as Basic, which every server takes). */
export async function requestToken(baseUrl: string, clientId: string, clientSecret: string): Promise<string> {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const request = {
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  };
  const outcome = await send(new URL("/oauth/token", baseUrl), request, {
    operation: "request-token",
    answer: Token,
  });
  if (isRefusal(outcome)) throw outcome.error;
  return outcome.access_token;
}

/** Signs a demo client in and gives the function that posts as it. */
export async function signIn(baseUrl: string, clientId: string, clientSecret: string): Promise<PostAs> {
  const token = await requestToken(baseUrl, clientId, clientSecret);
  return async (call) => {
    const request = {
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(call.key === undefined ? {} : { "idempotency-key": call.key }),
      },
      body: JSON.stringify(call.body),
    };
    let error: unknown;
    const done = await retry(retries, async () => {
      const outcome = await send(new URL(call.path, baseUrl), request, call);
      if (!isRefusal(outcome)) return { answer: outcome };
      error = outcome.error;
      if (!outcome.retryable) throw error;
      return "AGAIN";
    });
    if (done === "AGAIN") throw error;
    return done.answer;
  };
}
