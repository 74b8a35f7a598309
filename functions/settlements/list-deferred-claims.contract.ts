import * as z from "zod/mini";
import { deferredGroupings } from "../../shared/domain/reports/deferred-claim.ts";
import { takenBackKinds } from "../../shared/domain/visits/visit.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { Amount, DayText, longCursorPageShape } from "../kit/views.ts";
import { readers } from "../reports/report-readers.ts";

/** A claim that waits, without any diagnosis; the worker's name is masked. */
const DeferredClaimView = z.object({
  visitId: z.string(),
  caseNo: z.optional(z.string()),
  caseStatus: z.optional(z.string()),
  hospitalCode: z.string(),
  employerUscc: z.string(),
  worker: z.object({ name: z.string() }),
  deferredOn: DayText,
  ageDays: z.number(),
  total: Amount,
  fund: Amount,
  dueOn: z.optional(DayText),
  isOverdue: z.boolean(),
  employerWasLate: z.boolean(),
  blockedBy: z.optional(z.string()),
  takenBack: z.optional(z.enum(takenBackKinds)),
});

export const listDeferredClaimsContract = {
  id: "list-deferred-claims",
  method: "GET",
  path: "/v1/finance/deferred-claims",
  audience: "finance",
  roles: readers,
  message: false,
  params: noParams,
  query: z.strictObject({
    ...longCursorPageShape,
    groupBy: z._default(z.enum(deferredGroupings), "hospital"),
  }),
  body: noBody,
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(DeferredClaimView),
      groups: z.array(
        z.object({
          key: z.string(),
          count: z.number(),
          overdueCount: z.number(),
          total: Amount,
          fund: Amount,
        }),
      ),
      nextCursor: z.nullable(z.string()),
    }),
  },
  audit: { reads: "LIST" },
} as const satisfies OperationContract;

export const listDeferredClaimsDocs = (): OperationDocs => ({
  summary: { en: "What waits for a decision, the overdue first", zh: "挂账查询" },
  failures: ["CURSOR_INVALID"],
});
