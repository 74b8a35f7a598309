import { setTimeout as pause } from "node:timers/promises";
import { ImportError } from "./import-error.ts";

/** What one attempt came to: a value, or a reason to try the same again. */
export type Attempt<Value> =
  | { readonly kind: "DONE"; readonly value: Value }
  | {
      readonly kind: "AGAIN";
      readonly why: string;
      /** What the service asks for by `Retry-After`. */
      readonly pauseMs?: number;
      /** What the person can do where trying again does not help. */
      readonly advice?: readonly string[];
    };

export interface Persistence {
  readonly attempts: number;
  /** Told before each pause. */
  readonly onRetry: (why: string) => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Longer after each attempt and by chance, so that clients that failed together do not come back together. */
function pauseAfter(attempt: number, leastMs: number): number {
  const ceilingMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return Math.min(LONGEST_PAUSE_MS, leastMs) + Math.random() * ceilingMs;
}

/** Tries until it is done. Throws ImportError with the last reason when the attempts are used up. */
export async function persist<Value>(
  { attempts, onRetry }: Persistence,
  attempt: () => Promise<Attempt<Value>>,
): Promise<Value> {
  for (let made = 1; ; made += 1) {
    const outcome = await attempt();
    if (outcome.kind === "DONE") return outcome.value;
    if (made === attempts) {
      throw new ImportError(
        `试了 ${attempts} 次仍未成功`,
        `${attempts} attempts without success: ${outcome.why}`,
        outcome.advice,
      );
    }
    onRetry(outcome.why);
    await pause(pauseAfter(made - 1, outcome.pauseMs ?? 0));
  }
}
