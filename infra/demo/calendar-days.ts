const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, so many days later (earlier where negative). Calendar days only: no clock, no time zone. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Whole days from one day to a later one. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** A local time of a day (`HH:MM`) as an instant of Asia/Shanghai, which has no daylight saving time. */
export const instantAt = (day: string, time: string): string => `${day}T${time}:00+08:00`;
