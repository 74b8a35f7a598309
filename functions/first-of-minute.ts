import type { Instant } from "../shared/domain/dates.ts";

/** Whether a name comes for the first time in the minute of an instant. */
export type TakeFirstOfMinute = (name: string, at: Instant) => boolean;

const MINUTE_MS = 60_000;
const minuteOf = (at: Instant): number => Math.floor(Date.parse(at) / MINUTE_MS);

/** Remembers the names of one minute, in the memory of one process. */
export function makeFirstOfMinute(): TakeFirstOfMinute {
  const names = new Set<string>();
  let minute = 0;
  return (name, at) => {
    if (minuteOf(at) !== minute) names.clear();
    minute = minuteOf(at);
    if (names.has(name)) return false;
    names.add(name);
    return true;
  };
}
