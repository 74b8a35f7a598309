import type { Instant } from "../../shared/domain/dates.ts";

/** Whether a name comes for the first time in the minute of an instant, or is among the `most` first times. */
export type TakeOncePerMinute = (name: string, at: Instant, most?: number) => boolean;

const MINUTE_MS = 60_000;
const minuteOf = (at: Instant): number => Math.floor(Date.parse(at) / MINUTE_MS);

/** Remembers the names of one minute, in the memory of one process. */
export function makeOncePerMinute(): TakeOncePerMinute {
  const times = new Map<string, number>();
  let minute = 0;
  return (name, at, most = 1) => {
    if (minuteOf(at) !== minute) times.clear();
    minute = minuteOf(at);
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time <= most;
  };
}
