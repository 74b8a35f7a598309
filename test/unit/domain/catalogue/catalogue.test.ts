import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { CatalogueItem, capFor, findPeriod, Tier } from "../../../../shared/domain/catalogue/catalogue.ts";
import { formatPrice } from "../../../../shared/domain/money.ts";
import type { VisitType } from "../../../../shared/domain/visit-type.ts";
import { bodies, makeItem, toDay } from "../../../support/builders.ts";

const faultsOf = (item: unknown): string[] =>
  z.safeParse(CatalogueItem, item).error?.issues.map(({ message, path }) => `${path.join("/")} ${message}`) ??
  [];

const withPeriods = (...periods: Readonly<Record<string, unknown>>[]) =>
  bodies.item({ periods: periods.map((period) => bodies.period(period)) });

const isItem = (overrides: Readonly<Record<string, unknown>>): boolean =>
  z.safeParse(CatalogueItem, bodies.item(overrides)).success;
const isPeriod = (overrides: Readonly<Record<string, unknown>>): boolean =>
  z.safeParse(CatalogueItem, withPeriods(overrides)).success;

describe("a catalogue item", () => {
  it("is read with its caps, limits and ratio counted exactly", () => {
    const item = makeItem({
      periods: [
        bodies.period({
          caps: { "1": "1.00000001", "2": 2, "3": "3" },
          maxPerDay: "1.5",
          maxPerVisit: 10,
          fundRatio: "0.8",
          ratioRemainderBearer: "PERSONAL",
          overCapBearer: "EMPLOYER",
        }),
      ],
    });
    expect(item.periods).toMatchObject([
      {
        caps: { "1": 100_000_001, "2": 200_000_000, "3": 300_000_000 },
        maxPerDay: 15_000,
        maxPerVisit: 100_000,
        fundRatio: 8_000,
        ratioRemainderBearer: "PERSONAL",
        overCapBearer: "EMPLOYER",
      },
    ]);
  });

  it("has a code of 1 to 40 characters, a name of 1 to 200 and a unit of at most 40", () => {
    expect(isItem({ itemCode: "x".repeat(40), name: "药".repeat(200), unit: "" })).toBe(true);
    expect(isItem({ unit: "片".repeat(40) })).toBe(true);
    for (const itemCode of ["", "A B", "药", "x".repeat(41), "A\n"]) {
      expect([itemCode, isItem({ itemCode })]).toEqual([itemCode, false]);
    }
    expect(isItem({ name: "" })).toBe(false);
    expect(isItem({ name: "药".repeat(201) })).toBe(false);
    expect(isItem({ unit: "片".repeat(41) })).toBe(false);
  });

  it("is a drug, a service, a material, a bed or a device", () => {
    for (const kind of ["DRUG", "SERVICE", "MATERIAL", "BED", "DEVICE"]) expect(isItem({ kind })).toBe(true);
    expect(isItem({ kind: "FOOD" })).toBe(false);
  });

  it("has 1 to 50 periods", () => {
    const days = Array.from({ length: 51 }, (_, index) => `20${String(index + 10)}-01-01`);
    const periods = days.map((day) => ({ from: day, to: day }));
    expect(faultsOf(withPeriods(...periods.slice(0, 50)))).toEqual([]);
    expect(z.safeParse(CatalogueItem, withPeriods(...periods)).success).toBe(false);
    expect(z.safeParse(CatalogueItem, bodies.item({ periods: [] })).success).toBe(false);
  });

  it("has either no cap or one for each tier", () => {
    expect(isPeriod({ caps: null })).toBe(true);
    expect(isPeriod({ caps: { "1": "0", "2": "0", "3": "0" } })).toBe(true);
    expect(isPeriod({ caps: { "1": "1", "2": "1" } })).toBe(false);
    expect(isPeriod({ caps: { "1": "1", "2": "1", "3": "1", "4": "1" } })).toBe(false);
    expect(isPeriod({ caps: { "1": "1", "2": "1", "3": "-1" } })).toBe(false);
    expect(isPeriod({ caps: undefined })).toBe(false);
  });

  it("has limits above nothing", () => {
    expect(isPeriod({ maxPerDay: "0.0001", maxPerVisit: "0.0001" })).toBe(true);
    expect(isPeriod({ maxPerDay: "0" })).toBe(false);
    expect(isPeriod({ maxPerVisit: "-1" })).toBe(false);
  });

  it("has no field that is not declared", () => {
    expect(isItem({ class: "甲" })).toBe(false);
    expect(isPeriod({ class: "甲" })).toBe(false);
  });

  it("has no period that ends before it starts", () => {
    expect(isPeriod({ from: "2026-03-01", to: "2026-03-01" })).toBe(true);
    expect(faultsOf(withPeriods({ from: "2026-03-02", to: "2026-03-01" }))).toEqual([
      "periods/0/to PERIOD_ENDS_BEFORE_IT_STARTS",
    ]);
  });
});

