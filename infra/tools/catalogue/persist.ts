import { setTimeout as wait } from "node:timers/promises";
import { retry } from "../../../shared/retry.ts";
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

/** Tries until it is done. Throws ImportError with the last reason when the attempts are used up. */
export async function persist<Value>(
  { attempts, onRetry }: Persistence,
  attempt: () => Promise<Attempt<Value>>,
): Promise<Value> {
  let last: Extract<Attempt<never>, { readonly kind: "AGAIN" }> | undefined;
  const policy = {
    ...{ attempts, firstPauseMs: FIRST_PAUSE_MS, longestPauseMs: LONGEST_PAUSE_MS },
    pause: (longestMs: number) => {
      onRetry(last?.why ?? "");
      // By chance, so that clients that failed together do not come back together.
      return wait(Math.min(LONGEST_PAUSE_MS, last?.pauseMs ?? 0) + Math.random() * longestMs);
    },
  };
  const done = await retry<{ readonly value: Value }>(policy, async () => {
    const outcome = await attempt();
    if (outcome.kind === "DONE") return outcome;
    last = outcome;
    return "AGAIN";
  });
  if (done !== "AGAIN") return done.value;
  throw new ImportError(
    `试了 ${attempts} 次仍未成功`,
    `${attempts} attempts without success: ${last?.why ?? ""}`,
    last?.advice,
  );
}
