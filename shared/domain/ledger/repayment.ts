import { type Fen, fen } from "../money.ts";
import type { Advance } from "../visit/visit-requests.ts";

/** What the fund pays back of an advance, to the one who paid it. */
export interface Repayment {
  readonly payee: Advance["paidBy"];
  readonly amount: Fen;
  readonly receipt: string;
}

/**
 * Pays advances back out of the fund's part, in the order in which they were paid, before the hospital gets the
 * rest: the hospital has that money already. What the fund's part does not reach stays between hospital and payer.
 */
export function toRepayments(advances: readonly Advance[], fund: Fen): Repayment[] {
  const repayments: Repayment[] = [];
  let left: number = fund;
  for (const { paidBy, amount, receipt } of advances) {
    const part = Math.min(amount, left);
    if (part <= 0) break;
    repayments.push({ payee: paidBy, amount: fen(part), receipt });
    left -= part;
  }
  return repayments;
}
