import { type Amounts, addAmounts, NO_AMOUNTS, negateAmounts } from "../amounts.ts";
import type { Allocation } from "../bearers.ts";
import { type Day, dayOf, monthOf } from "../dates.ts";
import { type Fen, fen, ZERO_FEN } from "../money.ts";
import { isOfEarlierMonth, type Settlement } from "../settlements/settlement.ts";
import type { VisitType } from "../visit-type.ts";
import { isSettling } from "../visits/visit.ts";

export const summaryGroupings = ["hospital", "employer", "day", "month", "visitType"] as const;
export type SummaryGrouping = (typeof summaryGroupings)[number];

/** What a summary counts and adds up: settlements and reversals, and their amounts, reversals deducted. */
export interface SummaryFigures {
  readonly count: number;
  readonly reversalCount: number;
  readonly total: Fen;
  readonly allocation: Allocation;
  /** Meal allowances owed to workers: no part of any hospital's bill. */
  readonly benefits: Fen;
  /** What of these amounts is reversals: negative. */
  readonly reversed: Amounts;
  /** What of the reversals takes back settlements of earlier months, which were declared already. */
  readonly ofEarlierMonths: { readonly reversalCount: number; readonly total: Fen };
}

/** The finest grain: everything settled on one day for one hospital, employer and visit type. */
export interface SummaryCell extends SummaryFigures {
  readonly day: Day;
  readonly hospitalCode: string;
  readonly employerUscc: string;
  readonly visitType: VisitType;
}

export const NO_FIGURES: SummaryFigures = {
  count: 0,
  reversalCount: 0,
  ...NO_AMOUNTS,
  benefits: ZERO_FEN,
  reversed: NO_AMOUNTS,
  ofEarlierMonths: { reversalCount: 0, total: ZERO_FEN },
};

export const addFigures = (a: SummaryFigures, b: SummaryFigures): SummaryFigures => ({
  count: a.count + b.count,
  reversalCount: a.reversalCount + b.reversalCount,
  ...addAmounts(a, b),
  benefits: fen(a.benefits + b.benefits),
  reversed: addAmounts(a.reversed, b.reversed),
  ofEarlierMonths: {
    reversalCount: a.ofEarlierMonths.reversalCount + b.ofEarlierMonths.reversalCount,
    total: fen(a.ofEarlierMonths.total + b.ofEarlierMonths.total),
  },
});

/** The part of the figures that is settlements, without what reversals took back. */
export const settledPart = (figures: SummaryFigures): Amounts =>
  addAmounts(figures, negateAmounts(figures.reversed));

/** What waits for a decision, or left the fund after one, adds nothing; nor does its reversal. */
function figuresOf(settlement: Settlement): SummaryFigures {
  const { kind, total, allocation, reversesKind, mealAllowance } = settlement;
  const benefits = mealAllowance?.amount ?? ZERO_FEN;
  switch (kind) {
    case "FINAL":
    case "INTERIM":
      return { ...NO_FIGURES, count: 1, total, allocation, benefits };
    case "REVERSAL":
      if (reversesKind === "DEFERRED" || reversesKind === "RELEASE") return NO_FIGURES;
      return {
        ...NO_FIGURES,
        reversalCount: 1,
        total,
        allocation,
        benefits,
        reversed: { total, allocation },
        ...(isOfEarlierMonth(settlement) ? { ofEarlierMonths: { reversalCount: 1, total } } : {}),
      };
    case "DEFERRED":
    case "RELEASE":
      return NO_FIGURES;
  }
}

/** What one settlement adds to the summaries. */
export const toSummaryCell = (settlement: Settlement): SummaryCell => ({
  day: dayOf(settlement.settledAt),
  hospitalCode: settlement.hospitalCode,
  employerUscc: settlement.employerUscc,
  visitType: settlement.visitType,
  ...figuresOf(settlement),
});

/** Whether anything of a settlement is the fund's, or of the one that a reversal takes back. */
const isFunds = ({ kind, reversesKind }: Settlement): boolean =>
  kind === "REVERSAL" ? reversesKind !== "DEFERRED" && reversesKind !== "RELEASE" : isSettling(kind);

/** The row of the summaries that a settlement adds to; undefined where nothing of it is the fund's. */
export const summaryCellOf = (settlement: Settlement): SummaryCell | undefined =>
  isFunds(settlement) ? toSummaryCell(settlement) : undefined;

function keyOf(cell: SummaryCell, groupBy: SummaryGrouping): string {
  switch (groupBy) {
    case "hospital":
      return cell.hospitalCode;
    case "employer":
      return cell.employerUscc;
    case "day":
      return cell.day;
    case "month":
      return monthOf(cell.day);
    case "visitType":
      return cell.visitType;
  }
}

export interface SettlementSummary {
  readonly rows: readonly (SummaryFigures & { readonly key: string })[];
  readonly totals: SummaryFigures;
}

/** Groups cells; rows are sorted by key, and the totals are the sum of the rows. */
export function summariseSettlements(
  cells: Iterable<SummaryCell>,
  groupBy: SummaryGrouping,
): SettlementSummary {
  const groups = new Map<string, SummaryFigures>();
  let totals = NO_FIGURES;
  for (const cell of cells) {
    const key = keyOf(cell, groupBy);
    groups.set(key, addFigures(groups.get(key) ?? NO_FIGURES, cell));
    totals = addFigures(totals, cell);
  }
  const rows = [...groups].map(([key, figures]) => ({ key, ...figures }));
  return { rows: rows.sort((a, b) => (a.key < b.key ? -1 : 1)), totals };
}
