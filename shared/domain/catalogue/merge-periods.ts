import { addDays, type Day, overlap, type Period } from "../dates.ts";
import { err, ok, type Result } from "../result.ts";
import { type CatalogueItem, type CataloguePeriod, MAX_PERIODS } from "./catalogue.ts";
import {
  haveSameTerms,
  type ServedKind,
  serveSameVisits,
  servesNone,
  speakOfSameVisits,
} from "./period-terms.ts";

/** Why a statement cannot be taken; `position` is that of the stated period, undefined where all of them are meant. */
export interface PeriodFault {
  readonly position: number | undefined;
  readonly code: "PERIODS_OVERLAP" | "PERIOD_OVERLAPS_ANOTHER" | "TOO_MANY_PERIODS";
}

/** No day has a text after it: a period that ends on it has as many days as an open one. */
const LAST_DAY = "9999-12-31";

const byFirstDay = (a: Period, b: Period): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/**
 * Whether two periods of one statement say different things of a day. One that serves no kind of visit says so of the
 * kinds that nothing else serves, if it begins no later than what serves them.
 */
function clash(a: CataloguePeriod, b: CataloguePeriod): boolean {
  if (!(speakOfSameVisits(a, b) && overlap(a, b))) return false;
  if (servesNone(a) === servesNone(b)) return true;
  return servesNone(a) ? a.from > b.from : b.from > a.from;
}

const dayBefore = (day: Day): Day => addDays(day, -1);

/** Whether periods that begin on `from` or later cover each day from there to `to`, or all days where that is open. */
function coverWithoutGap(periods: readonly Period[], from: Day, to: Day | null): boolean {
  const last = to ?? LAST_DAY;
  let next = from;
  for (const period of [...periods].sort(byFirstDay)) {
    if (period.from > next) return false;
    if (period.to === null || period.to >= last) return true;
    next = addDays(period.to, 1);
  }
  return false;
}

/** An open period that begins before one that stays ends on the day before it. */
function endBeforeNext(stated: CataloguePeriod, staying: readonly CataloguePeriod[]): CataloguePeriod {
  if (stated.to !== null) return stated;
  const next = staying.filter((period) => period.from > stated.from).toSorted(byFirstDay)[0];
  return next === undefined ? stated : { ...stated, to: dayBefore(next.from) };
}

/**
 * A standing period with what is stated beside it: unchanged, or ended on the day before. Undefined where that would
 * take days away which nobody named: the stated ones begin before it, or leave days of it open.
 */
function endBeforeStated(
  standing: CataloguePeriod,
  stated: readonly CataloguePeriod[],
): CataloguePeriod | undefined {
  const clashing = stated.filter((period) => overlap(standing, period)).toSorted(byFirstDay);
  const first = clashing[0];
  if (first === undefined) return standing;
  if (first.from <= standing.from) return undefined;
  return coverWithoutGap(clashing, first.from, standing.to)
    ? { ...standing, to: dayBefore(first.from) }
    : undefined;
}

const faultOf =
  (code: PeriodFault["code"]) =>
  (position: number | undefined): PeriodFault => ({ position, code });

/** The stated periods that overlap an earlier one of the same statement. */
const findOwnOverlaps = (stated: readonly CataloguePeriod[]): PeriodFault[] =>
  stated.flatMap((period, position) =>
    stated.slice(0, position).some((earlier) => clash(earlier, period))
      ? [faultOf("PERIODS_OVERLAP")(position)]
      : [],
  );

/** What periods say of one kind of visit, no two of the same day: what is not payable ends where it is served. */
function sequenceOf(periods: readonly CataloguePeriod[], kind: ServedKind): CataloguePeriod[] {
  const served = periods.filter((period) => period[kind]).toSorted(byFirstDay);
  const unpayable = periods.filter(servesNone).flatMap((period) => {
    const next = served.find(({ from }) => from >= period.from);
    if (next === undefined || (period.to !== null && period.to < next.from)) return [period];
    return next.from === period.from ? [] : [{ ...period, to: dayBefore(next.from) }];
  });
  return [...served, ...unpayable];
}

interface MergedKind {
  readonly merged: readonly CataloguePeriod[];
  /** The stated periods in whose way one stands. */
  readonly hindered: readonly CataloguePeriod[];
}

