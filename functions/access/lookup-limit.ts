import type { Instant } from "../../shared/domain/dates.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { countLookup, findLookupCount } from "../../shared/store/access/lookup-count-store.ts";
import type { Services } from "../kit/services.ts";

type LimitServices = Pick<Services, "db" | "logger" | "lookupsPerHour" | "now">;

/** Whose look-up, and by which request. */
interface LookingUp {
  readonly hospitalCode: string;
  readonly requestId: string;
}

/** Whoever finds nobody five times has used up as much as with twenty-five that were found. */
export const WEIGHT_OF_NOBODY = 5;
/** From so many times the limit on, nobody can be registered either: more is no hospital at work. */
const LIMITS_OF_ALL = 5;

const HOUR_MS = 3_600_000;
const secondsToNextHour = (at: Instant): number => Math.ceil((HOUR_MS - (Date.parse(at) % HOUR_MS)) / 1_000);

function tooMany(
  { logger, lookupsPerHour: limit }: LimitServices,
  at: Instant,
  { hospitalCode, requestId }: LookingUp,
): Failure {
  logger.log("LOOKUPS_EXCEEDED", { hospitalCode, requestId, limit });
  return { code: "TOO_MANY_LOOKUPS", retryAfterSeconds: secondsToNextHour(at) };
}

/**
 * Counts that a hospital looked somebody up, because that could be used to fish for people. Undefined as long as it
 * may; over the hour's limit, why not, which is logged for the alarm.
 */
export async function countLookupBy(
  services: LimitServices,
  by: LookingUp,
  weight = 1,
): Promise<Failure | undefined> {
  const { db, lookupsPerHour: limit, now } = services;
  const at = now();
  const most = limit * LIMITS_OF_ALL;
  const before = await countLookup(db, { hospitalCode: by.hospitalCode, at, weight, most });
  return before < limit ? undefined : tooMany(services, at, by);
}

/**
 * Why a hospital may register nobody under a case either, if it has tried out so many numbers within the hour that the
 * next right one might be found by chance. Undefined for every hospital at work.
 */
export async function checkLookups(services: LimitServices, by: LookingUp): Promise<Failure | undefined> {
  const { db, lookupsPerHour: limit, now } = services;
  const at = now();
  const before = await findLookupCount(db, { hospitalCode: by.hospitalCode, at });
  return before < limit * LIMITS_OF_ALL ? undefined : tooMany(services, at, by);
}
