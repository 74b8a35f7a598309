import type { Amounts } from "../../shared/domain/amounts.ts";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import {
  type SummaryFigures,
  summariseSettlements as summarise,
} from "../../shared/domain/reports/settlement-summary.ts";
import { readSummaryCells } from "../../shared/store/summary-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { financeOperations } from "./operations.ts";

type Call = CallOf<typeof financeOperations.summariseSettlements>;

const toAmountsView = ({ total, allocation }: Amounts) => ({
  total: formatYuan(total),
  allocation: formatAllocation(allocation),
});

const toView = <Figures extends SummaryFigures>(figures: Figures) => ({
  ...figures,
  ...toAmountsView(figures),
  benefits: formatYuan(figures.benefits),
  reversed: toAmountsView(figures.reversed),
  ofEarlierMonths: { ...figures.ofEarlierMonths, total: formatYuan(figures.ofEarlierMonths.total) },
});

/** Sums up the settlements of a period, both days included, from rows that are written with each settlement. */
export const summariseSettlements =
  ({ db }: Pick<Services, "db">) =>
  async ({ query }: Call): Outcome => {
    const cells = await readSummaryCells(db, query.from, query.to);
    const { rows, totals } = summarise(cells, query.groupBy);
    return answerWith({ ...query, rows: rows.map(toView), totals: toView(totals) });
  };
