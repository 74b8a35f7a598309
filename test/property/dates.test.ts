import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  covers,
  DaySchema,
  day,
  dayOf,
  daysBetween,
  InstantSchema,
  instantOf,
  monthOf,
  monthsBetween,
  overlap,
} from "../../shared/domain/dates.ts";

/** From 1992 on Asia/Shanghai has one offset; until 9999. */
const epochMs = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(9999, 11, 31) });
const anyDay = fc
  .integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2300, 0, 1) })
  .map((ms) => day(new Date(ms).toISOString().slice(0, 10)));
/** Days that are near each other, so that periods meet. */
const nearDay = fc.integer({ min: 1, max: 9 }).map((number) => day(`2026-03-0${number}`));
const period = fc
  .tuple(nearDay, fc.option(nearDay))
  .filter(([from, to]) => to === null || from <= to)
  .map(([from, to]) => ({ from, to }));
const march = Array.from({ length: 9 }, (_, index) => day(`2026-03-0${index + 1}`));

const inShanghai = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

const writtenWithOffset = fc
  .tuple(epochMs, fc.integer({ min: -23 * 60, max: 23 * 60 }))
  .map(([ms, minutes]) => {
    const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1);
    const size = Math.abs(minutes);
    const offset = `${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
    return { ms, text: `${local}${minutes < 0 ? "-" : "+"}${offset}` };
  });

describe("an instant", () => {
  it("falls on the day that a calendar in Asia/Shanghai shows", () => {
    fc.assert(
      fc.property(epochMs, (ms) => {
        expect(dayOf(instantOf(ms))).toBe(inShanghai.format(ms));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same moment whatever offset it was written with", () => {
    fc.assert(
      fc.property(writtenWithOffset, ({ ms, text }) => {
        fc.pre(!/^[+-]/.test(text));
        expect(z.parse(InstantSchema, text)).toBe(instantOf(ms));
        expect(Date.parse(instantOf(ms))).toBe(ms);
      }),
      { numRuns: 500 },
    );
  });

  it("that was read once is read again as itself", () => {
    fc.assert(
      fc.property(epochMs, (ms) => {
        expect(z.parse(InstantSchema, instantOf(ms))).toBe(instantOf(ms));
      }),
    );
  });

  it("sorts as text in the order of time", () => {
    fc.assert(
      fc.property(epochMs, fc.integer({ min: -2_000, max: 2_000 }), (ms, apart) => {
        const [a, b] = [instantOf(ms), instantOf(ms + apart)];
        expect(Math.sign(apart)).toBe(a < b ? 1 : a > b ? -1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it("is read or refused, whatever the text, and never breaks", () => {
    const digits = fc.stringMatching(
      /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/,
    );
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), (text) => {
        const parsed = z.safeParse(InstantSchema, text);
        if (parsed.success) expect(Date.parse(parsed.data)).toBe(Date.parse(text.toUpperCase()));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a day", () => {
  it("is read exactly where a calendar has it", () => {
    const text = fc.stringMatching(/^\d{4}-[01]\d-[0-3]\d$/);
    fc.assert(
      fc.property(text, (written) => {
        const [year = 0, month = 0, date = 0] = written.split("-").map(Number);
        const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
        const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const isReal = date >= 1 && date <= (lengths[month - 1] ?? 0);
        expect(z.safeParse(DaySchema, written).success).toBe(isReal);
      }),
      { numRuns: 1_000 },
    );
  });

  it("lies as many days from another as the other from it, backwards", () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (a, b, c) => {
        expect(daysBetween(a, b)).toBe(0 - daysBetween(b, a));
        expect(daysBetween(a, b) + daysBetween(b, c)).toBe(daysBetween(a, c));
        expect(Math.sign(daysBetween(a, b))).toBe(a < b ? 1 : a > b ? -1 : 0);
      }),
    );
  });
});

describe("the months of a period", () => {
  it("are sorted, without gaps, and start and end with those of its days", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(3_000), (from, length) => {
        const to = day(new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10));
        const months = monthsBetween(from, to);
        expect(months[0]).toBe(monthOf(from));
        expect(months.at(-1)).toBe(monthOf(to));
        expect(months).toEqual([...new Set(months)].sort());
        const [fromYear, toYear] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
        const [fromMonth, toMonth] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))];
        expect(months.length).toBe((toYear - fromYear) * 12 + toMonth - fromMonth + 1);
      }),
    );
  });
});

describe("two periods", () => {
  it("overlap exactly where some day lies in both", () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        expect(overlap(a, b)).toBe(march.some((on) => covers(a, on) && covers(b, on)));
      }),
      { numRuns: 500 },
    );
  });
});
