import type { Instant } from "../../shared/domain/dates.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { countHourlyWork } from "../../shared/store/kit/hourly-work.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";

/** Rounds and uploads of one hospital in an hour, at most. A day needs one to three; a backlog of a year fits into two hours. */
export const MOST_PER_HOUR = { ROUNDS: 240, UPLOADS: 60 } as const;

const HOUR_MS = 3_600_000;

/** Counts a round or an upload of a hospital; its message is refused, to be sent again in the next hour, where there were too many. */
export const countReconciliation = (
  db: Database,
  {
    hospitalCode,
    at,
    work,
  }: { readonly hospitalCode: string; readonly at: Instant; readonly work: keyof typeof MOST_PER_HOUR },
): Write =>
  countHourlyWork(
    db,
    { hospitalCode, at, work, most: MOST_PER_HOUR[work] },
    {
      code: "TOO_MANY_RECONCILIATIONS",
      retryAfterSeconds: Math.ceil((HOUR_MS - (Date.parse(at) % HOUR_MS)) / 1_000),
    },
  );
