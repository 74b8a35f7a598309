/** How often something is tried, and how long is waited in between. */
export interface RetryPolicy {
  readonly attempts: number;
  /** The pause before the second attempt; each later one is twice as long as the one before it. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Waits; a pause may be shorter than it is told, so that those who collided do not meet again. */
  readonly pause: (pauseMs: number) => Promise<unknown>;
  /** Whether nobody waits for the result any more: no further attempt is made. */
  readonly isOver?: () => boolean;
}

/** One attempt, numbered from 0: what it came to, or `AGAIN`. */
export type Attempt<T> = (number: number) => Promise<T | "AGAIN">;

/**
 * Tries until an attempt comes to something; `AGAIN` where none did. What an attempt throws is thrown at once: the
 * attempt itself decides what may be repeated.
 */
export async function retry<T>(
  { attempts, firstPauseMs, longestPauseMs, pause, isOver = () => false }: RetryPolicy,
  attempt: Attempt<T>,
): Promise<T | "AGAIN"> {
  for (let number = 0; number < attempts; number += 1) {
    if (number > 0) await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** (number - 1)));
    if (isOver()) return "AGAIN";
    const result = await attempt(number);
    if (result !== "AGAIN") return result;
  }
  return "AGAIN";
}
