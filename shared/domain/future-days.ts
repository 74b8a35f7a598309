import { type Day, type Instant, latestDay } from "./dates.ts";
import type { Fault } from "./failures.ts";

/** A fault for each of these days, by pointer, that has not come yet: what is reported has happened. */
export function futureDays(days: Readonly<Record<string, Day | undefined>>, now: Instant): Fault[] {
  const latest = latestDay(now);
  return Object.entries(days).flatMap(([pointer, on]) =>
    on !== undefined && on > latest
      ? [{ pointer, code: "DAY_IN_FUTURE", expected: { kind: "DAYS", on, to: latest } }]
      : [],
  );
}
