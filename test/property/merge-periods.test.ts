import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CataloguePeriod, findPeriod } from "../../shared/domain/catalogue/catalogue.ts";
import { listRepricedDays, listUncoveredDays } from "../../shared/domain/catalogue/catalogue-changes.ts";
import { mergePeriods } from "../../shared/domain/catalogue/merge-periods.ts";
import { speakOfSameVisits } from "../../shared/domain/catalogue/period-terms.ts";
import { addDays, type Day, daysBetween, overlap } from "../../shared/domain/dates.ts";
import { price } from "../../shared/domain/money.ts";
import { toDay } from "../support/builders.ts";

const FIRST = toDay("2026-01-01");
const DAYS = 24;
const dayAt = (place: number): Day => addDays(FIRST, place);
const days = Array.from({ length: DAYS + 2 }, (_, place) => dayAt(place));
const visitTypes = ["INPATIENT", "REHABILITATION_INPATIENT"] as const;

/** Every period has a cap of its own, by which it is known again. */
let caps = 0;
const arbitraryPeriod = fc
  .record({
    from: fc.integer({ min: 0, max: DAYS }),
    length: fc.option(fc.integer({ min: 0, max: 8 }), { freq: 3 }),
    serves: fc.constantFrom([true, true], [true, true], [true, false], [false, true], [false, false]),
  })
  .map(({ from, length, serves: [medical = true, rehabilitation = true] }): CataloguePeriod => {
    caps += 1;
    const cap = price(caps);
    return {
      from: dayAt(from),
      to: length === null ? null : dayAt(Math.min(DAYS, from + length)),
      medical,
      rehabilitation,
      restricted: false,
      caps: { "1": cap, "2": cap, "3": cap },
    };
  });

/** What stands after statements, each of which was taken or refused. */
function stateAll(statements: readonly (readonly CataloguePeriod[])[]): readonly CataloguePeriod[] {
  let standing: readonly CataloguePeriod[] = [];
  for (const stated of statements) {
    const merged = mergePeriods(standing, stated);
    if (merged.ok) standing = merged.value;
  }
  return standing;
}

const arbitraryStanding = fc
  .array(fc.array(arbitraryPeriod, { minLength: 1, maxLength: 2 }), { maxLength: 6 })
  .map(stateAll);

const capOn = (periods: readonly CataloguePeriod[], on: Day, visitType: (typeof visitTypes)[number]) =>
  findPeriod({ periods }, on, visitType)?.caps?.["1"];

const servesSome = ({ medical, rehabilitation }: CataloguePeriod): boolean => medical || rehabilitation;

const covers = ({ from, to }: CataloguePeriod, on: Day): boolean => from <= on && (to === null || on <= to);

const speaksOf = (period: CataloguePeriod, visitType: (typeof visitTypes)[number]): boolean =>
  (visitType === "INPATIENT" ? period.medical : period.rehabilitation) ||
  !(period.medical || period.rehabilitation);

/** What a statement comes to on one day for one kind of visit, told day by day and apart from the service. */
function capExpected(
  standing: readonly CataloguePeriod[],
  stated: readonly CataloguePeriod[],
  on: Day,
  visitType: (typeof visitTypes)[number],
) {
  const ofKind = (periods: readonly CataloguePeriod[]) =>
    periods.filter((period) => speaksOf(period, visitType));
  const [standingOfKind, statedOfKind] = [ofKind(standing), ofKind(stated)];
  const isServedSince = (day: Day) =>
    statedOfKind.some((period) => servesSome(period) && day <= period.from && period.from <= on);
  const named = statedOfKind.filter(
    (period) =>
      covers(period, on) &&
      (servesSome(period) || !isServedSince(period.from)) &&
      (period.to !== null || !standingOfKind.some(({ from }) => period.from < from && from <= on)),
  );
  if (named.length > 0) return capOn(named, on, visitType);
  const isReplaced = standingOfKind.some(
    (period) =>
      servesSome(period) && covers(period, on) && statedOfKind.some(({ from }) => from === period.from),
  );
  return isReplaced ? undefined : capOn(standing, on, visitType);
}

const areAtOdds = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  speakOfSameVisits(a, b) && overlap(a, b);

