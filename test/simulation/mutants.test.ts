import { beforeAll, describe, expect, test } from "vitest";
import { explain, runCampaign } from "./campaign.ts";
import { mutants } from "./mutants.ts";
import { prepareMemory } from "./starting-tables.ts";
import type { StoreUnderTest } from "./store-under-test.ts";

/** By then every planted bug has to have shown itself; most do within some hundred steps. */
const MAX_STEPS = 60_000;

let makeStore: () => StoreUnderTest;
beforeAll(async () => {
  makeStore = await prepareMemory();
});

describe("the simulation finds out that", () => {
  test.each(Object.entries(mutants))("%s", async (_name, mutant) => {
    const { failed, steps } = await runCampaign({ steps: MAX_STEPS, firstSeed: 1, makeStore, mutant });
    expect(failed, `not found in ${steps} steps`).toBeDefined();
  });
});

test("a failure is explained by the shortest history that was found", async () => {
  const mutant = mutants["a settlement may be reversed twice"];
  const campaign = { steps: MAX_STEPS, firstSeed: 1, makeStore, ...(mutant === undefined ? {} : { mutant }) };
  const { failed } = await runCampaign(campaign);
  if (failed === undefined) expect.fail("the planted bug was not found");
  const text = await explain(failed, campaign);
  expect(text).toContain(`seed ${failed.plan.seed}: ${failed.played.violation?.rule}`);
  const actions = /actions \((\d+)\)/.exec(text)?.[1];
  expect(Number(actions)).toBeLessThanOrEqual(6);
});
