import { type Amounts, addAmounts, isEqualAmounts, NO_AMOUNTS, negateAmounts } from "../amounts.ts";
import { type Allocation, type AllocationField, mapAllocation, ZERO_ALLOCATION } from "../bearers.ts";
import { fen } from "../money.ts";
import { type SummaryFigures, settledPart } from "../reports/settlement-summary.ts";

export const reconciledKinds = ["SETTLEMENT", "REVERSAL"] as const;
export type ReconciledKind = (typeof reconciledKinds)[number];

/** What one side counts of one kind on a day. */
export interface SideTotals extends Amounts {
  readonly count: number;
}

/** What one side counts on a hospital's day (Asia/Shanghai), settlements and reversals apart. */
export interface DayTotals {
  readonly settlements: SideTotals;
  readonly reversals: SideTotals;
}

const NO_TOTALS: SideTotals = { count: 0, ...NO_AMOUNTS };
export const NO_DAY_TOTALS: DayTotals = { settlements: NO_TOTALS, reversals: NO_TOTALS };

const addSides = (a: SideTotals, b: SideTotals): SideTotals => ({
  count: a.count + b.count,
  ...addAmounts(a, b),
});

const negateSide = ({ count, ...amounts }: SideTotals): SideTotals => ({
  count: 0 - count,
  ...negateAmounts(amounts),
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
export function toDayTotals({
  kind,
  total,
  allocation,
}: Amounts & { readonly kind: ReconciledKind }): DayTotals {
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
  entries: Iterable<Amounts & { readonly kind: ReconciledKind }>,
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
    add: (entry: Amounts): void => {
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
        allocation: mapAllocation(ZERO_ALLOCATION, (_none, field) => fen(parts[field])),
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

const isEqualSide = (a: SideTotals, b: SideTotals): boolean => a.count === b.count && isEqualAmounts(a, b);

/** Whether two sides agree about a day. */
export const isEqualDay = (a: DayTotals, b: DayTotals): boolean =>
  isEqualSide(a.settlements, b.settlements) && isEqualSide(a.reversals, b.reversals);
