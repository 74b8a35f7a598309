import { describe, expect, it } from "vitest";
import {
  type ItemStatement,
  type RememberedItem,
  stateAgain,
  stateItem,
} from "../../../../shared/domain/catalogue/item-history.ts";
import { addDays, instantOf } from "../../../../shared/domain/dates.ts";
import { bodies, makeItem, toDay } from "../../../support/builders.ts";

const at = (second: number) => instantOf(Date.parse("2026-03-01T00:00:00+08:00") + second * 1_000);
const stating = (second: number, from: string, to: string | null = null): ItemStatement => ({
  at: at(second),
  stated: makeItem({ periods: [bodies.period({ from, to })] }),
});
const play = (known: RememberedItem | undefined, statements: readonly ItemStatement[]) =>
  statements.reduce((item, statement) => {
    const next = stateItem(item, statement);
    if (!next.ok) throw new Error("refused");
    return next.value;
  }, known);
const firstDays = (known: RememberedItem | undefined) => known?.item.periods.map(({ from }) => from);

describe("an item of before histories were kept", () => {
  const { item } = play(undefined, [stating(1, "2024-01-01")]) ?? {};
  const known = item && { item, history: undefined };

  it("has none after another statement either, and takes whatever is on record as in it", () => {
    const next = play(known, [stating(2, "2025-01-01")]);
    expect([firstDays(next), next?.history]).toEqual([["2024-01-01", "2025-01-01"], undefined]);
    expect(next && stateAgain(next, stating(1, "2023-01-01"), [])).toEqual({ ok: true, value: next });
  });
});

describe("a statement that is put in its place again", () => {
  it("is refused where a newer one no longer fits on it, whatever came after that", () => {
    const known = play(undefined, [stating(20, "2026-06-01", "2026-06-30"), stating(30, "2027-01-01")]);
    const again = stateAgain(known, stating(10, "2026-01-01", "2026-12-31"), []);
    expect(again).toEqual({ ok: false, failure: [{ position: undefined, code: "PERIOD_OVERLAPS_ANOTHER" }] });
  });
});

describe("a history", () => {
  it("stays bounded, also where its oldest statement took something away that nothing had stated", () => {
    const first = play(undefined, [stating(10, "2020-01-01")]);
    const removal = { at: at(5), removedFrom: toDay("2019-01-01") };
    const lost = first && stateAgain(first, removal, []);
    if (lost?.ok !== true) throw new Error("refused");
    expect(lost.value?.history?.statements).toHaveLength(2);
    const later = Array.from({ length: 40 }, (_, place) =>
      stating(20 + place, addDays(toDay("2021-01-01"), 7 * place)),
    );
    const { history, item } = play(lost.value, later) ?? {};
    expect(item?.periods).toHaveLength(41);
    expect(history?.statements).toHaveLength(32);
    expect(history?.before?.until).toBe(at(27));
  });
});
