import { type Allocation, addAllocations, negateAllocation, ZERO_ALLOCATION } from "./bearers.ts";
import { type Fen, fen, negate, ZERO_FEN } from "./money.ts";

/** A total with what each bearer pays of it. */
export interface Amounts {
  readonly total: Fen;
  readonly allocation: Allocation;
}

export const NO_AMOUNTS: Amounts = { total: ZERO_FEN, allocation: ZERO_ALLOCATION };

export const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  total: fen(a.total + b.total),
  allocation: addAllocations(a.allocation, b.allocation),
});

export const negateAmounts = ({ total, allocation }: Amounts): Amounts => ({
  total: negate(total),
  allocation: negateAllocation(allocation),
});

/** Whether two amounts are the same, bearer by bearer. */
export const isEqualAmounts = (a: Amounts, b: Amounts): boolean =>
  a.total === b.total &&
  a.allocation.fund === b.allocation.fund &&
  a.allocation.employer === b.allocation.employer &&
  a.allocation.hospital === b.allocation.hospital &&
  a.allocation.thirdParty === b.allocation.thirdParty &&
  a.allocation.otherInsurer === b.allocation.otherInsurer &&
  a.allocation.personal === b.allocation.personal;
