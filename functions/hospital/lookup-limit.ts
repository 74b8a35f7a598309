import type { Instant } from "../../shared/domain/dates.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { countLookup } from "../../shared/store/lookup-count-store.ts";
import type { Services } from "../services.ts";

type LimitServices = Pick<Services, "db" | "logger" | "lookupsPerHour" | "now">;

/** Whoever finds nobody five times has used up as much as with twenty-five that were found. */
export const WEIGHT_OF_NOBODY = 5;

const HOUR_MS = 3_600_000;
const secondsToNextHour = (at: Instant): number => Math.ceil((HOUR_MS - (Date.parse(at) % HOUR_MS)) / 1_000);

/**
 * Counts that a hospital looked somebody up, because that could be used to fish for people. Undefined as long as it
 * may; over the hour's limit, why not, which is logged for the alarm.
 */
export async function countLookupBy(
  { db, logger, lookupsPerHour: limit, now }: LimitServices,
  { hospitalCode, requestId }: { readonly hospitalCode: string; readonly requestId: string },
  weight = 1,
): Promise<Failure | undefined> {
  const at = now();
  if (await countLookup(db, { hospitalCode, at, weight, limit })) return undefined;
  logger.log("LOOKUPS_EXCEEDED", { hospitalCode, requestId, limit });
  return { code: "TOO_MANY_LOOKUPS", retryAfterSeconds: secondsToNextHour(at) };
}
