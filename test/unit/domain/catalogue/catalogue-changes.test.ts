import { describe, expect, it } from "vitest";
import type { CatalogueItem, CataloguePeriod } from "../../../../shared/domain/catalogue/catalogue.ts";
import {
  areSameItems,
  listChanges,
  listRepricedDays,
  listUncoveredDays,
} from "../../../../shared/domain/catalogue/catalogue-changes.ts";
import {
  countConcerned,
  isPastRepriced,
  warnOfAllCaps,
  warnOfCaps,
} from "../../../../shared/domain/catalogue/catalogue-warnings.ts";
import { toCodeForm } from "../../../../shared/domain/catalogue/code-form.ts";
import { price, quantity } from "../../../../shared/domain/money.ts";
import { toDay } from "../../../support/builders.ts";

const capsOf = (yuan: number, tier2 = yuan): NonNullable<CataloguePeriod["caps"]> => ({
  "1": price(yuan * 100_000_000),
  "2": price(tier2 * 100_000_000),
  "3": price(yuan * 100_000_000),
});
const periodOf = (
  from: string,
  to: string | null,
  others: Partial<CataloguePeriod> = {},
): CataloguePeriod => ({
  from: toDay(from),
  to: to === null ? null : toDay(to),
  medical: true,
  rehabilitation: true,
  restricted: false,
  caps: capsOf(100),
  ...others,
});
const old = periodOf("2024-01-01", null);
const ended = periodOf("2024-01-01", "2026-03-31");
const april = periodOf("2026-04-01", null, { caps: capsOf(105) });

describe("what becomes of an item's periods", () => {
  const changesOf = (before: CataloguePeriod[], after: CataloguePeriod[]) =>
    listChanges(before, after).map((each) => [each.change, each.before?.from, each.after?.from]);

  it("is that one is added, and the one before it ended", () => {
    expect(changesOf([old], [ended, april])).toEqual([
      ["ENDED", "2024-01-01", "2024-01-01"],
      ["ADDED", "2024-01-01", "2026-04-01"],
    ]);
  });

  it("is that one is added to nothing, or after another that is new as well", () => {
    expect(changesOf([], [ended, april])).toEqual([
      ["ADDED", undefined, "2024-01-01"],
      ["ADDED", "2024-01-01", "2026-04-01"],
    ]);
  });

  it("is that one is replaced: its terms, its visits, or a later last day", () => {
    expect(changesOf([old], [{ ...old, restricted: true }])).toEqual([["REPLACED", old.from, old.from]]);
    expect(changesOf([old], [{ ...old, rehabilitation: false }])).toEqual([["REPLACED", old.from, old.from]]);
    expect(changesOf([ended], [old])).toEqual([["REPLACED", old.from, old.from]]);
    const longer = { ...ended, to: toDay("2026-06-30") };
    expect(changesOf([ended], [longer])).toEqual([["REPLACED", old.from, old.from]]);
    expect(changesOf([longer], [ended])).toEqual([["ENDED", old.from, old.from]]);
  });

  it("is that one is removed", () => {
    expect(changesOf([ended, april], [ended])).toEqual([["REMOVED", "2026-04-01", undefined]]);
  });

  it("is nothing where all stays", () => {
    expect(changesOf([ended, april], [ended, april])).toEqual([]);
  });
});

describe("two items say the same", () => {
  const item: CatalogueItem = {
    itemCode: "A1",
    name: "换药",
    kind: "SERVICE",
    unit: "次",
    periods: [ended, april],
  };

  it("where everything is equal", () => {
    expect(areSameItems(item, structuredClone(item))).toBe(true);
  });

  it.each<[string, Partial<CatalogueItem>]>([
    ["name", { name: "换药（大）" }],
    ["kind", { kind: "DRUG" }],
    ["unit", { unit: "回" }],
    ["number of periods", { periods: [ended] }],
    ["first day", { periods: [ended, { ...april, from: toDay("2026-04-02") }] }],
    ["last day", { periods: [ended, { ...april, to: toDay("2027-01-01") }] }],
    ["medical visits", { periods: [ended, { ...april, medical: false }] }],
    ["rehabilitation", { periods: [ended, { ...april, rehabilitation: false }] }],
    ["restriction", { periods: [ended, { ...april, restricted: true }] }],
    ["caps", { periods: [ended, { ...april, caps: null }] }],
    ["limit of a day", { periods: [ended, { ...april, maxPerDay: quantity(10_000) }] }],
    ["bearer", { periods: [ended, { ...april, overCapBearer: "PERSONAL" }] }],
  ])("but not where the %s differs", (_what, changes) => {
    expect(areSameItems(item, { ...item, ...changes })).toBe(false);
  });
});

