import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, type Result } from "../../shared/domain/result.ts";

/** What is left for the answer to reach the caller before the gateway gives up. */
const RESERVE_MS = 1_500;
/** The longest that a timer can wait; a caller without a limit has more. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Answers BUSY when the work does not end within the request's time, and tells the work, which may be reading page after
 * page for nobody. What is still under way may take effect: that is why a message is answered as one that can be sent again.
 */
export async function withinTime<T>(
  remainingMs: number,
  work: (signal: AbortSignal) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  let timer: NodeJS.Timeout | undefined;
  const over = new AbortController();
  const busy = new Promise<Result<T, Failure>>((resolve) => {
    const waitMs = Math.min(LONGEST_MS, Math.max(0, remainingMs - RESERVE_MS));
    timer = setTimeout(() => {
      resolve(err(failure("BUSY")));
      over.abort();
    }, waitMs);
  });
  try {
    return await Promise.race([work(over.signal), busy]);
  } finally {
    clearTimeout(timer);
  }
}
