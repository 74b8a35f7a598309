import type { Mutant } from "./history.ts";
import { makePlan, type Plan } from "./plan.ts";
import { type Played, play, unchanged } from "./play.ts";
import { describeFailure, MAX_REPLAYS, shrink } from "./shrink.ts";
import type { StoreUnderTest } from "./store-under-test.ts";

/** Deeds of one history: long enough for a stay of several settlements, short enough to be shortened. */
export const HISTORY_LENGTH = 150;

export interface Campaign {
  /** At least so many steps, in histories of seeds that count up from the first. */
  readonly steps: number;
  readonly firstSeed: number;
  readonly makeStore: () => StoreUnderTest | Promise<StoreUnderTest>;
  readonly mutant?: Mutant;
  /** How often a failing history is played again to shorten it. */
  readonly maxReplays?: number;
  readonly report?: (steps: number, seed: number) => void;
}

export interface Outcome {
  readonly steps: number;
  readonly histories: number;
  readonly failed: { readonly plan: Plan; readonly played: Played } | undefined;
}

/** Plays history after history until one fails or the steps are taken. */
export async function runCampaign({
  steps: wanted,
  firstSeed,
  makeStore,
  mutant,
  report,
}: Campaign): Promise<Outcome> {
  let [steps, histories] = [0, 0];
  while (steps < wanted) {
    const plan = makePlan(firstSeed + histories, HISTORY_LENGTH);
    const played = await play(plan, await makeStore(), mutant ?? unchanged);
    steps += played.steps;
    histories += 1;
    if (played.violation !== undefined) return { steps, histories, failed: { plan, played } };
    report?.(steps, plan.seed);
  }
  return { steps, histories, failed: undefined };
}

/** The shortest history found of a failure, in words. */
export async function explain(
  { plan, played }: NonNullable<Outcome["failed"]>,
  {
    makeStore,
    mutant = unchanged,
    maxReplays = MAX_REPLAYS,
  }: Pick<Campaign, "makeStore" | "mutant" | "maxReplays">,
): Promise<string> {
  const replay = async (candidate: Plan) => play(candidate, await makeStore(), mutant);
  const shortest = await shrink(plan, played, replay, maxReplays);
  return describeFailure(shortest, await replay(shortest));
}
