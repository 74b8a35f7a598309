import { describe, expect, it } from "vitest";
import type { CatalogueItem, CataloguePeriod } from "../../../../shared/domain/catalogue/catalogue.ts";
import { mergeItem, mergePeriods } from "../../../../shared/domain/catalogue/merge-periods.ts";
import { price } from "../../../../shared/domain/money.ts";
import { toDay } from "../../../support/builders.ts";

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
  caps: null,
  ...others,
});
const daysOf = (result: ReturnType<typeof mergePeriods>) =>
  result.ok ? result.value.map(({ from, to }) => `${from} ${to}`) : result.failure;

describe("periods that are stated", () => {
  it("leave an item's earlier open period to the day before them", () => {
    expect(daysOf(mergePeriods([periodOf("2024-01-01", null)], [periodOf("2026-04-01", null)]))).toEqual([
      "2024-01-01 2026-03-31",
      "2026-04-01 null",
    ]);
  });

  it("end before what stands after them, where they name no end", () => {
    const standing = [periodOf("2026-04-01", null), periodOf("2027-01-01", null, { restricted: true })];
    expect(daysOf(mergePeriods([periodOf("2026-04-01", null)], [periodOf("2024-01-01", null)]))).toEqual([
      "2024-01-01 2026-03-31",
      "2026-04-01 null",
    ]);
    const [first, second] = standing;
    if (first === undefined || second === undefined) expect.fail("two periods stand");
    const closed = { ...first, to: toDay("2026-12-31") };
    expect(daysOf(mergePeriods([closed, second], [periodOf("2020-01-01", null)]))).toEqual([
      "2020-01-01 2026-03-31",
      "2026-04-01 2026-12-31",
      "2027-01-01 null",
    ]);
  });

  it("take the place of one with the same first day, and of no other", () => {
    const standing = [periodOf("2024-01-01", "2024-12-31"), periodOf("2025-01-01", null)];
    const merged = mergePeriods(standing, [periodOf("2024-01-01", "2024-06-30", { caps: capsOf(1) })]);
    expect(daysOf(merged)).toEqual(["2024-01-01 2024-06-30", "2025-01-01 null"]);
    expect(merged.ok && merged.value[0]?.caps).toEqual(capsOf(1));
  });

  it("of other visits stand beside each other on the same days, and are one where they say the same", () => {
    const medical = periodOf("2024-01-01", null, { rehabilitation: false });
    const rehabilitation = periodOf("2024-01-01", null, { medical: false });
    const dearer = { ...rehabilitation, caps: capsOf(1) };
    expect(mergePeriods([medical], [dearer])).toEqual({ ok: true, value: [medical, dearer] });
    expect(mergePeriods([dearer], [medical])).toEqual({ ok: true, value: [medical, dearer] });
    expect(mergePeriods([medical], [rehabilitation])).toEqual({
      ok: true,
      value: [periodOf("2024-01-01", null)],
    });
  });

  it("for one kind of visit leave the other kind as it was, whether they begin on the same day or later", () => {
    const standing = [periodOf("2024-01-01", null)];
    const rehabilitation = periodOf("2024-01-01", null, { medical: false });
    const same = periodOf("2024-01-01", null, { rehabilitation: false, caps: capsOf(1) });
    expect(mergePeriods(standing, [same])).toEqual({ ok: true, value: [same, rehabilitation] });
    const later = { ...same, from: toDay("2026-03-06") };
    const ended = periodOf("2024-01-01", "2026-03-05", { rehabilitation: false });
    expect(mergePeriods(standing, [later])).toEqual({ ok: true, value: [ended, rehabilitation, later] });
    expect(mergePeriods([later], standing)).toEqual({ ok: true, value: [ended, rehabilitation, later] });
  });

  it("of no visits end before the next of a kind for that kind, and hold for the other", () => {
    const none = periodOf("2025-01-01", null, { medical: false, rehabilitation: false });
    const medical = periodOf("2026-01-01", null, { rehabilitation: false });
    const rehabilitation = periodOf("2024-01-01", null, { medical: false });
    const left = { ...rehabilitation, to: toDay("2024-12-31") };
    const both = { ok: true, value: [left, none, medical] };
    expect(mergePeriods([rehabilitation, medical], [none])).toEqual(both);
    expect(mergePeriods([none, medical], [rehabilitation])).toEqual(both);
    expect(mergePeriods([left, none], [medical])).toEqual(both);
    expect(mergePeriods([], [left, none, medical])).toEqual(both);
  });

  it("of no visits may not begin within one of the same statement", () => {
    const none = periodOf("2025-01-01", null, { medical: false, rehabilitation: false });
    const earlier = periodOf("2024-01-01", null, { medical: false });
    for (const stated of [
      [none, earlier],
      [earlier, none],
    ])
      expect(daysOf(mergePeriods([], stated))).toEqual([{ position: 1, code: "PERIODS_OVERLAP" }]);
  });

  it("may not end within an open one that stands, which would leave its later days without a price", () => {
    const standing = [periodOf("2024-01-01", null)];
    const day = periodOf("2026-03-05", "2026-03-05", { caps: capsOf(1) });
    expect(daysOf(mergePeriods(standing, [day]))).toEqual([{ position: 0, code: "PERIOD_OVERLAPS_ANOTHER" }]);
    const medical = { ...day, rehabilitation: false };
    expect(mergePeriods(standing, [medical]).ok).toBe(false);
    expect(daysOf(mergePeriods(standing, [day, periodOf("2026-03-06", null)]))).toEqual([
      "2024-01-01 2026-03-04",
      "2026-03-05 2026-03-05",
      "2026-03-06 null",
    ]);
    expect(mergePeriods(standing, [periodOf("2026-03-05", "9999-12-31")]).ok).toBe(true);
  });

  it("of no visits say that the item is not payable, and so replace all of that day, but give way to the kind that is stated", () => {
    const none = periodOf("2024-01-01", null, { medical: false, rehabilitation: false });
    const medical = periodOf("2024-01-01", null, { rehabilitation: false });
    expect(mergePeriods([medical], [none])).toEqual({ ok: true, value: [none] });
    expect(mergePeriods([none], [medical])).toEqual({ ok: true, value: [medical, none] });
  });

  it("end one with an end of its own earlier only where they cover the rest of it", () => {
    const standing = [periodOf("2024-01-01", "2024-12-31")];
    const july = periodOf("2024-07-01", "2024-09-30");
    const [october, november] = [periodOf("2024-10-01", "2024-12-31"), periodOf("2024-11-01", null)];
    expect(daysOf(mergePeriods(standing, [october, july]))).toEqual([
      "2024-01-01 2024-06-30",
      "2024-07-01 2024-09-30",
      "2024-10-01 2024-12-31",
    ]);
    expect(daysOf(mergePeriods(standing, [july]))).toEqual([
      { position: 0, code: "PERIOD_OVERLAPS_ANOTHER" },
    ]);
    expect(daysOf(mergePeriods(standing, [july, november]))).toEqual([
      { position: 0, code: "PERIOD_OVERLAPS_ANOTHER" },
      { position: 1, code: "PERIOD_OVERLAPS_ANOTHER" },
    ]);
    expect(daysOf(mergePeriods(standing, [periodOf("2024-07-01", null)]))).toEqual([
      "2024-01-01 2024-06-30",
      "2024-07-01 null",
    ]);
  });

  it("cover the rest only where they do so for each kind of visit that they end", () => {
    const standing = [periodOf("2024-01-01", "2024-12-31")];
    const medical = periodOf("2024-07-01", "2024-12-30", { rehabilitation: false, caps: capsOf(1) });
    const rehabilitation = periodOf("2024-08-01", "2024-12-30", { medical: false });
    const last = periodOf("2024-12-31", "2025-01-31");
    const mergedWith = (other: CataloguePeriod) => daysOf(mergePeriods(standing, [medical, other, last]));
    expect(mergedWith(rehabilitation)).toEqual([
      "2024-01-01 2024-06-30",
      "2024-01-01 2024-07-31",
      "2024-07-01 2024-12-30",
      "2024-08-01 2024-12-30",
      "2024-12-31 2025-01-31",
    ]);
    expect(mergedWith({ ...rehabilitation, to: toDay("2024-08-31") })).toEqual([
      { position: 1, code: "PERIOD_OVERLAPS_ANOTHER" },
      { position: 2, code: "PERIOD_OVERLAPS_ANOTHER" },
    ]);
  });

  it("may not begin before one that stands and end within it", () => {
    expect(
      daysOf(mergePeriods([periodOf("2024-06-01", null)], [periodOf("2024-01-01", "2024-06-30")])),
    ).toEqual([{ position: 0, code: "PERIOD_OVERLAPS_ANOTHER" }]);
  });

  it("of one kind count beside those of the other that stay against the limit of 50", () => {
    const years = Array.from({ length: 50 }, (_, year) =>
      periodOf(`${1970 + year}-01-01`, `${1970 + year}-12-31`),
    );
    const medical = periodOf("2019-01-01", "2019-12-31", { rehabilitation: false });
    expect(mergePeriods(years, [medical]).ok).toBe(true);
    expect(daysOf(mergePeriods(years, [{ ...medical, restricted: true }]))).toEqual([
      { position: undefined, code: "TOO_MANY_PERIODS" },
    ]);
  });

  it("may not overlap each other: the later one is at fault", () => {
    const twice = [periodOf("2024-01-01", null), periodOf("2024-02-01", null)];
    expect(daysOf(mergePeriods([], twice))).toEqual([{ position: 1, code: "PERIODS_OVERLAP" }]);
  });

  it("are 50 at most with those that stand", () => {
    const years = Array.from({ length: 50 }, (_, year) =>
      periodOf(`${1970 + year}-01-01`, `${1970 + year}-12-31`),
    );
    expect(mergePeriods([], years).ok).toBe(true);
    expect(daysOf(mergePeriods(years, [periodOf("2030-01-01", null)]))).toEqual([
      { position: undefined, code: "TOO_MANY_PERIODS" },
    ]);
  });
});

function capsOf(cap: number): NonNullable<CataloguePeriod["caps"]> {
  return { "1": price(cap), "2": price(cap), "3": price(cap) };
}

describe("an item that is stated", () => {
  const item: CatalogueItem = {
    itemCode: "A1",
    name: "换药",
    kind: "SERVICE",
    unit: "次",
    periods: [periodOf("2024-01-01", null)],
  };

  it("has what it says of itself, and the periods of both", () => {
    const later = { ...item, name: "换药（大）", unit: "回", periods: [periodOf("2026-04-01", null)] };
    const merged = mergeItem(item, later);
    expect(merged).toMatchObject({ ok: true, value: { itemCode: "A1", name: "换药（大）", unit: "回" } });
    expect(merged.ok && merged.value.periods.map(({ to }) => to)).toEqual(["2026-03-31", null]);
    expect(mergeItem(undefined, item)).toEqual({ ok: true, value: item });
  });

  it("is refused with what is wrong with its periods", () => {
    const within = { ...item, periods: [periodOf("2023-01-01", "2024-06-30")] };
    expect(mergeItem(item, within)).toEqual({
      ok: false,
      failure: [{ position: 0, code: "PERIOD_OVERLAPS_ANOTHER" }],
    });
  });
});
