import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse } from "../shared/domain/result.ts";

/** What is left for the answer to reach the caller before the gateway gives up. */
const RESERVE_MS = 1_500;
/** The longest that a timer can wait; a caller without a limit has more. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Answers BUSY when the work does not end within the request's time. What is still under way may take effect:
 * that is why a message is answered as one that can be sent again.
 */
export async function withinTime<T>(
  remainingMs: number,
  work: Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  let timer: NodeJS.Timeout | undefined;
  const timeOver = new Promise<Result<T, Failure>>((resolve) => {
    const waitMs = Math.min(LONGEST_MS, Math.max(0, remainingMs - RESERVE_MS));
    timer = setTimeout(() => resolve(refuse(failure("BUSY"))), waitMs);
  });
  try {
    return await Promise.race([work, timeOver]);
  } finally {
    clearTimeout(timer);
  }
}
