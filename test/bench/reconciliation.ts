import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod";
import { atMost, type BenchOptions, type Findings, formatNumber } from "./figures.ts";

const ROWS = 1_000_000;

const Measured = z.object({
  seconds: z.number(),
  peakMegabytes: z.number(),
  causes: z.record(z.string(), z.number()),
});

/** As the job's function starts on Lambda (infra/aws/stacks/files-stack.ts). */
const NODE_FLAGS = ["--max-semi-space-size=4"];

async function compareOnce(rows: number): Promise<z.infer<typeof Measured>> {
  const program = join(import.meta.dirname, "reconcile-a-day.ts");
  const child = spawn(process.execPath, [...NODE_FLAGS, program, String(rows)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  const [code]: unknown[] = await once(child, "close");
  if (code !== 0) throw new Error(`the comparison ended with ${String(code)}`);
  const measured = Measured.parse(JSON.parse(output));
  const expected = rows / 1_000;
  for (const cause of ["MISSING_AT_HOSPITAL", "MISSING_AT_FUND", "AMOUNT_DIFFERS"]) {
    const count = measured.causes[cause];
    if (count !== expected) throw new Error(`${cause}: ${count} instead of ${expected}`);
  }
  return measured;
}

/** A hospital's day as a CSV against the fund's entries of it. */
export async function measureReconciliation({ quick }: BenchOptions): Promise<Findings> {
  const rows = quick ? ROWS / 10 : ROWS;
  const { seconds, peakMegabytes } = await compareOnce(rows);
  return {
    title: "Reconciliation",
    figures: [
      {
        what: `reconcile ${formatNumber(rows)} lines`,
        measured: seconds,
        unit: "s",
        budget: atMost(60),
      },
      {
        what: `peak memory of reconciling ${formatNumber(rows)} lines`,
        measured: peakMegabytes,
        unit: "MB",
        budget: atMost(256),
      },
    ],
    notes: [
      "A process of its own, Node itself counted in: a CSV in another order than the entries, both made while they are read; every cause of difference that is planted is counted again.",
    ],
  };
}
