import { settleDay } from "./day-end.ts";
import { checkDecided } from "./decided-checks.ts";
import { checkEmployers } from "./employer-checks.ts";
import { History, type Mutant } from "./history.ts";
import type { Plan, PlannedFault } from "./plan.ts";
import type { Said } from "./request.ts";
import type { StoreUnderTest } from "./store-under-test.ts";
import { Violation } from "./violation.ts";

/** What a history came to. */
export interface Played {
  readonly steps: number;
  /** The rule that did not hold, with what was found. */
  readonly violation: Violation | undefined;
  /** What each action came to. */
  readonly said: ReadonlyMap<number, Said>;
  /** The faults that struck. */
  readonly faults: readonly PlannedFault[];
  /** What was written and answered, in its order. */
  readonly log: readonly string[];
}

export const unchanged: Mutant = (send) => send;

/** Plays a plan to its end, and the evening after it. */
export async function play(plan: Plan, store: StoreUnderTest, mutant: Mutant = unchanged): Promise<Played> {
  const history = await History.start(plan, store, mutant);
  let violation: Violation | undefined;
  try {
    await history.play();
    await settleDay(history);
    await history.handleEvents();
    checkDecided(history.checks);
    checkEmployers(history.checks);
  } catch (error) {
    violation = error instanceof Violation ? error : new Violation("nothing breaks", String(error));
  }
  const { steps, said, faults, log } = history;
  return { steps, violation, said, faults, log };
}
