import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { type Logger, nameOfError } from "../../shared/observability/logger.ts";
import { type Attempt, retry } from "../../shared/retry.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { isTransientError } from "../../shared/transient-error.ts";

export interface AttemptServices {
  readonly db: Database;
  readonly logger: Logger;
}

const MAX_ATTEMPTS = 32;
const PAUSE_MS = 8;
const MAX_PAUSE_MS = 400;

/**
 * Tries until somebody else's writing, a conflict, a throttle or a time-out no longer stands in the way, waiting
 * longer each time. `AGAIN` says that somebody else wrote in between. Refuses with BUSY when it is still
 * in the way, or when the time for the work is over: nobody waits for it, and its time would no longer be that of
 * its writing. Only for work that may be repeated after an unknown outcome.
 */
export async function retryOnConflict<T>(
  { db, logger }: AttemptServices,
  { operation, requestId }: { readonly operation: string; readonly requestId: string },
  work: Attempt<T>,
): Promise<Result<T, Failure>> {
  const policy = {
    ...{ attempts: MAX_ATTEMPTS, firstPauseMs: PAUSE_MS, longestPauseMs: MAX_PAUSE_MS, pause: db.pause },
    isOver: () => db.signal?.aborted === true,
  };
  const done = await retry<{ readonly value: T }>(policy, async (number) => {
    try {
      const value = await work(number);
      if (value !== "AGAIN") return { value };
      logger.log("COMMIT_RETRIED", { operation, requestId, attempt: number });
    } catch (error) {
      if (!isTransientError(error)) throw error;
      const fields = { operation, requestId, attempt: number, error: nameOfError(error) };
      logger.log("STORE_FAULT_PASSED_OVER", fields);
    }
    return "AGAIN";
  });
  return done === "AGAIN" ? err(failure("BUSY")) : ok(done.value);
}
