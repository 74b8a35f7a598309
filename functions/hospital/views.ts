import * as z from "zod/mini";
import type { LineAllocation } from "../../shared/domain/adjudication/allocate-line.ts";
import type { Reason } from "../../shared/domain/adjudication/reasons.ts";
import type { Amounts } from "../../shared/domain/amounts.ts";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import {
  isOfEarlierMonth,
  payableToHospital,
  type Settlement,
} from "../../shared/domain/ledger/settlement.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import {
  deferredAmounts,
  settledAmounts,
  takenBackKinds,
  type Visit,
  type VisitDetails,
} from "../../shared/domain/visit/visit.ts";
import {
  AllocationView,
  Amount,
  DayText,
  InstantText,
  ReasonView,
  SentenceView,
  toAmountsView,
} from "../views.ts";
import { provisional } from "./provisional.ts";

const LineAllocationView = z.object({
  lineNo: z.string(),
  allocation: AllocationView,
  reasons: z.array(ReasonView),
  /** On a refund: the line whose allocation it is netted into. */
  nettedInto: z.optional(z.string()),
});

/** What became of uploaded lines, and whether their amounts depend on a decision. */
export const UploadedView = z.object({
  visitId: z.string(),
  provisional: z.optional(SentenceView),
  lines: z.array(LineAllocationView),
});

export const ChargeLineView = z.object({
  lineNo: z.string(),
  itemCode: z.string(),
  hospitalItemCode: z.optional(z.string()),
  name: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  amount: Amount,
  serviceAt: InstantText,
  injuryRelated: z.optional(z.boolean()),
  restrictionMet: z.optional(z.boolean()),
  diagnosisCode: z.optional(z.string()),
  consent: z.optional(z.object({ signedBy: z.string(), reference: z.string() })),
  refundOf: z.optional(z.string()),
});

export const SettledLineView = z.object({
  lineNo: z.string(),
  itemCode: z.string(),
  name: z.string(),
  serviceAt: InstantText,
  quantity: z.string(),
  gross: Amount,
  allocation: AllocationView,
  reasons: z.array(ReasonView),
  refunds: z.array(z.string()),
});

const calculationShape = {
  visitId: z.string(),
  kind: z.string(),
  status: z.string(),
  caseNo: z.optional(z.string()),
  /** Only where the amounts depend on a decision. */
  provisional: z.optional(SentenceView),
  policyEffectiveFrom: DayText,
  catalogueVersion: z.number(),
  total: Amount,
  allocation: AllocationView,
  reasons: z.array(ReasonView),
  lineCount: z.number(),
  /** What of the fund's part goes back to whoever advanced it. */
  repayments: z.optional(z.array(z.object({ payee: z.string(), amount: Amount, receipt: z.string() }))),
  /** What of the fund's part the hospital is paid. */
  payableToHospital: Amount,
  benefits: z.optional(
    z.array(z.object({ kind: z.string(), payee: z.string(), days: z.number(), amount: Amount })),
  ),
};

export const SettlementView = z.object({
  settlementId: z.string(),
  settledAt: InstantText,
  ...calculationShape,
  reverses: z.optional(z.string()),
  reversesSettledAt: z.optional(InstantText),
  /** On a reversal: what it takes back was settled in an earlier month, which was declared by then. */
  reversesEarlierMonth: z.optional(z.boolean()),
  reversalReason: z.optional(z.string()),
  reversedBy: z.optional(z.string()),
});

export const PreviewView = z.object(calculationShape);

export const VisitView = z.object({
  visitId: z.string(),
  status: z.string(),
  guarantee: z.string(),
  depositRequired: z.boolean(),
  hospitalVisitNo: z.string(),
  visitType: z.string(),
  caseNo: z.optional(z.string()),
  worker: z.object({ name: z.string() }),
  admittedAt: InstantText,
  dischargedAt: z.optional(InstantText),
  department: z.string(),
  ward: z.optional(z.string()),
  bed: z.optional(z.string()),
  doctorCode: z.optional(z.string()),
  diagnoses: z.array(z.object({ code: z.string(), name: z.string(), primary: z.boolean() })),
  employerNotice: z.optional(z.object({ reference: z.string(), at: InstantText })),
  outcome: z.optional(z.string()),
  lineCount: z.number(),
  settlementIds: z.array(z.string()),
  settled: z.optional(z.object({ total: Amount, allocation: AllocationView })),
  /** What waits for the decision of the case. */
  deferred: z.optional(z.object({ total: Amount, allocation: AllocationView })),
  advances: z.optional(z.array(z.object({ paidBy: z.string(), amount: Amount, receipt: z.string() }))),
  /** Why the fund does not settle it although its case is recognised. */
  blockedBy: z.optional(z.string()),
  /** What the hospital reversed of a claim that waits again; it waits for the hospital. */
  takenBack: z.optional(z.enum(takenBackKinds)),
  /** What the fund is owed back, because the recognition was revoked after the settlement. */
  recoverable: z.optional(Amount),
  updatedAt: InstantText,
});

