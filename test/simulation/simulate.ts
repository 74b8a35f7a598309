import { parseArgs } from "node:util";
import { explain, runCampaign } from "./campaign.ts";
import { prepareMemory } from "./starting-tables.ts";

const PROGRESS_MS = 2_000;

const { values } = parseArgs({
  options: { steps: { type: "string", default: "1000000" }, seed: { type: "string" } },
});
const steps = Number(values.steps);
const firstSeed = Number(values.seed ?? Math.floor(Date.now() / 1_000));
if (!Number.isSafeInteger(steps) || steps < 1 || !Number.isSafeInteger(firstSeed) || firstSeed < 0) {
  console.error("usage: npm run simulate -- [--steps 10000000] [--seed 1]");
  process.exit(2);
}

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