describe("stating periods of an item", () => {
  it("changes no day for no kind of visit that it does not name, but for what comes after an open one up to the next, and the rest of a period whose first day it repeats", () => {
    fc.assert(
      fc.property(
        arbitraryStanding,
        fc.array(arbitraryPeriod, { minLength: 1, maxLength: 3 }),
        (standing, stated) => {
          const merged = mergePeriods(standing, stated);
          if (!merged.ok) return;
          for (const on of days)
            for (const visitType of visitTypes)
              expect(capOn(merged.value, on, visitType)).toBe(capExpected(standing, stated, on, visitType));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("is refused only where it overlaps itself, or a period that it would take a day away from or begin before", () => {
    fc.assert(
      fc.property(
        arbitraryStanding,
        fc.array(arbitraryPeriod, { minLength: 1, maxLength: 2 }),
        (standing, stated) => {
          if (mergePeriods(standing, stated).ok) return;
          const own = stated.some((a, i) => stated.some((b, j) => i < j && areAtOdds(a, b)));
          const reachesIn = stated.some((period) =>
            standing.some((each) => period.to !== null && period.from < each.from && areAtOdds(period, each)),
          );
          const isShort = standing.some((each) =>
            stated.some(
              (period) =>
                period.to !== null &&
                each.from < period.from &&
                (each.to === null || period.to < each.to) &&
                areAtOdds(period, each),
            ),
          );
          expect(own || reachesIn || isShort).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("holds on every day that it names, up to the next period where it names no end", () => {
    fc.assert(
      fc.property(arbitraryStanding, arbitraryPeriod, (standing, stated) => {
        const merged = mergePeriods(standing, [stated]);
        if (!merged.ok) return;
        const next = standing.find(
          (period) => period.from > stated.from && speakOfSameVisits(period, stated),
        );
        for (const on of days.filter((each) => covers(stated, each))) {
          if (stated.to === null && next !== undefined && on >= next.from) continue;
          if (stated.medical) expect(capOn(merged.value, on, "INPATIENT")).toBe(stated.caps?.["1"]);
          if (stated.rehabilitation)
            expect(capOn(merged.value, on, "REHABILITATION_INPATIENT")).toBe(stated.caps?.["1"]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("never leaves two periods that serve the same visits on a day, and lists them by their first day", () => {
    fc.assert(
      fc.property(arbitraryStanding, (standing) => {
        for (const on of days) {
          const covering = standing.filter((period) => servesSome(period) && covers(period, on));
          expect(
            covering.every((a, i) => covering.every((b, j) => i === j || !speakOfSameVisits(a, b))),
          ).toBe(true);
        }
        expect(
          standing.every(
            ({ from }, place) => place === 0 || daysBetween(standing[place - 1]?.from ?? from, from) >= 0,
          ),
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("once more, or all that stands, changes nothing", () => {
    fc.assert(
      fc.property(
        arbitraryStanding,
        fc.array(arbitraryPeriod, { minLength: 1, maxLength: 3 }),
        (standing, stated) => {
          const once = mergePeriods(standing, stated);
          if (!once.ok) return;
          expect(mergePeriods(once.value, stated)).toEqual(once);
          expect(mergePeriods(once.value, once.value)).toEqual(once);
          expect(mergePeriods([], once.value)).toEqual(once);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("that have no end comes to the same in whatever order they are stated", () => {
    const open = fc
      .uniqueArray(arbitraryPeriod, { selector: ({ from }) => from, minLength: 2, maxLength: 6 })
      .map((periods) => periods.map((each) => ({ ...each, to: null })));
    fc.assert(
      fc.property(
        open.chain((periods) =>
          fc.tuple(fc.constant(periods), fc.shuffledSubarray(periods, { minLength: periods.length })),
        ),
        ([periods, shuffled]) => {
          const inOrder = stateAll(periods.map((each) => [each]));
          expect(inOrder.length).toBeGreaterThanOrEqual(periods.length);
          expect(stateAll(shuffled.map((each) => [each]))).toEqual(inOrder);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("what a statement changes", () => {
  it("are exactly the days on which another price holds than before, and those on which none holds any more", () => {
    fc.assert(
      fc.property(arbitraryStanding, arbitraryStanding, (before, after) => {
        const repriced = listRepricedDays(before, after);
        const uncovered = listUncoveredDays(before, after);
        for (const on of days) {
          const pairs = visitTypes.map((type) => [capOn(before, on, type), capOn(after, on, type)] as const);
          const isIn = (list: typeof repriced) =>
            list.some(({ from, to }) => from <= on && (to === null || on <= to));
          expect(isIn(repriced)).toBe(pairs.some(([was, is]) => was !== is));
          expect(isIn(uncovered)).toBe(pairs.some(([was, is]) => was !== undefined && is === undefined));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
