import * as z from "zod/mini";

const ProblemBody = z.object({
  code: z.optional(z.string()),
  title: z.optional(z.string()),
  /** What an OAuth server says instead (RFC 6749 section 5.2). */
  error: z.optional(z.string()),
  error_description: z.optional(z.string()),
  retryable: z.optional(z.boolean()),
  errors: z._default(z.array(z.object({ pointer: z._default(z.string(), ""), code: z.string() })), []),
});
type Problem = z.output<typeof ProblemBody>;

/** An answer, or why there was none; then nobody knows what became of the request. */
export type HttpOutcome =
  | { readonly kind: "ANSWERED"; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly kind: "LOST"; readonly why: string };

/** What to do where nobody answers. */
export const adviceOnLoss: readonly string[] = [
  "请确认服务正在运行：在另一个终端运行 npm start，看到“服务就绪”后再运行本命令。服务在别处的，请把 SERVICE_URL（令牌另有地址的，连同 TOKEN_URL）设为它的地址",
  "Is the service running? Start it in another terminal with npm start, wait for the line that says ready, and run this again. If it runs elsewhere, set SERVICE_URL (and TOKEN_URL, if tokens come from another address)",
];

/** The gateway gives up after 29 seconds. */
const TIMEOUT_MS = 60_000;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}

/** Posts and reads the whole answer. */
export async function post(
  url: string,
  request: Pick<RequestInit, "headers" | "body">,
): Promise<HttpOutcome> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { ...request, method: "POST", signal });
    const body = parseJson(await response.text());
    return { kind: "ANSWERED", status: response.status, headers: response.headers, body };
  } catch (error) {
    return { kind: "LOST", why: `无法连接 · cannot reach ${url} (${reasonOf(error)})` };
  }
}

const noProblem = ProblemBody.parse({});

/** What an answer says is wrong; nothing where it does not say so as problem+json. */
export const toProblem = (body: unknown): Problem => ProblemBody.safeParse(body).data ?? noProblem;

export const explainProblem = (status: number, { code, title, error, error_description }: Problem): string =>
  [status, code ?? error, title ?? error_description].filter((part) => part !== undefined).join(" ");

/** Gateways answer so when they are busy or do not reach the service. */
const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Whether the same request can succeed later: the answer itself says so, or its status where it says nothing. */
export const isPassing = (status: number, { retryable }: Problem): boolean =>
  retryable ?? PASSING_STATUSES.includes(status);

/** `Retry-After` in seconds (RFC 9110 section 10.2.3); its form with a date is not used by gateways. */
export function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get("retry-after") ?? 0);
  return Number.isFinite(seconds) ? seconds * 1_000 : 0;
}
