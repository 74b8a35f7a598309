import * as z from "zod/mini";

/** A refusal as callers get it (RFC 9457), as shared/http/response.ts writes it. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  retryable: z.boolean(),
  requestId: z.string(),
  action: z.optional(z.string()),
  /** Of VISIT_NUMBER_TAKEN: the visit that has the number. */
  visitId: z.optional(z.string()),
  /** Of SETTLEMENT_NOT_LATEST: the latest one. */
  settlementId: z.optional(z.string()),
  errors: z.array(
    z.object({
      pointer: z.string(),
      code: z.string(),
      detail: z.string(),
      hospital: z.optional(z.object({ code: z.string(), name: z.string() })),
    }),
  ),
});
