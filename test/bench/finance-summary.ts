import { DaySchema } from "../../shared/domain/dates.ts";
import { fen, ZERO_FEN } from "../../shared/domain/money.ts";
import { NO_FIGURES, type SummaryCell } from "../../shared/domain/reports/settlement-summary.ts";
import { SUMMARY_SHARDS } from "../../shared/store/kit/keys.ts";
import { commitTransaction } from "../../shared/store/kit/transaction.ts";
import { addToSummary } from "../../shared/store/reports/summary-store.ts";
import { inParallel } from "./caller.ts";
import { withEmbedded } from "./embedded.ts";
import { type BenchOptions, type Findings, formatNumber, median, timed } from "./figures.ts";

const ROWS = 20_000;
const ROWS_PER_TRANSACTION = 100;
const WRITERS = 4;
const EMPLOYERS = 200;

/** Day by day through 2026: each row another day, then another employer. */
function makeCell(index: number): SummaryCell {
  const on = new Date(Date.UTC(2026, 0, 1 + (index % 365))).toISOString().slice(0, 10);
  const employer = Math.floor(index / 365) % EMPLOYERS;
  const amount = fen(10_000 + index);
  return {
    day: DaySchema.parse(on),
    hospitalCode: `H330304${String(index % 12).padStart(5, "0")}`,
    employerUscc: `91999999BENCH${String(employer).padStart(5, "0")}`,
    visitType: index % 4 === 0 ? "INPATIENT" : "OUTPATIENT",
    ...NO_FIGURES,
    count: 1,
    total: amount,
    allocation: {
      fund: amount,
      employer: ZERO_FEN,
      hospital: ZERO_FEN,
      thirdParty: ZERO_FEN,
      otherInsurer: ZERO_FEN,
      personal: ZERO_FEN,
    },
  };
}

/** What finance waits for when it asks for a year. */
export const measureFinanceSummary = ({ quick }: BenchOptions): Promise<Findings> =>
  withEmbedded(async ({ makeFunctions }) => {
    const rows = quick ? ROWS / 4 : ROWS;
    const { services, call, meter } = makeFunctions();
    await inParallel(WRITERS, rows / ROWS_PER_TRANSACTION, async (chunk) => {
      const cells = Array.from({ length: ROWS_PER_TRANSACTION }, (_, place) =>
        makeCell(chunk * ROWS_PER_TRANSACTION + place),
      );
      await commitTransaction(
        services.db,
        cells.map((cell, place) => addToSummary(services.db, cell, place % SUMMARY_SHARDS)),
      );
    });
    const query = { from: "2026-01-01", to: "2026-12-31", groupBy: "hospital" };
    const summarise = async (): Promise<void> => {
      const { text } = await call("summarise-settlements", { query });
      const { totals }: { totals: { count: number } } = JSON.parse(text);
      if (totals.count !== rows) throw new Error(`${totals.count} settlements instead of ${rows}`);
    };
    const used = await meter.measure(summarise);
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) times.push((await timed(summarise)).ms);
    return {
      title: "Finance's summary of a year",
      figures: [
        {
          what: `summary of a year, ${formatNumber(rows)} rows`,
          measured: median(times),
          unit: "ms",
        },
        { what: "read units of it", measured: used.readUnits, unit: "read units" },
      ],
      notes: [
        `${used.calls} queries at once: twelve months of ${SUMMARY_SHARDS} shards. On the embedded engine in memory; median of ${times.length}.`,
      ],
    };
  });
