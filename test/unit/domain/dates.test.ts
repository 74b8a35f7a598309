import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  covers,
  type Day,
  DaySchema,
  day,
  dayOf,
  daysBetween,
  daysIn,
  endsAfterItStarts,
  type Instant,
  InstantSchema,
  instantOf,
  laterInstant,
  monthOf,
  monthsBetween,
  overlap,
  periodShape,
} from "../../../shared/domain/dates.ts";

describe("a day", () => {
  it.each(["2026-03-05", "2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01", "9999-12-31"])(
    "is %s",
    (text) => {
      expect(day(text)).toBe(text);
      expect(z.parse(DaySchema, text)).toBe(text);
    },
  );

  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "20260101",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
    "2026-01-01 ",
    "2026-01-01\n",
    "+02026-01-01",
    "10000-01-01",
    "",
  ])("is not %j", (text) => {
    expect(() => day(text)).toThrow(RangeError);
    expect(z.safeParse(DaySchema, text).error?.issues).toMatchObject([{ message: "NOT_A_DAY" }]);
  });

  it("is refused by name", () => {
    expect(() => day("2026-02-29")).toThrow("2026-02-29 is no day");
  });
});

describe("an instant", () => {
  it.each([
    ["2026-03-05T08:00:00+08:00", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05T00:00:00Z", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05T00:00:00z", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05t00:00:00Z", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05T16:00:00Z", "2026-03-06T00:00:00+08:00"],
    ["2026-03-05T15:59:59Z", "2026-03-05T23:59:59+08:00"],
    ["2026-03-05T23:30:00-05:00", "2026-03-06T12:30:00+08:00"],
    ["2026-03-01T00:30:00+09:00", "2026-02-28T23:30:00+08:00"],
    ["2024-03-01T00:30:00+09:00", "2024-02-29T23:30:00+08:00"],
    ["2026-12-31T16:00:00Z", "2027-01-01T00:00:00+08:00"],
    ["2026-03-05T08:00+08:00", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05T08:00:00.5+08:00", "2026-03-05T08:00:00.500+08:00"],
    ["2026-03-05T08:00:00.000+08:00", "2026-03-05T08:00:00+08:00"],
    ["2026-03-05T08:00:00.123456789+08:00", "2026-03-05T08:00:00.123+08:00"],
    ["0000-01-01T00:00:00+08:00", "0000-01-01T00:00:00+08:00"],
    ["9999-12-31T23:59:59.999+08:00", "9999-12-31T23:59:59.999+08:00"],
  ])("%s is kept in Asia/Shanghai as %s", (text, kept) => {
    expect(z.parse(InstantSchema, text)).toBe(kept);
  });

  it.each([
    "2026-03-05T08:00:00",
    "2026-03-05 08:00:00+08:00",
    "2026-03-05",
    "2026-02-29T08:00:00+08:00",
    "2026-02-30T08:00:00+08:00",
    "2026-03-05T24:00:00+08:00",
    "2026-03-05T25:00:00+08:00",
    "2026-03-05T08:60:00+08:00",
    "2026-03-05T08:00:60+08:00",
    "2026-03-05T08:00:00+24:00",
    "2026-03-05T08:00:00+0800",
    "2026-03-05T08:00:00.+08:00",
    "2026-03-05T08:00:00.1234567890+08:00",
    "x2026-03-05T08:00:00+08:00",
    "2026-03-05T08:00:00+08:00x",
    "2026-03-05T08+08:00",
    "0000-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59Z",
    "",
  ])("is not %j", (text) => {
    expect(z.safeParse(InstantSchema, text).error?.issues).toMatchObject([{ message: "NOT_AN_INSTANT" }]);
  });

  it("sorts as text in the order of time, also where only one has a fraction of a second", () => {
    const texts = [
      "2026-03-05T08:00:00+08:00",
      "2026-03-05T00:00:00.001Z",
      "2026-03-05T08:00:00.5+08:00",
      "2026-03-05T08:00:01+08:00",
    ].map((text) => z.parse(InstantSchema, text));
    expect([...texts].reverse().sort()).toEqual(texts);
  });

  it("falls on the day that the calendar shows in Asia/Shanghai", () => {
    expect(dayOf(z.parse(InstantSchema, "2026-03-05T16:00:00Z"))).toBe("2026-03-06");
    expect(dayOf(z.parse(InstantSchema, "2026-03-05T15:59:59.999Z"))).toBe("2026-03-05");
  });

  it("is written from milliseconds, with a fraction only where there is one", () => {
    expect(instantOf(0)).toBe("1970-01-01T08:00:00+08:00");
    expect(instantOf(1)).toBe("1970-01-01T08:00:00.001+08:00");
  });

  it("that no text of this length can show is a broken promise", () => {
    const afterLast = Date.parse("9999-12-31T16:00:00Z");
    expect(instantOf(afterLast - 1)).toBe("9999-12-31T23:59:59.999+08:00");
    expect(() => instantOf(afterLast)).toThrow(`${afterLast} is no instant`);
  });
});

describe("what is no day or instant although its type says so", () => {
  it("is a broken promise", () => {
    expect(() => dayOf("2026" as Instant)).toThrow("2026 is no instant");
    expect(() => monthOf("2026" as Day)).toThrow("2026 has no month");
    expect(() => monthOf("x2026-03-05" as Day)).toThrow(RangeError);
  });
});

describe("months and days between", () => {
  it("a day falls in its month", () => {
    expect(monthOf(day("2026-03-31"))).toBe("2026-03");
  });

  it("counts whole days, over leap days and years, and backwards below zero", () => {
    expect(daysBetween(day("2026-03-05"), day("2026-03-05"))).toBe(0);
    expect(daysBetween(day("2024-02-28"), day("2024-03-01"))).toBe(2);
    expect(daysBetween(day("2026-02-28"), day("2026-03-01"))).toBe(1);
    expect(daysBetween(day("2026-01-01"), day("2027-01-01"))).toBe(365);
    expect(daysBetween(day("2026-03-05"), day("2026-03-04"))).toBe(-1);
  });

  it("names every month that a period touches, from first to last", () => {
    expect(monthsBetween(day("2026-03-31"), day("2026-03-31"))).toEqual(["2026-03"]);
    expect(monthsBetween(day("2025-11-30"), day("2026-02-01"))).toEqual([
      "2025-11",
      "2025-12",
      "2026-01",
      "2026-02",
    ]);
    expect(monthsBetween(day("0009-12-01"), day("0010-01-01"))).toEqual(["0009-12", "0010-01"]);
  });

  it("names none where the period ends before it starts", () => {
    expect(monthsBetween(day("2026-03-01"), day("2026-02-28"))).toEqual([]);
  });

  it("ends with the last month that can be written", () => {
    expect(monthsBetween(day("9999-11-01"), day("9999-12-31"))).toEqual(["9999-11", "9999-12"]);
  });
});

const period = (from: string, to: string | null) => ({ from: day(from), to: to === null ? null : day(to) });

describe("a period", () => {
  const march = period("2026-03-01", "2026-03-31");

  it("covers its first and its last day and no day beside them", () => {
    expect(covers(march, day("2026-02-28"))).toBe(false);
    expect(covers(march, day("2026-03-01"))).toBe(true);
    expect(covers(march, day("2026-03-31"))).toBe(true);
    expect(covers(march, day("2026-04-01"))).toBe(false);
  });

  it("without an end covers every day from its first", () => {
    expect(covers(period("2026-03-01", null), day("9999-12-31"))).toBe(true);
    expect(covers(period("2026-03-01", null), day("2026-02-28"))).toBe(false);
  });

  it.each([
    ["the next day's", period("2026-04-01", null), false],
    ["one that starts on its last day", period("2026-03-31", "2026-04-30"), true],
    ["one that ends on its first day", period("2026-02-01", "2026-03-01"), true],
    ["one that ended the day before", period("2026-02-01", "2026-02-28"), false],
    ["one without end from before", period("2020-01-01", null), true],
    ["one within", period("2026-03-10", "2026-03-11"), true],
    ["one around", period("2026-01-01", "2026-12-31"), true],
  ])("overlaps %s or not, whichever is asked", (_, other, overlaps) => {
    expect(overlap(march, other)).toBe(overlaps);
    expect(overlap(other, march)).toBe(overlaps);
  });

  it("without an end overlaps any other without an end", () => {
    expect(overlap(period("2026-03-01", null), period("2030-01-01", null))).toBe(true);
  });

  it("may end on the day it starts or never, but not before", () => {
    const schema = z.strictObject(periodShape).check(endsAfterItStarts);
    expect(z.safeParse(schema, { from: "2026-03-01", to: "2026-03-01" }).success).toBe(true);
    expect(z.safeParse(schema, { from: "2026-03-01", to: null }).success).toBe(true);
    expect(z.safeParse(schema, { from: "2026-03-01", to: "2026-02-28" }).error?.issues).toMatchObject([
      { message: "PERIOD_ENDS_BEFORE_IT_STARTS", path: ["to"] },
    ]);
  });
});

describe("the days of a period", () => {
  it("are all of them, both ends included, across months and years", () => {
    expect(daysIn(day("2025-12-30"), day("2026-01-02"))).toEqual([
      "2025-12-30",
      "2025-12-31",
      "2026-01-01",
      "2026-01-02",
    ]);
    expect(daysIn(day("2026-03-10"), day("2026-03-10"))).toEqual(["2026-03-10"]);
    expect(daysIn(day("2026-03-11"), day("2026-03-09"))).toEqual([]);
  });
});

describe("an instant that has to come after another", () => {
  const at = (text: string): Instant => instantOf(Date.parse(text));
  const [earlier, later] = [at("2026-03-01T08:00:00+08:00"), at("2026-03-01T08:00:01+08:00")];

  it("is now, where now is later, or there is no other", () => {
    expect(laterInstant(later, earlier)).toBe(later);
    expect(laterInstant(later, undefined)).toBe(later);
  });

  it("is a millisecond after it, where a clock is behind or stands", () => {
    expect(laterInstant(earlier, later)).toBe("2026-03-01T08:00:01.001+08:00");
    expect(laterInstant(later, later)).toBe("2026-03-01T08:00:01.001+08:00");
  });
});
