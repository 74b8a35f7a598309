import { addDays, type Day, type Period } from "../dates.ts";
import type { CatalogueItem, CataloguePeriod } from "./catalogue.ts";
import {
  areEqual,
  haveSameTerms,
  type ServedKind,
  servedKinds,
  serveSameVisits,
  speakOfSameVisits,
  speaksOf,
} from "./period-terms.ts";

type Periods = readonly CataloguePeriod[];

/** What becomes of one period: `before` is what held until then, for a new one what held on its first day or last. */
export interface PeriodChange {
  readonly change: "ADDED" | "REPLACED" | "ENDED" | "REMOVED";
  readonly before: CataloguePeriod | undefined;
  readonly after: CataloguePeriod | undefined;
}

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

/** For each kind of visit that a period speaks of, the last one that begins before it; each of them once. */
function listEarlier(periods: Periods, of: CataloguePeriod): CataloguePeriod[] {
  const earlier = servedKinds
    .filter((kind) => speaksOf(of, kind))
    .map((kind) => periods.findLast((period) => period.from < of.from && speaksOf(period, kind)));
  return [...new Set(earlier.filter((period) => period !== undefined))];
}

function toAdded(before: Periods, after: Periods, period: CataloguePeriod): PeriodChange[] {
  const known = listEarlier(before, period);
  const earlier = known.length > 0 ? known : listEarlier(after, period);
  const added = { change: "ADDED", after: period } as const;
  return earlier.length === 0
    ? [{ ...added, before: undefined }]
    : earlier.map((each) => ({ ...added, before: each }));
}

function toReplaced(replaced: CataloguePeriod, period: CataloguePeriod): PeriodChange | undefined {
  if (!serveSameVisits(replaced, period) || !haveSameTerms(replaced, period)) {
    return { change: "REPLACED", before: replaced, after: period };
  }
  if (replaced.to === period.to) return undefined;
  const endsEarlier = period.to !== null && (replaced.to === null || period.to < replaced.to);
  return { change: endsEarlier ? "ENDED" : "REPLACED", before: replaced, after: period };
}

/** What becomes of the periods that one took the place of, which are two where it joins two kinds of visit. */
function toChanges(before: Periods, after: Periods, period: CataloguePeriod): PeriodChange[] {
  const alike = before.filter((each) => isSamePeriod(each, period));
  const same = alike.filter((each) => serveSameVisits(each, period));
  const replaced = same.length > 0 ? same : alike;
  if (replaced.length === 0) return toAdded(before, after, period);
  return replaced.map((each) => toReplaced(each, period)).filter((change) => change !== undefined);
}

/** What becomes of an item's periods, both lists by their first day. */
export function listChanges(before: Periods, after: Periods): PeriodChange[] {
  const changes = after.flatMap((period) => toChanges(before, after, period));
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

/** Tells which period holds on a day for a kind of visit; the days must be asked for in their order. */
function followPeriods(periods: Periods, kind: ServedKind) {
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
  const pairs = servedKinds.map((kind) => [followPeriods(before, kind), followPeriods(after, kind)] as const);
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
