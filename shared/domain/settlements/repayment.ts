import type { Bearer } from "../bearers.ts";
import { type Fen, fen, ZERO_FEN } from "../money.ts";
import { isSettling, type StandingKind, type Visit } from "../visits/visit.ts";
import type { Advance } from "../visits/visit-requests.ts";
import { accountOf, hospitalAccount, type Posting, sizeOf } from "./posting.ts";
import type { Settlement } from "./settlement.ts";

/** What the fund pays back of an advance, to the one who paid it. */
export interface Repayment {
  readonly payee: Advance["paidBy"];
  readonly amount: Fen;
  readonly receipt: string;
}

/**
 * Pays advances back out of the fund's part, in the order in which they were paid, before the hospital gets the
 * rest: the hospital has that money already. What the fund's part does not reach stays between hospital and payer.
 * Of that, what earlier settlements of the visit have paid back, `repaid` in total, is left out.
 */
export function toRepayments(advances: readonly Advance[], fund: Fen, repaid: Fen = ZERO_FEN): Repayment[] {
  const repayments: Repayment[] = [];
  let [start, end] = [0, 0];
  for (const { paidBy, amount, receipt } of advances) {
    end = start + amount;
    const due = Math.min(end, fund) - Math.max(start, repaid);
    if (due > 0) repayments.push({ payee: paidBy, amount: fen(due), receipt });
    start = end;
  }
  return repayments;
}

const sumOf = (amounts: readonly number[]): Fen => fen(amounts.reduce((sum, amount) => sum + amount, 0));

/** What the visit's standing settlements have paid back of its advances, in total. */
export const repaidOf = ({ standing }: Pick<Visit, "standing">): Fen =>
  sumOf(standing.map(({ repaid }) => repaid ?? 0));

/**
 * What a settlement of this kind and this fund part pays back. What is due is a matter of the whole visit: all
 * advances as far as the fund's part of all its settlements reaches, less what those before it have paid back. So
 * it can be more than the settlement's own fund part, where an advance was recorded after the fund had paid.
 */
export function repaymentsDue(
  { standing, advances }: Pick<Visit, "standing" | "advances">,
  kind: StandingKind,
  fund: Fen,
): Repayment[] | undefined {
  if (!isSettling(kind) || advances === undefined) return undefined;
  const settled = standing.filter((each) => isSettling(each.kind)).map(({ allocation }) => allocation.fund);
  return toRepayments(advances, sumOf([...settled, fund]), repaidOf({ standing }));
}

/** Whether a standing settlement has paid back anything of the advance with this receipt. */
export function isRepaid({ standing, advances = [] }: Pick<Visit, "standing" | "advances">, receipt: string) {
  const place = advances.findIndex((advance) => advance.receipt === receipt);
  const before = advances.slice(0, Math.max(0, place)).map(({ amount }) => amount);
  return place !== -1 && sumOf(before) < repaidOf({ standing });
}

/** What a settlement pays back in total; negative on a reversal. */
export const repaidBy = ({ repayments = [] }: Pick<Settlement, "repayments">): Fen =>
  sumOf(repayments.map(({ amount }) => amount));

const bearerOf = { EMPLOYER: "EMPLOYER", WORKER: "PERSONAL" } as const satisfies Record<
  Advance["paidBy"],
  Bearer
>;

/**
 * Postings of what a settlement pays back, in the direction in which it goes first: out of the fund as far as the
 * settlement's own fund part reaches, and beyond it out of what the hospital was credited with before.
 */
export function repaymentPostings(
  settlement: Pick<Settlement, "hospitalCode" | "employerUscc" | "caseNo" | "repayments" | "allocation">,
): {
  readonly fromFund: readonly Posting[];
  readonly fromHospital: readonly Posting[];
} {
  const fromFund: Posting[] = [];
  const fromHospital: Posting[] = [];
  let left: number = sizeOf(settlement.allocation.fund);
  for (const repayment of settlement.repayments ?? []) {
    const destination = accountOf(bearerOf[repayment.payee], settlement);
    const amount = sizeOf(repayment.amount);
    const own = Math.min(amount, left);
    left -= own;
    if (own > 0) fromFund.push({ source: accountOf("FUND", settlement), destination, amount: fen(own) });
    const source = hospitalAccount(settlement);
    if (amount > own) fromHospital.push({ source, destination, amount: fen(amount - own) });
  }
  return { fromFund, fromHospital };
}
