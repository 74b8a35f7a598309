import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Campaign, explain, HISTORY_LENGTH, runCampaign } from "./campaign.ts";
import { makeEngineStore } from "./engine-tables.ts";
import { makePlan } from "./plan.ts";
import { play } from "./play.ts";
import { prepareMemory } from "./starting-tables.ts";
import { dumpStore, type StoreUnderTest } from "./store-under-test.ts";

const DAY_MS = 86_400_000;
const MEMORY_STEPS = 50_000;
const STEPS_OF_THE_DAY = 15_000;
const ENGINE_STEPS = 2_000;
const TIMEOUT_MS = 170_000;

let makeMemory: () => StoreUnderTest;
beforeAll(async () => {
  makeMemory = await prepareMemory();
});

/** Fails with the shortest history found. */
async function expectToHold(campaign: Campaign): Promise<void> {
  const { steps, histories, failed } = await runCampaign(campaign);
  if (failed !== undefined) expect.fail(await explain(failed, campaign));
  expect(steps).toBeGreaterThanOrEqual(campaign.steps);
  console.log(`${steps} steps in ${histories} histories from seed ${campaign.firstSeed}: everything held`);
}

describe("whatever happens, every rule holds at every step", { timeout: TIMEOUT_MS }, () => {
  test("in memory, from seeds that stay the same", () =>
    expectToHold({ steps: MEMORY_STEPS, firstSeed: 1, makeStore: makeMemory }));

  test("in memory, from seeds of the day", () => {
    const firstSeed = Math.floor(Date.now() / DAY_MS) * 1_000;
    return expectToHold({ steps: STEPS_OF_THE_DAY, firstSeed, makeStore: makeMemory });
  });

  test("on the real engine", () =>
    expectToHold({
      steps: ENGINE_STEPS,
      firstSeed: 1,
      makeStore: () => makeEngineStore(inject("engineEndpoint")),
      maxReplays: 30,
    }));
});

describe("a history", () => {
  test("is the same to the byte each time it is played", async () => {
    const plan = makePlan(6, HISTORY_LENGTH);
    const playOnce = async () => {
      const store = makeMemory();
      const { log, faults } = await play(plan, store);
      return { log, faults, items: await dumpStore(store) };
    };
    const [first, second] = [await playOnce(), await playOnce()];
    expect(first.faults.length).toBeGreaterThan(10);
    expect(second).toEqual(first);
  });

  test("comes to the same on the real engine as in memory", async () => {
    const plan = makePlan(4, HISTORY_LENGTH);
    const [inMemory, onEngine] = [
      await play(plan, makeMemory()),
      await play(plan, await makeEngineStore(inject("engineEndpoint"))),
    ];
    const answersOf = ({ log }: typeof inMemory) => log.filter((line) => !/-claims? /.test(line));
    expect([onEngine.violation, inMemory.violation]).toEqual([undefined, undefined]);
    expect(answersOf(onEngine)).toEqual(answersOf(inMemory));
  });
});
