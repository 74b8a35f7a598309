import { compareSides } from "../../shared/comparison/compare-sides.ts";
import { totalCount } from "../../shared/domain/reconciliation/difference.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import type { DetailRow } from "../../shared/domain/reconciliation/statement.ts";
import { DIFFERENCES_PER_PART, saveDifferences } from "../../shared/store/reconciliation/detail-store.ts";
import { makeFindElsewhere } from "../../shared/store/reconciliation/locate-unmatched-rows.ts";
import { readFundEntries } from "../../shared/store/reports/fund-daily-totals.ts";
import type { Services } from "../kit/services.ts";

/**
 * Compares a round row by row, keeps its differences, and gives the day's next state. Rows without any difference
 * make the day agree, whatever totals were posted before; the state counts what the rows add up to.
 */
export async function compareRound(
  { db, now, newId }: Pick<Services, "db" | "now" | "newId">,
  state: DayState,
  rows: AsyncIterable<readonly DetailRow[]>,
): Promise<DayState> {
  const { hospitalCode, day } = state;
  const id = newId("C");
  const { causes, unlisted, hospital, fund } = await compareSides({
    entries: readFundEntries(db, hospitalCode, day),
    rows,
    locateUnmatchedRows: makeFindElsewhere(db, hospitalCode, day),
    keep: (differences, part) => saveDifferences(db, state, { id, part }, differences),
    partSize: DIFFERENCES_PER_PART,
  });
  const status = totalCount(causes) === 0 ? "AGREED" : "COMPARED";
  return {
    ...state,
    version: state.version + 1,
    status,
    hospital,
    fund,
    at: now(),
    comparison: { id, causes, unlisted },
    faults: undefined,
  };
}
