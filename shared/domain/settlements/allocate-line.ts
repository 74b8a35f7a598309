import { type Allocation, type Bearer, fieldOf, ZERO_ALLOCATION } from "../bearers.ts";
import { capFor, type Tier } from "../catalogue/catalogue.ts";
import type { PolicyTerms } from "../catalogue/policy.ts";
import { amountOf, type Fen, fen, price, shareOf, WHOLE } from "../money.ts";
import type { NetLine } from "./net-lines.ts";
import type { CoveredLine } from "./quantity-limits.ts";
import type { Reason, ReasonCode } from "./reasons.ts";

/** What became of a net line: who bears what of it, and why. */
export interface LineAllocation {
  readonly line: NetLine;
  readonly allocation: Allocation;
  /** Sorted by code; the fund's own part needs no reason. */
  readonly reasons: readonly Reason[];
}

/** Puts a whole line on one bearer. */
export function allocateWhole(line: NetLine, bearer: Bearer, code: ReasonCode): LineAllocation {
  if (line.gross === 0) return { line, allocation: ZERO_ALLOCATION, reasons: [] };
  return {
    line,
    allocation: { ...ZERO_ALLOCATION, [fieldOf[bearer]]: line.gross },
    reasons: [{ code, bearer, amount: line.gross }],
  };
}

/** Splits a covered net line by cap, limit and ratio (design.md section 4, rule 3). */
export function allocateCovered(
  { line, period, allowed }: CoveredLine,
  { tier, policy }: { readonly tier: Tier; readonly policy: PolicyTerms },
): LineAllocation {
  const { gross, original } = line;
  const cap = capFor(period, tier);
  const unit = cap === undefined ? original.unitPrice : price(Math.min(original.unitPrice, cap));
  const overQuantity =
    allowed < line.quantity ? Math.max(0, gross - amountOf(original.unitPrice, allowed)) : 0;
  const within = gross - overQuantity;
  const capped = fen(Math.min(within, amountOf(unit, allowed)));
  const overCap = within - capped;
  const fund = shareOf(capped, period.fundRatio ?? WHOLE);

  const parts: [ReasonCode, Bearer, number][] = [
    ["OVER_PRICE_CAP", period.overCapBearer ?? policy.overCapBearer, overCap],
    ["OVER_QUANTITY_LIMIT", policy.overQuantityBearer, overQuantity],
    ["PARTLY_COVERED", period.ratioRemainderBearer ?? "EMPLOYER", capped - fund],
  ];
  const allocation: { -readonly [field in keyof Allocation]: Fen } = { ...ZERO_ALLOCATION, fund };
  const reasons: Reason[] = [];
  for (const [code, bearer, part] of parts) {
    if (part === 0) continue;
    const amount = fen(part);
    allocation[fieldOf[bearer]] = fen(allocation[fieldOf[bearer]] + amount);
    reasons.push({ code, bearer, amount });
  }
  return { line, allocation, reasons };
}
