import {
  type Allocation,
  type AllocationField,
  addAllocations,
  mapAllocation,
  NOTHING,
  negateAllocation,
} from "../bearers.ts";
import { type Fen, fen, NO_FEN, negate } from "../money.ts";
import { type SummaryFigures, settledPart } from "../reports/settlement-summary.ts";

export const entryKinds = ["SETTLEMENT", "REVERSAL"] as const;
export type EntryKind = (typeof entryKinds)[number];

/** An amount with what each bearer pays of it, in fen; negative for a reversal. */
export interface Figures {
  readonly total: Fen;
  readonly allocation: Allocation;
}

/** What one side counts of one kind on a day. */
export interface SideTotals extends Figures {
  readonly count: number;
}

/** What one side counts on a hospital's day (Asia/Shanghai), settlements and reversals apart. */
export interface DayTotals {
  readonly settlements: SideTotals;
  readonly reversals: SideTotals;
}

const NO_TOTALS: SideTotals = { count: 0, total: NO_FEN, allocation: NOTHING };
export const NO_DAY_TOTALS: DayTotals = { settlements: NO_TOTALS, reversals: NO_TOTALS };

const addSides = (a: SideTotals, b: SideTotals): SideTotals => ({
  count: a.count + b.count,
  total: fen(a.total + b.total),
  allocation: addAllocations(a.allocation, b.allocation),
});

const negateSide = ({ count, total, allocation }: SideTotals): SideTotals => ({
  count: 0 - count,
  total: negate(total),
  allocation: negateAllocation(allocation),
});

export const addDayTotals = (a: DayTotals, b: DayTotals): DayTotals => ({
  settlements: addSides(a.settlements, b.settlements),
  reversals: addSides(a.reversals, b.reversals),
});

/** What `a` has more than `b`; negative where it has less. */
export const subtractDayTotals = (a: DayTotals, b: DayTotals): DayTotals => ({
  settlements: addSides(a.settlements, negateSide(b.settlements)),
  reversals: addSides(a.reversals, negateSide(b.reversals)),
});

/** One settlement or reversal as totals of a day. */
export function toDayTotals({ kind, total, allocation }: Figures & { readonly kind: EntryKind }): DayTotals {
  const one = { count: 1, total, allocation };
  return kind === "SETTLEMENT"
    ? { ...NO_DAY_TOTALS, settlements: one }
    : { ...NO_DAY_TOTALS, reversals: one };
}

/**
 * Totals with a batch of settlements and reversals added. It adds up in plain numbers, because a million entries
 * would leave ten million small objects behind.
 */
export function addEntries(
  totals: DayTotals,
  entries: Iterable<Figures & { readonly kind: EntryKind }>,
): DayTotals {
  const settlements = makeTally(totals.settlements);
  const reversals = makeTally(totals.reversals);
  for (const entry of entries) (entry.kind === "SETTLEMENT" ? settlements : reversals).add(entry);
  return { settlements: settlements.sum(), reversals: reversals.sum() };
}

function makeTally({ count, total, allocation }: SideTotals) {
  let [number, amount] = [count, Number(total)];
  let { fund, employer, hospital, thirdParty, otherInsurer, personal } = numbersOf(allocation);
  return {
    add: (entry: Figures): void => {
      const parts = entry.allocation;
      number += 1;
      amount += entry.total;
      fund += parts.fund;
      employer += parts.employer;
      hospital += parts.hospital;
      thirdParty += parts.thirdParty;
      otherInsurer += parts.otherInsurer;
      personal += parts.personal;
    },
    sum: (): SideTotals => {
      const parts = { fund, employer, hospital, thirdParty, otherInsurer, personal };
      return {
        count: number,
        total: fen(amount),
        allocation: mapAllocation(NOTHING, (_none, field) => fen(parts[field])),
      };
    },
  };
}

const numbersOf = (allocation: Allocation): Record<AllocationField, number> =>
  mapAllocation(allocation, Number);

/** A summary's figures as totals of a day. */
export const ofSummary = (figures: SummaryFigures): DayTotals => ({
  settlements: { count: figures.count, ...settledPart(figures) },
  reversals: { count: figures.reversalCount, ...figures.reversed },
});

/** Whether two sides have the same amount, bearer by bearer. */
export const isEqualFigures = (a: Figures, b: Figures): boolean =>
  a.total === b.total &&
  a.allocation.fund === b.allocation.fund &&
  a.allocation.employer === b.allocation.employer &&
  a.allocation.hospital === b.allocation.hospital &&
  a.allocation.thirdParty === b.allocation.thirdParty &&
  a.allocation.otherInsurer === b.allocation.otherInsurer &&
  a.allocation.personal === b.allocation.personal;

const isEqualSide = (a: SideTotals, b: SideTotals): boolean => a.count === b.count && isEqualFigures(a, b);

/** Whether two sides agree about a day. */
export const isEqualDay = (a: DayTotals, b: DayTotals): boolean =>
  isEqualSide(a.settlements, b.settlements) && isEqualSide(a.reversals, b.reversals);
