import type { Metered } from "../support/capacity-meter.ts";
import type { CallAnswer } from "./caller.ts";
import { withEmbedded } from "./embedded.ts";
import { atMost, type BenchOptions, type Findings, formatNumber, timed } from "./figures.ts";
import { discharge, makeLines, openVisit } from "./world.ts";

const LINES = 10_000;
const LINES_PER_UPLOAD = 500;
/** Lambda takes and gives 6 MB at most, API Gateway 10 MB. */
const LAMBDA_MEGABYTES = 6;
const MEGABYTE = 1_000_000;

interface Step {
  readonly name: string;
  readonly ms: number;
  readonly sentBytes: number;
  readonly answerBytes: number;
  readonly used: Metered;
}

const largest = (steps: readonly Step[], of: (step: Step) => number): number => Math.max(...steps.map(of));
const total = (steps: readonly Step[], of: (step: Step) => number): number =>
  steps.reduce((sum, step) => sum + of(step), 0);

/** One stay with as many lines as a visit may have: what it takes, and whether it passes through the gateway. */
export const measureLongStay = ({ quick }: BenchOptions): Promise<Findings> =>
  withEmbedded(async (embedded) => {
    const lineCount = quick ? LINES / 5 : LINES;
    const { call, meter } = embedded.makeFunctions();
    const visitId = await openVisit(call, "INPATIENT");
    const params = { visitId };
    const step = async (
      name: string,
      body: object | undefined,
      run: () => Promise<CallAnswer>,
    ): Promise<Step> => {
      let answerBytes = 0;
      const countAnswer = async (): Promise<void> => {
        answerBytes = Buffer.byteLength((await run()).text);
      };
      const { value: used, ms } = await timed(() => meter.measure(countAnswer));
      const sentBytes = body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
      return { name, ms, sentBytes, answerBytes, used };
    };
    const uploads: Step[] = [];
    for (let start = 0; start < lineCount; start += LINES_PER_UPLOAD) {
      const body = { lines: makeLines(LINES_PER_UPLOAD, start) };
      uploads.push(await step("upload", body, () => call("upload-charges", { params, body })));
    }
    const preview = await step("preview-settlement", undefined, () => call("preview-settlement", { params }));
    await discharge(call, visitId);
    const settle = await step("settle-visit", undefined, () => call("settle-visit", { params }));
    const all = [...uploads, preview, settle];
    const last = uploads.at(-1);

    const row = (name: string, steps: readonly Step[]): string[] => [
      name,
      formatNumber(total(steps, ({ ms }) => ms)),
      formatNumber(largest(steps, ({ sentBytes }) => sentBytes) / 1_000),
      formatNumber(largest(steps, ({ answerBytes }) => answerBytes) / 1_000),
      formatNumber(largest(steps, ({ used }) => used.roundTrips)),
      formatNumber(total(steps, ({ used }) => used.readUnits)),
      formatNumber(total(steps, ({ used }) => used.writeUnits)),
    ];
    return {
      title: `A stay of ${formatNumber(lineCount)} lines`,
      figures: [
        {
          what: "long stay, largest answer",
          measured: largest(all, ({ answerBytes }) => answerBytes) / MEGABYTE,
          unit: "MB",
          budget: atMost(LAMBDA_MEGABYTES),
        },
        {
          what: "long stay, largest request",
          measured: largest(all, ({ sentBytes }) => sentBytes) / MEGABYTE,
          unit: "MB",
          budget: atMost(LAMBDA_MEGABYTES),
        },
        { what: "long stay, settle-visit", measured: settle.ms, unit: "ms" },
        { what: "long stay, preview-settlement", measured: preview.ms, unit: "ms" },
        { what: "long stay, last upload of 500 lines", measured: last?.ms, unit: "ms" },
      ],
      comparisons: [
        {
          title: "Step by step",
          columns: [
            "step",
            "ms",
            "largest request, KB",
            "largest answer, KB",
            "round trips",
            "read units",
            "write units",
          ],
          rows: [
            row(`${uploads.length} uploads of ${LINES_PER_UPLOAD} lines, together`, uploads),
            row("the last of them", uploads.slice(-1)),
            row("preview-settlement", [preview]),
            row("settle-visit", [settle]),
          ],
        },
      ],
    };
  });