/** What a statement makes of the periods of one kind of visit. */
function mergeKind(
  kind: ServedKind,
  standing: readonly CataloguePeriod[],
  stated: readonly CataloguePeriod[],
): MergedKind {
  const named = sequenceOf(stated, kind);
  const staying = sequenceOf(standing, kind).filter((each) => !named.some(({ from }) => from === each.from));
  const own = named.map((period) => endBeforeNext(period, staying));
  const mended = staying.map((each) => endBeforeStated(each, own));
  const inTheWay = staying.filter((_each, place) => mended[place] === undefined);
  return {
    merged: [...mended.filter((each) => each !== undefined), ...own],
    hindered: own.filter((period) => inTheWay.some((each) => overlap(period, each))),
  };
}

const isSameTariff = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  a.from === b.from && a.to === b.to && haveSameTerms(a, b);

/** Periods of one kind each as few as they make: what says the same of both kinds is one. */
function joinKinds(
  medical: readonly CataloguePeriod[],
  rehabilitation: readonly CataloguePeriod[],
): CataloguePeriod[] {
  const both = (period: CataloguePeriod): boolean =>
    rehabilitation.some((other) => isSameTariff(period, other));
  return [
    ...medical.map((period) => ({ ...period, medical: true, rehabilitation: both(period) })),
    ...rehabilitation
      .filter((period) => !medical.some((other) => isSameTariff(period, other)))
      .map((period) => ({ ...period, medical: false, rehabilitation: true })),
  ];
}

const isLonger = (a: Period, b: Period): boolean => b.to !== null && (a.to === null || a.to > b.to);

/** Periods that serve none, as long as either kind of visit has them: the other's are cut where something serves it. */
function joinUnpayable(
  medical: readonly CataloguePeriod[],
  rehabilitation: readonly CataloguePeriod[],
): CataloguePeriod[] {
  const byDay = new Map(medical.map((period) => [period.from, period]));
  for (const period of rehabilitation) {
    const other = byDay.get(period.from);
    if (other === undefined || isLonger(period, other)) byDay.set(period.from, period);
  }
  return [...byDay.values()];
}

const serveSome = (periods: readonly CataloguePeriod[]) => periods.filter((period) => !servesNone(period));

/**
 * An item's periods after some were stated, by their first day; each kind of visit by itself, so that a statement
 * touches only the kinds that it names. One with the same first day takes the other's place; all others stay, and an
 * open one ends on the day before the next, whichever of them was stated first. What begins earlier ends earlier only
 * where the statement covers the rest of it. Faults: a statement that overlaps itself, one that would take away days
 * which it does not cover, and more periods than an item may have.
 */
export function mergePeriods(
  standing: readonly CataloguePeriod[],
  stated: readonly CataloguePeriod[],
): Result<readonly CataloguePeriod[], readonly PeriodFault[]> {
  const overlaps = findOwnOverlaps(stated);
  if (overlaps.length > 0) return err(overlaps);
  const [medical, rehabilitation] = [
    mergeKind("medical", standing, stated),
    mergeKind("rehabilitation", standing, stated),
  ];
  const hindered = [...medical.hindered, ...rehabilitation.hindered];
  const faults = stated.flatMap((period, position) =>
    hindered.some((each) => each.from === period.from && serveSameVisits(each, period))
      ? [faultOf("PERIOD_OVERLAPS_ANOTHER")(position)]
      : [],
  );
  if (faults.length > 0) return err(faults);
  const merged = [
    ...joinKinds(serveSome(medical.merged), serveSome(rehabilitation.merged)),
    ...joinUnpayable(medical.merged.filter(servesNone), rehabilitation.merged.filter(servesNone)),
  ].sort(byFirstDay);
  return merged.length > MAX_PERIODS ? err([faultOf("TOO_MANY_PERIODS")(undefined)]) : ok(merged);
}

/** An item as a statement leaves it: its name, kind and unit are those of the latest statement. */
export function mergeItem(
  standing: Pick<CatalogueItem, "periods"> | undefined,
  stated: CatalogueItem,
): Result<CatalogueItem, readonly PeriodFault[]> {
  const periods = mergePeriods(standing?.periods ?? [], stated.periods);
  return periods.ok ? ok({ ...stated, periods: [...periods.value] }) : periods;
}
