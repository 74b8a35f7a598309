import * as z from "zod/mini";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { formatQuantity, formatYuan } from "../../shared/domain/money.ts";
import {
  isOfEarlierMonth,
  payableToHospital,
  type Settlement,
} from "../../shared/domain/settlements/settlement.ts";
import type { SettledLine } from "../../shared/store/settlements/settlement-store.ts";
import {
  AllocationView,
  Amount,
  DayText,
  InstantText,
  pageOf,
  ReasonView,
  SentenceView,
  toReasonView,
} from "../kit/views.ts";
import { waitingSentence } from "../visits/provisional.ts";

const SettledLineView = z.object({
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

export const SettledLinePageView = pageOf(SettledLineView);

const calculationShape = {
  visitId: z.string(),
  kind: z.string(),
  status: z.string(),
  caseNo: z.optional(z.string()),
  /** Only where the amounts depend on a decision. */
  provisional: z.optional(SentenceView),
  /** Why it waits although the case is recognised. */
  blockedBy: z.optional(z.string()),
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

export const toSettledLineView = (line: SettledLine) => ({
  ...line,
  quantity: formatQuantity(line.quantity),
  gross: formatYuan(line.gross),
  allocation: formatAllocation(line.allocation),
  reasons: line.reasons.map(toReasonView),
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
  provisional:
    settlement.kind === "DEFERRED" && status !== "REVERSED"
      ? waitingSentence(settlement.blockedBy)
      : undefined,
  reversesEarlierMonth: settlement.kind === "REVERSAL" ? isOfEarlierMonth(settlement) : undefined,
  total: formatYuan(settlement.total),
  allocation: formatAllocation(settlement.allocation),
  reasons: settlement.reasons.map(toReasonView),
  benefits: toBenefitsView(settlement),
  repayments: settlement.repayments?.map((each) => ({ ...each, amount: formatYuan(each.amount) })),
  payableToHospital: formatYuan(payableToHospital(settlement)),
});
