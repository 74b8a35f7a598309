import * as z from "zod/mini";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { formatPrice, formatQuantity, formatYuan } from "../../shared/domain/money.ts";
import type { LineAllocation } from "../../shared/domain/settlements/allocate-line.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import {
  AllocationView,
  Amount,
  InstantText,
  pageOf,
  ReasonView,
  SentenceView,
  toReasonView,
} from "../kit/views.ts";

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

const ChargeLineView = z.object({
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

export const ChargePageView = pageOf(ChargeLineView);

/** A line as it was posted. */
export const toChargeLineView = (line: ChargeLine) => ({
  ...line,
  quantity: formatQuantity(line.quantity),
  unitPrice: formatPrice(line.unitPrice),
  amount: formatYuan(line.amount),
});

export const toLineAllocationView = ({ line, allocation, reasons }: LineAllocation) => ({
  lineNo: line.original.lineNo,
  allocation: formatAllocation(allocation),
  reasons: reasons.map(toReasonView),
});
