import { addDays, type Day, type Period } from "../dates.ts";
import type { CatalogueItem, CataloguePeriod } from "./catalogue.ts";
import { speakOfSameVisits } from "./merge-periods.ts";

type Periods = readonly CataloguePeriod[];

/** What becomes of one period: `before` is what held until then, for a new one what held on its first day or last. */
export interface PeriodChange {
  readonly change: "ADDED" | "REPLACED" | "ENDED" | "REMOVED";
  readonly before: CataloguePeriod | undefined;
  readonly after: CataloguePeriod | undefined;
}

const capsOf = ({ caps }: CataloguePeriod): readonly unknown[] =>
  caps === null ? [] : [caps["1"], caps["2"], caps["3"]];

/** All that a line is priced by, but for the days and the kinds of visit. */
const termsOf = (period: CataloguePeriod): readonly unknown[] => [
  period.restricted,
  period.maxPerDay,
  period.maxPerVisit,
  period.fundRatio,
  period.ratioRemainderBearer,
  period.overCapBearer,
  ...capsOf(period),
];

const areEqual = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, place) => each === b[place]);

const haveSameTerms = (a: CataloguePeriod | undefined, b: CataloguePeriod | undefined): boolean =>
  a === undefined || b === undefined ? a === b : areEqual(termsOf(a), termsOf(b));

const serveSameVisits = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  a.medical === b.medical && a.rehabilitation === b.rehabilitation;

const isSamePeriod = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  a.from === b.from && speakOfSameVisits(a, b);

/** Whether two items say the same in all that they say. */
export const areSameItems = (a: CatalogueItem, b: CatalogueItem): boolean =>
  areEqual([a.name, a.kind, a.unit], [b.name, b.kind, b.unit]) &&
  a.periods.length === b.periods.length &&
  a.periods.every((period, place) => {
    const other = b.periods[place];
    return (
      other !== undefined &&
      areEqual([period.from, period.to], [other.from, other.to]) &&
      serveSameVisits(period, other) &&
      haveSameTerms(period, other)
    );
  });

/** The last period of the same visits that begins before this one. */
const findEarlier = (periods: Periods, of: CataloguePeriod): CataloguePeriod | undefined =>
  periods.findLast((period) => period.from < of.from && speakOfSameVisits(period, of));

function toChange(before: Periods, after: Periods, period: CataloguePeriod): PeriodChange | undefined {
  const replaced = before.find((each) => isSamePeriod(each, period));
  if (replaced === undefined) {
    return {
      change: "ADDED",
      before: findEarlier(before, period) ?? findEarlier(after, period),
      after: period,
    };
  }
  if (!serveSameVisits(replaced, period) || !haveSameTerms(replaced, period)) {
    return { change: "REPLACED", before: replaced, after: period };
  }
  if (replaced.to === period.to) return undefined;
  const endsEarlier = period.to !== null && (replaced.to === null || period.to < replaced.to);
  return { change: endsEarlier ? "ENDED" : "REPLACED", before: replaced, after: period };
}

/** What becomes of an item's periods, both lists by their first day. */
export function listChanges(before: Periods, after: Periods): PeriodChange[] {
  const changes = after
    .map((period) => toChange(before, after, period))
    .filter((change) => change !== undefined);
  const removed = before
    .filter((period) => !after.some((each) => isSamePeriod(each, period)))
    .map((period): PeriodChange => ({ change: "REMOVED", before: period, after: undefined }));
  return [...removed, ...changes];
}

/** No day has a text after it. */
const LAST_DAY = "9999-12-31";

/** The days on which something begins or has just ended, each once, in order. */
const boundariesOf = (periods: Periods): Day[] =>
  [
    ...new Set(
      periods.flatMap(({ from, to }) => (to === null || to >= LAST_DAY ? [from] : [from, addDays(to, 1)])),
    ),
  ].sort();

const kinds = ["medical", "rehabilitation"] as const;

/** Tells which period holds on a day for a kind of visit; the days must be asked for in their order. */
function followPeriods(periods: Periods, kind: (typeof kinds)[number]) {
  const serving = periods.filter((period) => period[kind]).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  let place = 0;
  return (on: Day): CataloguePeriod | undefined => {
    for (let period = serving[place]; period !== undefined; period = serving[place]) {
      if (period.to === null || period.to >= on) return period.from <= on ? period : undefined;
      place += 1;
    }
    return undefined;
  };
}

type Differ = (before: CataloguePeriod | undefined, after: CataloguePeriod | undefined) => boolean;

/** The days on which what holds before and after differs for some kind of visit, as few periods as they make. */
function listDays(before: Periods, after: Periods, differ: Differ): Period[] {
  const boundaries = boundariesOf([...before, ...after]);
  const pairs = kinds.map((kind) => [followPeriods(before, kind), followPeriods(after, kind)] as const);
  const days: { from: Day; next: Day | undefined }[] = [];
  for (const [place, from] of boundaries.entries()) {
    const holding = pairs.map(([findBefore, findAfter]) => [findBefore(from), findAfter(from)] as const);
    if (!holding.some(([was, is]) => differ(was, is))) continue;
    const next = boundaries[place + 1];
    const last = days.at(-1);
    if (last?.next === from) last.next = next;
    else days.push({ from, next });
  }
  return days.map(({ from, next }) => ({ from, to: next === undefined ? null : addDays(next, -1) }));
}

/** The days on which a line of the item comes to another price than before. */
export const listRepricedDays = (before: Periods, after: Periods): Period[] =>
  listDays(before, after, (was, is) => !haveSameTerms(was, is));

/** The days on which the item was payable and is no longer. */
export const listUncoveredDays = (before: Periods, after: Periods): Period[] =>
  listDays(before, after, (was, is) => was !== undefined && is === undefined);