describe("the periods of an item", () => {
  const first = { from: "2026-01-01", to: "2026-06-30" };

  it("may follow each other, in any order of listing and with gaps", () => {
    expect(faultsOf(withPeriods(first, { from: "2026-07-01" }))).toEqual([]);
    expect(faultsOf(withPeriods({ from: "2026-08-01" }, first))).toEqual([]);
  });

  it("never hold on the same day for the same kind of visit", () => {
    expect(faultsOf(withPeriods(first, { from: "2026-06-30" }))).toEqual(["periods PERIODS_OVERLAP"]);
    expect(faultsOf(withPeriods({ from: "2026-06-30" }, first))).toEqual(["periods PERIODS_OVERLAP"]);
    expect(faultsOf(withPeriods(first, { from: "2026-07-01" }, first))).toEqual(["periods PERIODS_OVERLAP"]);
    expect(faultsOf(withPeriods({ ...first, medical: false }, { ...first, medical: false }))).toEqual([
      "periods PERIODS_OVERLAP",
    ]);
    expect(faultsOf(withPeriods({ ...first, rehabilitation: false }, first))).toEqual([
      "periods PERIODS_OVERLAP",
    ]);
  });

  it("may hold on the same day where one is medical and the other for rehabilitation", () => {
    expect(faultsOf(withPeriods({ ...first, medical: false }, { ...first, rehabilitation: false }))).toEqual(
      [],
    );
    expect(faultsOf(withPeriods({ ...first, rehabilitation: false }, { ...first, medical: false }))).toEqual(
      [],
    );
    expect(faultsOf(withPeriods({ ...first, medical: false, rehabilitation: false }, first))).toEqual([]);
  });
});

describe("the period that holds", () => {
  const item = makeItem({
    periods: [
      bodies.period({ from: "2026-01-01", to: "2026-03-31", rehabilitation: false, fundRatio: "0.1" }),
      bodies.period({ from: "2026-01-01", to: "2026-06-30", medical: false, fundRatio: "0.2" }),
      bodies.period({ from: "2026-04-01", rehabilitation: false, fundRatio: "0.3" }),
    ],
  });
  const ratioOn = (on: string, visitType: VisitType): number | undefined =>
    findPeriod(item, toDay(on), visitType)?.fundRatio;

  it("is the one of the day and of the kind of visit", () => {
    expect(ratioOn("2026-01-01", "INPATIENT")).toBe(1_000);
    expect(ratioOn("2026-03-31", "OUTPATIENT")).toBe(1_000);
    expect(ratioOn("2026-04-01", "ASSISTIVE_DEVICE")).toBe(3_000);
    expect(ratioOn("2026-03-31", "REHABILITATION_INPATIENT")).toBe(2_000);
    expect(ratioOn("2026-06-30", "REHABILITATION_OUTPATIENT")).toBe(2_000);
  });

  it("is none before the first, after the last and where none is for this kind of visit", () => {
    expect(findPeriod(item, toDay("2025-12-31"), "INPATIENT")).toBeUndefined();
    expect(findPeriod(item, toDay("2026-07-01"), "REHABILITATION_INPATIENT")).toBeUndefined();
  });
});

describe("a tier", () => {
  it("is 1, 2 or 3", () => {
    for (const tier of [1, 2, 3]) expect(z.safeParse(Tier, tier).success).toBe(true);
    for (const tier of [0, 4, 1.5, "1", null]) expect(z.safeParse(Tier, tier).success).toBe(false);
  });

  it("has the cap of its number, and none where the period has none", () => {
    const [capped] = makeItem({
      periods: [bodies.period({ caps: { "1": "1", "2": "2", "3": "3" } })],
    }).periods;
    const [free] = makeItem().periods;
    if (capped === undefined || free === undefined) throw new Error("no period");
    for (const tier of [1, 2, 3] as const) {
      const cap = capFor(capped, tier);
      expect(cap === undefined ? undefined : formatPrice(cap)).toBe(String(tier));
      expect(capFor(free, tier)).toBeUndefined();
    }
  });
});
