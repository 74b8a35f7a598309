import * as z from "zod/mini";

declare const kind: unique symbol;

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type Day = string & { readonly [kind]: "day" };
/** An instant written in Asia/Shanghai, `YYYY-MM-DDTHH:mm:ss[.sss]+08:00`: its text sorts by time. */
export type Instant = string & { readonly [kind]: "instant" };
/** A calendar month in Asia/Shanghai, `YYYY-MM`. */
export type Month = string & { readonly [kind]: "month" };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** RFC 3339 knows no hour 24, though `Date.parse` does; seconds may be left out. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const DAY_MS = 86_400_000;
/** Asia/Shanghai has had no daylight saving time since 1991 (tz database, zone Asia/Shanghai). */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export const isDay = (text: string): text is Day => {
  if (!DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
};

const isShanghaiInstant = (text: string): text is Instant =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?\+08:00$/.test(text);

const isMonth = (text: string): text is Month => /^\d{4}-\d{2}$/.test(text);

/** Brands a day; throws RangeError for anything that is no calendar day. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`${text} is no day`);
  return text;
}

/** Writes an instant given in milliseconds since 1970 (UTC) in Asia/Shanghai. */
export function instantOf(epochMs: number): Instant {
  const iso = new Date(epochMs + SHANGHAI_OFFSET_MS).toISOString();
  const text = `${iso.endsWith(".000Z") ? iso.slice(0, -5) : iso.slice(0, -1)}+08:00`;
  if (!isShanghaiInstant(text)) throw new RangeError(`${epochMs} is no instant`);
  return text;
}

/** `now`, or a millisecond after what it has to come after: clocks differ from one function to the next. */
export const laterInstant = (now: Instant, after: Instant | undefined): Instant =>
  after === undefined || now > after ? now : instantOf(Date.parse(after) + 1);

const startsInstant = (text: string): text is Day => text.length === 10;

/** The day on which an instant falls in Asia/Shanghai. */
export function dayOf(instant: Instant): Day {
  const text = instant.slice(0, 10);
  if (!startsInstant(text)) throw new RangeError(`${instant} is no instant`);
  return text;
}

/** Clocks of hospitals and of the service differ by no more. */
const CLOCK_DIFFERENCE_MS = 300_000;

/** The last instant at which anything that is reported now can have happened. */
export const latestInstant = (now: Instant): Instant => instantOf(Date.parse(now) + CLOCK_DIFFERENCE_MS);
export const latestDay = (now: Instant): Day => dayOf(latestInstant(now));

/** The month in which a day falls. */
export function monthOf(of: Day): Month {
  const text = of.slice(0, 7);
  if (!isMonth(text)) throw new RangeError(`${of} has no month`);
  return text;
}

/** Whole days from one day to another; negative when `to` comes first. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The day so many days later. */
export function addDays(to: Day, days: number): Day {
  return day(new Date(Date.parse(`${to}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10));
}

/** Every month touched by a period, first to last. */
export function monthsBetween(from: Day, to: Day): Month[] {
  const months: Month[] = [];
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  const last = monthOf(to);
  for (;;) {
    const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    if (!isMonth(text) || text > last) return months;
    months.push(text);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}

/** Every day of a period, both ends included. */
export function daysIn(from: Day, to: Day): Day[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) =>
    day(new Date(first + index * DAY_MS).toISOString().slice(0, 10)),
  );
}

/** A validity period; `to` is its last day, null while it is open. */
export interface Period {
  readonly from: Day;
  readonly to: Day | null;
}

export const covers = (period: Period, on: Day): boolean =>
  period.from <= on && (period.to === null || on <= period.to);

export const overlap = (a: Period, b: Period): boolean =>
  (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

export const DaySchema = z.pipe(z.string().check(z.refine(isDay, { error: "NOT_A_DAY" })), z.transform(day));

/** The years 0000 to 9999 in Asia/Shanghai: an instant outside them has no text of this length. */
const FIRST_MS = Date.parse("0000-01-01T00:00:00+08:00");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999+08:00");

function parseInstant(text: string): number {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return Number.NaN;
  const epochMs = Date.parse(text.toUpperCase());
  return epochMs >= FIRST_MS && epochMs <= LAST_MS ? epochMs : Number.NaN;
}

export const InstantSchema = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(parseInstant(text)), { error: "NOT_AN_INSTANT" })),
  z.transform((text) => instantOf(parseInstant(text))),
);

/** `{from, to}` where `to` may be null; the end may not come before the start. */
export const periodShape = { from: DaySchema, to: z.nullable(DaySchema) };
export const endsAfterItStarts = z.refine<{ from: Day; to: Day | null }>(
  // What is no day has been said to be none, and is no end that comes too early as well.
  ({ from, to }) => to === null || !isDay(from) || !isDay(to) || from <= to,
  { error: "PERIOD_ENDS_BEFORE_IT_STARTS", path: ["to"] },
);
