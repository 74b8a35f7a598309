import { formatYuan } from "../../shared/domain/money.ts";
import {
  type SummaryFigures,
  summariseSettlements as summarise,
} from "../../shared/domain/reports/settlement-summary.ts";
import { readSummaryCells } from "../../shared/store/reports/summary-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cutPage, readPlace } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toAmountsView } from "../kit/views.ts";
import type { summariseSettlementsContract } from "./summarise-settlements.contract.ts";

type Call = CallOf<typeof summariseSettlementsContract>;

const toView = <Figures extends SummaryFigures>(figures: Figures) => ({
  ...figures,
  ...toAmountsView(figures),
  benefits: formatYuan(figures.benefits),
  reversed: toAmountsView(figures.reversed),
  ofEarlierMonths: { ...figures.ofEarlierMonths, total: formatYuan(figures.ofEarlierMonths.total) },
});

const isKey = (place: string): boolean => /^[\w-]{1,40}$/.test(place);

/** Sums up the settlements of a period, both days included, from rows that are written with each settlement. */
export const summariseSettlements =
  (services: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const { from, to, groupBy } = call.query;
    const db = { ...services.db, signal: call.signal };
    const after = readPlace(call, isKey);
    if (!after.ok) return after;
    const { rows, totals } = summarise(await readSummaryCells(db, from, to), groupBy);
    const left = rows.filter(({ key }) => key > (after.value ?? ""));
    const { page, nextCursor } = cutPage(call, left, ({ key }) => key);
    return answerWith({
      ...{ from, to, groupBy },
      rows: page.map(toView),
      totals: toView(totals),
      nextCursor,
    });
  };
