import { parseArgs } from "node:util";
import { outliveReaders } from "../../infra/closed-output.ts";
import { explain, runCampaign } from "./campaign.ts";
import { prepareMemory } from "./starting-tables.ts";

const PROGRESS_MS = 2_000;

/** How many steps, from which seed; undefined where the options are not such. */
function readOptions(): { readonly steps: number; readonly firstSeed: number } | undefined {
  const options = { steps: { type: "string" }, seed: { type: "string" } } as const;
  const { values } = parseArgs({ options, strict: false });
  const isKnown = Object.keys(values).every((name) => name in options);
  const steps = Number(values.steps ?? 1_000_000);
  const firstSeed = Number(values.seed ?? Math.floor(Date.now() / 1_000));
  const isWhole = Number.isSafeInteger(steps) && Number.isSafeInteger(firstSeed);
  return isKnown && isWhole && steps > 0 && firstSeed >= 0 ? { steps, firstSeed } : undefined;
}

const read = readOptions();
if (read === undefined) {
  console.error("usage: npm run simulate -- [--steps 10000000] [--seed 1]");
  process.exit(2);
}
const { steps, firstSeed } = read;

outliveReaders();
const started = performance.now();
let reported = started;
const rateOf = (taken: number): string => {
  const seconds = (performance.now() - started) / 1_000;
  return `${taken} steps, ${Math.round(taken / seconds)} a second`;
};

console.log(`simulating ${steps} steps from seed ${firstSeed}`);
const makeStore = await prepareMemory();
const outcome = await runCampaign({
  steps,
  firstSeed,
  makeStore,
  report: (taken, seed) => {
    if (performance.now() - reported < PROGRESS_MS) return;
    reported = performance.now();
    console.log(`seed ${seed}: ${rateOf(taken)}`);
  },
});
console.log(`${rateOf(outcome.steps)}, ${outcome.histories} histories`);
if (outcome.failed === undefined) {
  console.log("everything held");
} else {
  const { seed } = outcome.failed.plan;
  console.log(`seed ${seed} failed; looking for the shortest history …`);
  console.log(await explain(outcome.failed, { makeStore }));
  console.log(`again: npm run simulate -- --steps 1 --seed ${seed}`);
}
// The timers of requests that a violation cut off would keep the process waiting.
process.exit(outcome.failed === undefined ? 0 : 1);
