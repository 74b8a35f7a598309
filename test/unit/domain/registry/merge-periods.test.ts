import { describe, expect, it } from "vitest";
import { price } from "../../../../shared/domain/money.ts";
import type { CatalogueItem, CataloguePeriod } from "../../../../shared/domain/registry/catalogue.ts";
import { mergeItem, mergePeriods } from "../../../../shared/domain/registry/merge-periods.ts";
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

  it("of other visits stand beside each other on the same days", () => {
    const medical = periodOf("2024-01-01", null, { rehabilitation: false });
    const rehabilitation = periodOf("2024-01-01", null, { medical: false });
    expect(daysOf(mergePeriods([medical], [rehabilitation]))).toEqual(["2024-01-01 null", "2024-01-01 null"]);
  });

  it("of no visits say that the item is not payable, and so replace all of that day", () => {
    const none = periodOf("2024-01-01", null, { medical: false, rehabilitation: false });
    const medical = periodOf("2024-01-01", null, { rehabilitation: false });
    expect(mergePeriods([medical], [none])).toEqual({ ok: true, value: [none] });
    expect(mergePeriods([none], [medical])).toEqual({ ok: true, value: [medical] });
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

  it("cover the rest also where one of other visits lies within another's days", () => {
    const standing = [periodOf("2024-01-01", "2024-12-31")];
    const long = periodOf("2024-07-01", "2024-12-30", { rehabilitation: false });
    const short = periodOf("2024-08-01", "2024-08-31", { medical: false });
    const last = periodOf("2024-12-31", "2025-01-31");
    expect(daysOf(mergePeriods(standing, [long, short, last]))).toEqual([
      "2024-01-01 2024-06-30",
      "2024-07-01 2024-12-30",
      "2024-08-01 2024-08-31",
      "2024-12-31 2025-01-31",
    ]);
  });

  it("may not begin before one that stands and end within it", () => {
    expect(
      daysOf(mergePeriods([periodOf("2024-06-01", null)], [periodOf("2024-01-01", "2024-06-30")])),
    ).toEqual([{ position: 0, code: "PERIOD_OVERLAPS_ANOTHER" }]);
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
