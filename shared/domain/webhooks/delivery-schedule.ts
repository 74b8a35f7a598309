import { type Instant, instantOf } from "../dates.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** Seconds to wait after the first failed attempt, the second, and so on; the last one is repeated. */
const PAUSES_S = [
  10,
  30,
  2 * MINUTE_S,
  10 * MINUTE_S,
  30 * MINUTE_S,
  HOUR_S,
  2 * HOUR_S,
  4 * HOUR_S,
  8 * HOUR_S,
  12 * HOUR_S,
] as const;
const LAST_PAUSE_S = 12 * HOUR_S;

/** How long a delivery is tried, from its first attempt on. */
const PATIENCE_S = 72 * HOUR_S;

const later = (at: Instant, seconds: number): Instant => instantOf(Date.parse(at) + seconds * 1_000);

/**
 * When to try again after an attempt that failed; undefined where three days are over.
 *
 * `failures` counts this attempt too.
 */
export function nextAttemptAfter(round: {
  readonly startedAt: Instant;
  readonly failures: number;
  readonly at: Instant;
}): Instant | undefined {
  const next = later(round.at, PAUSES_S[round.failures - 1] ?? LAST_PAUSE_S);
  return Date.parse(next) <= Date.parse(later(round.startedAt, PATIENCE_S)) ? next : undefined;
}

/** Longer than any attempt lasts: a deliverer that was not heard of by then is taken for dead. */
const LEASE_S = 30;

/** Until when nobody else makes an attempt that begins now. */
export const leaseFrom = (at: Instant): Instant => later(at, LEASE_S);
