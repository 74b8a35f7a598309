import { atMost, type BenchOptions, type Findings, median } from "./figures.ts";
import { type FirstBill, timeFirstBill } from "./local-service.ts";

const SECOND = 1_000;

/** From `npm start` in an empty directory to the first settled bill of the demo. */
export async function measureFirstBill({ quick }: BenchOptions): Promise<Findings> {
  const starts: FirstBill[] = [];
  for (let start = 0; start < (quick ? 1 : 3); start += 1) starts.push(await timeFirstBill());
  const secondsTo = (of: (start: FirstBill) => number): number => median(starts.map(of)) / SECOND;
  return {
    title: "First start on one machine",
    figures: [
      {
        what: "npm start to first settled demo bill",
        measured: secondsTo(({ firstBillMs }) => firstBillMs),
        unit: "s",
        budget: atMost(10),
      },
      { what: "npm start to ready", measured: secondsTo(({ readyMs }) => readyMs), unit: "s" },
      {
        what: "npm start to all thirty demo bills settled",
        measured: secondsTo(({ allBillsMs }) => allBillsMs),
        unit: "s",
      },
    ],
    notes: [
      `Median of ${starts.length} starts with a new DATA_DIR, npm's own start counted in; demo data are loaded on the way.`,
    ],
  };
}