export const CancellationView = z.object({
  key: z.string(),
  status: z.literal("CANCELLED"),
  effect: z.enum(["NEVER_APPLIES", "REVERSED"]),
  operation: z.optional(z.string()),
  visit: z.optional(z.object({ visitId: z.string(), status: z.string() })),
  /** The reversal, or the settlement that holds again. */
  settlement: z.optional(SettlementView),
  cancelledAt: InstantText,
});

export const MessageView = z.object({
  key: z.string(),
  status: z.enum(["NOT_APPLIED", "APPLIED", "CANCELLED"]),
  operation: z.optional(z.string()),
  appliedAt: z.optional(InstantText),
  answer: z.optional(z.object({ status: z.number(), body: z.unknown() })),
  cancellation: z.optional(CancellationView),
  nextStep: SentenceView,
});

export const toReasonView = ({ code, bearer, amount }: Reason) => ({
  code,
  bearer,
  amount: formatYuan(amount),
});

export const toLineAllocationView = ({ line, allocation, reasons }: LineAllocation) => ({
  lineNo: line.original.lineNo,
  allocation: formatAllocation(allocation),
  reasons: reasons.map(toReasonView),
});

/** What the worker is owed beside the hospital's bill. */
const toBenefitsView = ({ mealAllowance }: Pick<Settlement, "mealAllowance">) =>
  mealAllowance === undefined
    ? undefined
    : [
        {
          kind: "MEAL_ALLOWANCE",
          payee: "WORKER",
          ...mealAllowance,
          amount: formatYuan(mealAllowance.amount),
        },
      ];

type SettlementStatus = "SETTLED" | "DEFERRED" | "RELEASED" | "REVERSED" | "PREVIEW";

/** What a settlement comes to by itself; one that was taken back is REVERSED. */
export function statusOf({ kind }: Settlement, reversedBy?: string): SettlementStatus {
  if (reversedBy !== undefined) return "REVERSED";
  if (kind === "DEFERRED") return "DEFERRED";
  return kind === "RELEASE" ? "RELEASED" : "SETTLED";
}

/** A settlement, or its preview without an id, as the hospital sees it. */
export const toSettlementView = (
  settlement: Omit<Settlement, "settlementId" | "settledAt"> & Partial<Settlement>,
  status: SettlementStatus,
) => ({
  ...settlement,
  status,
  provisional: settlement.kind === "DEFERRED" && status !== "REVERSED" ? provisional : undefined,
  reversesEarlierMonth: settlement.kind === "REVERSAL" ? isOfEarlierMonth(settlement) : undefined,
  total: formatYuan(settlement.total),
  allocation: formatAllocation(settlement.allocation),
  reasons: settlement.reasons.map(toReasonView),
  benefits: toBenefitsView(settlement),
  repayments: settlement.repayments?.map((each) => ({ ...each, amount: formatYuan(each.amount) })),
  payableToHospital: formatYuan(payableToHospital(settlement)),
});

const toAmountsViewIfAny = (amounts: Amounts | undefined) =>
  amounts === undefined ? undefined : toAmountsView(amounts);

export const toVisitView = (visit: Visit, details: VisitDetails) => ({
  ...visit,
  ...details,
  depositRequired: false,
  worker: { name: visit.maskedName },
  settlementIds: Array.from({ length: visit.settlementCount }, (_, index) => `${visit.visitId}-${index + 1}`),
  settled: toAmountsViewIfAny(settledAmounts(visit)),
  deferred: toAmountsViewIfAny(deferredAmounts(visit)),
  advances: visit.advances?.map((each) => ({ ...each, amount: formatYuan(each.amount) })),
  takenBack: visit.takenBack,
  recoverable: visit.recoverable === undefined ? undefined : formatYuan(visit.recoverable),
});