describe("days", () => {
  it("are repriced where another price holds, as few periods as they make", () => {
    expect(listRepricedDays([old], [ended, april])).toEqual([{ from: "2026-04-01", to: null }]);
    expect(listRepricedDays([ended, april], [old])).toEqual([{ from: "2026-04-01", to: null }]);
    expect(listRepricedDays([old], [april, ended])).toEqual([{ from: "2026-04-01", to: null }]);
    const may = { ...april, to: toDay("2026-05-31") };
    const june = { ...april, from: toDay("2026-06-01"), to: toDay("2026-06-30") };
    const after = { ...old, from: toDay("2026-07-01") };
    expect(listRepricedDays([old], [ended, may, june, after])).toEqual([
      { from: "2026-04-01", to: "2026-06-30" },
    ]);
    expect(listRepricedDays([old], [old])).toEqual([]);
  });

  it("are no longer paid where nothing holds that held before, for either kind of visit", () => {
    expect(listUncoveredDays([old], [ended])).toEqual([{ from: "2026-04-01", to: null }]);
    expect(listUncoveredDays([old], [{ ...old, rehabilitation: false }])).toEqual([
      { from: "2024-01-01", to: null },
    ]);
    expect(listUncoveredDays([ended], [old])).toEqual([]);
  });

  it("end with the last one that there is", () => {
    const toTheEnd = periodOf("2024-01-01", "9999-12-31");
    expect(listUncoveredDays([toTheEnd], [])).toEqual([{ from: "2024-01-01", to: null }]);
  });
});

describe("a cap is warned of", () => {
  const codesOf = (before: CataloguePeriod | undefined, after: CataloguePeriod | undefined) =>
    warnOfCaps({ change: "ADDED", before, after }).map(({ code }) => code);
  const capped = (yuan: number, tier2?: number) => ({ ...old, caps: capsOf(yuan, tier2) });

  it("that is 0, once", () => {
    expect(codesOf(undefined, capped(0))).toEqual(["CAP_ZERO"]);
    expect(codesOf(old, capped(0, 100))).toEqual(["CAP_ZERO"]);
  });

  it("that is ten times as much as before or a tenth of it, each once", () => {
    expect(codesOf(old, capped(1_000))).toEqual(["CAP_TEN_TIMES"]);
    expect(codesOf(old, capped(10, 1_000))).toEqual(["CAP_A_TENTH", "CAP_TEN_TIMES"]);
    expect(codesOf(old, capped(999, 11))).toEqual([]);
  });

  it("once for a first day, though it takes the place of two, and for each of two days", () => {
    const medical = periodOf("2024-01-01", null, { rehabilitation: false });
    const rehabilitation = periodOf("2024-01-01", null, { medical: false });
    const both = { ...old, caps: capsOf(0) };
    const later = { ...both, from: april.from };
    const changes = listChanges([medical, rehabilitation], [{ ...both, to: ended.to }, later]);
    expect(changes.map(({ change }) => change)).toEqual(["REPLACED", "REPLACED", "ADDED", "ADDED"]);
    expect(warnOfAllCaps(changes)).toEqual([
      { code: "CAP_ZERO", from: "2024-01-01" },
      { code: "CAP_ZERO", from: "2026-04-01" },
    ]);
  });

  it("that is given up", () => {
    expect(codesOf(old, { ...old, caps: null })).toEqual(["CAP_REMOVED"]);
    expect(codesOf(undefined, { ...old, caps: null })).toEqual([]);
    expect(codesOf({ ...old, caps: null }, { ...old, caps: null })).toEqual([]);
  });

  it("but not where there was none before, or 0, nor where its period is removed", () => {
    expect(codesOf({ ...old, caps: null }, old)).toEqual([]);
    expect(codesOf(capped(0), old)).toEqual([]);
    expect(codesOf(old, undefined)).toEqual([]);
  });
});

describe("what waits", () => {
  const march = { from: toDay("2026-03-01"), to: toDay("2026-03-31") };

  it("is concerned where it has days that are repriced", () => {
    const repricedFrom = (from: string, to: string | null) =>
      countConcerned([{ from: toDay(from), to: to === null ? null : toDay(to) }], [march, march]);
    expect(repricedFrom("2026-03-31", null)).toBe(2);
    expect(repricedFrom("2026-01-01", "2026-03-01")).toBe(2);
    expect(repricedFrom("2026-01-01", "2026-02-28")).toBe(0);
    expect(repricedFrom("2026-04-01", null)).toBe(0);
    expect(countConcerned([], [march])).toBe(0);
  });

  it("may be a stay that is open, where days that have come are repriced", () => {
    expect(isPastRepriced([{ from: toDay("2026-04-01"), to: null }], toDay("2026-04-01"))).toBe(true);
    expect(isPastRepriced([{ from: toDay("2026-04-02"), to: null }], toDay("2026-04-01"))).toBe(false);
  });
});

describe("codes look alike", () => {
  it.each(["10Z", "0010Z", "1oz", "lOz", "IOZ"])("%s and 10Z", (code) => {
    expect(toCodeForm(code)).toBe(toCodeForm("10Z"));
  });

  it("where they are nothing but zeros", () => {
    expect(toCodeForm("000")).toBe(toCodeForm("O"));
    expect(toCodeForm("0")).toBe("0");
  });

  it("but not where another letter differs", () => {
    expect(toCodeForm("A1")).not.toBe(toCodeForm("B1"));
  });
});
