import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse } from "../shared/domain/result.ts";
import { type Logger, nameOfError } from "../shared/observability/logger.ts";
import { isPassingFault } from "../shared/passing-fault.ts";
import type { Database } from "../shared/store/database.ts";

export interface AttemptServices {
  readonly db: Database;
  readonly logger: Logger;
}

const MAX_ATTEMPTS = 32;
const PAUSE_MS = 8;
const MAX_PAUSE_MS = 400;

/** What an attempt came to; `AGAIN` where somebody else wrote in between. */
export type Attempt<T> = (number: number) => Promise<T | "AGAIN">;

/**
 * Tries until somebody else's writing, a conflict, a throttle or a time-out no longer stands in the way, waiting
 * longer each time, by chance, so that those who collided do not meet again. Refuses with BUSY when it is still
 * in the way, or when the time for the work is over: nobody waits for it, and its time would no longer be that of
 * its writing. Only for work that may be repeated after an unknown outcome.
 */
export async function attempt<T>(
  { db, logger }: AttemptServices,
  { operation, requestId }: { readonly operation: string; readonly requestId: string },
  work: Attempt<T>,
): Promise<Result<T, Failure>> {
  for (let number = 0; number < MAX_ATTEMPTS && db.timeOver?.aborted !== true; number += 1) {
    try {
      const result = await work(number);
      if (result !== "AGAIN") return { ok: true, value: result };
      logger.log("COMMIT_RETRIED", { operation, requestId, attempt: number });
    } catch (error) {
      if (!isPassingFault(error)) throw error;
      logger.log("STORE_FAULT_PASSED_OVER", {
        operation,
        requestId,
        attempt: number,
        error: nameOfError(error),
      });
    }
    await db.pause(Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** number));
  }
  return refuse(failure("BUSY"));
}
