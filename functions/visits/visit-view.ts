import * as z from "zod/mini";
import type { Amounts } from "../../shared/domain/amounts.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import {
  deferredAmounts,
  settledAmounts,
  takenBackKinds,
  type Visit,
  type VisitDetails,
} from "../../shared/domain/visits/visit.ts";
import { AllocationView, Amount, InstantText, pageOf, toAmountsView } from "../kit/views.ts";

const summaryShape = {
  visitId: z.string(),
  status: z.string(),
  guarantee: z.string(),
  hospitalVisitNo: z.string(),
  visitType: z.string(),
  caseNo: z.optional(z.string()),
  worker: z.object({ name: z.string() }),
  admittedAt: InstantText,
  dischargedAt: z.optional(InstantText),
  bedReleasedAt: z.optional(InstantText),
  lineCount: z.number(),
  settlementIds: z.array(z.string()),
  settled: z.optional(z.object({ total: Amount, allocation: AllocationView })),
  /** What waits for the decision of the case. */
  deferred: z.optional(z.object({ total: Amount, allocation: AllocationView })),
  /** Why the fund does not settle it although its case is recognised. */
  blockedBy: z.optional(z.string()),
  /** What the hospital reversed of a claim that waits again; it waits for the hospital. */
  takenBack: z.optional(z.enum(takenBackKinds)),
  /** What the fund is owed back, because the recognition was revoked after the settlement. */
  recoverable: z.optional(Amount),
  updatedAt: InstantText,
};

/** A visit in a list: what it comes to, and nothing of the illness. */
export const VisitPageView = pageOf(z.object(summaryShape));

export const VisitView = z.object({
  ...summaryShape,
  depositRequired: z.boolean(),
  department: z.string(),
  ward: z.optional(z.string()),
  bed: z.optional(z.string()),
  doctorCode: z.optional(z.string()),
  diagnoses: z.array(z.object({ code: z.string(), name: z.string(), primary: z.boolean() })),
  employerNotice: z.optional(z.object({ reference: z.string(), at: InstantText })),
  outcome: z.optional(z.string()),
  advances: z.optional(z.array(z.object({ paidBy: z.string(), amount: Amount, receipt: z.string() }))),
});

const toAmountsViewIfAny = (amounts: Amounts | undefined) =>
  amounts === undefined ? undefined : toAmountsView(amounts);

export const toVisitSummaryView = (visit: Visit) => ({
  ...visit,
  worker: { name: visit.maskedName },
  settlementIds: Array.from({ length: visit.settlementCount }, (_, index) => `${visit.visitId}-${index + 1}`),
  settled: toAmountsViewIfAny(settledAmounts(visit)),
  deferred: toAmountsViewIfAny(deferredAmounts(visit)),
  takenBack: visit.takenBack,
  recoverable: visit.recoverable === undefined ? undefined : formatYuan(visit.recoverable),
});

export const toVisitView = (visit: Visit, details: VisitDetails) => ({
  ...toVisitSummaryView(visit),
  ...details,
  depositRequired: false,
  advances: visit.advances?.map((each) => ({ ...each, amount: formatYuan(each.amount) })),
});
