import type { Sentence } from "../../shared/domain/failure-text.ts";
import { type FailureCode, failureTexts } from "../../shared/domain/failures.ts";
import { adviceForMessages, adviceForStatus } from "../../shared/http/failure-advice.ts";
import { failureStatus } from "../../shared/http/failure-status.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";
import { noBody, type OperationContract } from "../kit/operation.ts";
import { bothLanguages, type OpenapiResponse } from "./openapi-document.ts";
import { docsOf } from "./operation-docs.ts";

const bodyFailures = [
  "BODY_NOT_JSON",
  "BODY_NOT_UTF8",
  "BODY_FIELD_TWICE",
  "BODY_TOO_DEEP",
  "BODY_TOO_MANY_FIELDS",
  "BODY_TOO_SLOW",
  "PAYLOAD_TOO_LARGE",
] as const satisfies readonly FailureCode[];

/** Every refusal that a call of an operation can meet: its own and those of any call of its kind. */
export function failuresOf(definition: OperationContract): readonly FailureCode[] {
  const codes: FailureCode[] = definition.body === noBody ? ["BODY_NOT_TAKEN"] : [...bodyFailures];
  codes.push("TOO_MANY_REQUESTS");
  if (definition.roles.length > 0) codes.push("UNAUTHENTICATED", "FORBIDDEN", "INSTITUTION_UNKNOWN");
  if (definition.message) {
    codes.push(
      "IDEMPOTENCY_KEY_REQUIRED",
      "IDEMPOTENCY_KEY_INVALID",
      "IDEMPOTENCY_KEY_REUSED",
      "MESSAGE_CANCELLED",
    );
  }
  codes.push("INPUT_INVALID", ...docsOf(definition).failures);
  codes.push("BUSY", "INTERNAL");
  return [...new Set(codes)];
}

function toLine(code: FailureCode): string {
  const advice = fullAdvice[code];
  const { zh, en } = failureTexts[code];
  if (advice === undefined) return `- \`${code}\` ${zh} · ${en}`;
  return `- \`${code}\` ${zh} → ${advice.zh} · ${en} → ${advice.en}`;
}

function toResponse(
  status: number,
  codes: readonly FailureCode[],
  advice: Sentence | undefined,
): OpenapiResponse {
  const isRetryable = codes.some((code) => failureTexts[code].retryable);
  return {
    description: `${advice === undefined ? "" : `${bothLanguages(advice)}\n\n`}${codes.map(toLine).join("\n")}`,
    ...(isRetryable
      ? {
          headers: {
            "Retry-After": { description: "秒 · Seconds", schema: { type: "integer", minimum: 0 } },
          },
        }
      : {}),
    content: {
      "application/problem+json": {
        schema: {
          $ref: "#/components/schemas/Problem",
          properties: { status: { const: status }, code: { enum: [...codes] } },
        },
      },
    },
  };
}

/** One entry for each status, with every code that it may carry and what to do about it. */
export function failureResponses(definition: OperationContract): Record<string, OpenapiResponse> {
  const byStatus = Map.groupBy(failuresOf(definition), (code) => failureStatus[code]);
  const statuses = [...byStatus.entries()].sort(([a], [b]) => a - b);
  const advice = definition.message ? adviceForMessages : adviceForStatus;
  return Object.fromEntries(
    statuses.map(([status, codes]) => [String(status), toResponse(status, codes, advice[status])]),
  );
}
