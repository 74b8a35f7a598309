import { type Allocation, addAllocations, NOTHING } from "../bearers.ts";
import { type Day, dayOf, monthOf } from "../dates.ts";
import type { Settlement } from "../ledger/settlement.ts";
import { type Fen, fen, NO_FEN } from "../money.ts";
import type { VisitType } from "../visit/visit-type.ts";

export const summaryGroupings = ["hospital", "employer", "day", "month", "visitType"] as const;
export type SummaryGrouping = (typeof summaryGroupings)[number];

/** What a summary counts and adds up: settlements, reversals, net amounts. */
export interface SummaryFigures {
  readonly count: number;
  readonly reversalCount: number;
  readonly total: Fen;
  readonly allocation: Allocation;
}

/** The finest grain: everything settled on one day for one hospital, employer and visit type. */
export interface SummaryCell extends SummaryFigures {
  readonly day: Day;
  readonly hospitalCode: string;
  readonly employerUscc: string;
  readonly visitType: VisitType;
}

export const NO_FIGURES: SummaryFigures = { count: 0, reversalCount: 0, total: NO_FEN, allocation: NOTHING };

export const addFigures = (a: SummaryFigures, b: SummaryFigures): SummaryFigures => ({
  count: a.count + b.count,
  reversalCount: a.reversalCount + b.reversalCount,
  total: fen(a.total + b.total),
  allocation: addAllocations(a.allocation, b.allocation),
});

/** A deferred claim adds nothing until it is settled. */
function figuresOf({ kind, total, allocation }: Settlement): SummaryFigures {
  switch (kind) {
    case "FINAL":
    case "INTERIM":
      return { count: 1, reversalCount: 0, total, allocation };
    case "REVERSAL":
      return { count: 0, reversalCount: 1, total, allocation };
    case "DEFERRED":
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
