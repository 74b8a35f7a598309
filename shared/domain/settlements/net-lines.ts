import { type Fen, fen, type Quantity, quantity } from "../money.ts";
import type { ChargeLine } from "../visits/charge-line.ts";

/** An original with its refunds. */
export interface NetLine {
  readonly original: ChargeLine;
  readonly refunds: readonly string[];
  readonly quantity: Quantity;
  readonly gross: Fen;
}

/**
 * Folds refunds into the lines that they refund, in the order in which the originals were posted. Expects
 * lines that passed `checkLines`; a refund whose original is missing is a broken promise and throws.
 */
export function toNetLines(lines: readonly ChargeLine[]): NetLine[] {
  const refundsOf = new Map<string, ChargeLine[]>();
  for (const line of lines) {
    if (line.refundOf === undefined) continue;
    const known = refundsOf.get(line.refundOf);
    if (known === undefined) refundsOf.set(line.refundOf, [line]);
    else known.push(line);
  }
  const netLines: NetLine[] = [];
  for (const original of lines) {
    if (original.refundOf !== undefined) continue;
    const refunds = refundsOf.get(original.lineNo);
    if (refunds === undefined) {
      netLines.push({ original, refunds: [], quantity: original.quantity, gross: original.amount });
      continue;
    }
    refundsOf.delete(original.lineNo);
    netLines.push({
      original,
      refunds: refunds.map((refund) => refund.lineNo),
      quantity: quantity(refunds.reduce<number>((sum, refund) => sum + refund.quantity, original.quantity)),
      gross: fen(refunds.reduce<number>((sum, refund) => sum + refund.amount, original.amount)),
    });
  }
  for (const missing of refundsOf.keys()) throw new RangeError(`refund of unknown line ${missing}`);
  return netLines;
}
