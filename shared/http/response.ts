import { type Failure, type Fault, failureTexts } from "../domain/failures.ts";
import { adviceOf, commonAdvice, type Telling } from "./failure-advice.ts";
import { failureStatus } from "./failure-status.ts";
import { detailOf } from "./fault-details.ts";

/** The part of API Gateway's answer format (payload 2.0) that the service uses. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded?: boolean;
}

/** On every answer (OWASP REST Security Cheat Sheet); what is a page says in its own policy what it may load. */
export const COMMON_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** An answer whose text is fixed already, so that a replay is the same to the byte. */
export const answer = (status: number, text: string, replayed = false): HttpResponse => ({
  statusCode: status,
  headers: {
    ...COMMON_HEADERS,
    "content-type": "application/json; charset=utf-8",
    ...(replayed ? { "idempotency-replayed": "true" } : {}),
  },
  body: text,
});

const MAX_FAULTS = 1_000;
const MORE_FAULTS: Fault = { pointer: "", code: "MORE_FAULTS" };

/**
 * A refusal as problem+json (RFC 9457): stable code, both languages, what to do, every fault with its pointer. Without `telling` it
 * is of a call that reached no operation.
 */
export function refusal(
  failure: Failure,
  requestId: string,
  telling: Telling = { isMessage: false, adviceForCode: commonAdvice },
): HttpResponse {
  const { zh, en, retryable } = failureTexts[failure.code];
  const all = failure.faults ?? [];
  const faults = all.length > MAX_FAULTS ? [...all.slice(0, MAX_FAULTS - 1), MORE_FAULTS] : all;
  return {
    statusCode: failureStatus[failure.code],
    headers: {
      ...COMMON_HEADERS,
      "content-type": "application/problem+json; charset=utf-8",
      ...(retryable ? { "retry-after": String(failure.retryAfterSeconds ?? 1) } : {}),
    },
    body: JSON.stringify({
      type: `urn:problem:${failure.code}`,
      title: `${zh} · ${en}`,
      status: failureStatus[failure.code],
      code: failure.code,
      retryable,
      requestId,
      action: adviceOf(failure.code, telling),
      visitId: failure.visitId,
      settlementId: failure.settlementId,
      errors: faults.map(({ pointer, ...fault }) => ({
        pointer,
        code: fault.code,
        detail: detailOf(fault),
        hospital: fault.hospital,
      })),
    }),
  };
}
