import { addDays, type Day, overlap, type Period } from "../dates.ts";
import { type Result, refuse, succeed } from "../result.ts";
import { type CatalogueItem, type CataloguePeriod, MAX_PERIODS } from "./catalogue.ts";

/** Why a statement cannot be taken; `position` is that of the stated period, undefined where all of them are meant. */
export interface PeriodFault {
  readonly position: number | undefined;
  readonly code: "PERIODS_OVERLAP" | "PERIOD_OVERLAPS_ANOTHER" | "TOO_MANY_PERIODS";
}

const servesNone = ({ medical, rehabilitation }: CataloguePeriod): boolean => !(medical || rehabilitation);

/**
 * Whether two periods speak of the same visits, so that only one of them can hold on a day. A period that serves no
 * kind of visit says that the item is not payable, and so speaks of all.
 */
export const speakOfSameVisits = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  servesNone(a) || servesNone(b) || (a.medical && b.medical) || (a.rehabilitation && b.rehabilitation);

const clash = (a: CataloguePeriod, b: CataloguePeriod): boolean => speakOfSameVisits(a, b) && overlap(a, b);

const byFirstDay = (a: Period, b: Period): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

const dayBefore = (day: Day): Day => addDays(day, -1);

/** Whether periods that begin on `from` or later cover each day from there to `to`. */
function coverWithoutGap(periods: readonly Period[], from: Day, to: Day): boolean {
  let next = from;
  for (const period of [...periods].sort(byFirstDay)) {
    if (period.from > next) return false;
    if (period.to === null || period.to >= to) return true;
    if (period.to >= next) next = addDays(period.to, 1);
  }
  return false;
}

/** An open period that begins before one that stays ends on the day before it. */
function endBeforeNext(stated: CataloguePeriod, staying: readonly CataloguePeriod[]): CataloguePeriod {
  if (stated.to !== null) return stated;
  const next = staying
    .filter((period) => speakOfSameVisits(period, stated) && period.from > stated.from)
    .toSorted(byFirstDay)[0];
  return next === undefined ? stated : { ...stated, to: dayBefore(next.from) };
}

/**
 * A standing period with what is stated beside it: unchanged, or ended on the day before. Undefined where that would
 * take days away which nobody named: it has an end of its own, and the stated ones leave days before it open.
 */
function endBeforeStated(
  standing: CataloguePeriod,
  stated: readonly CataloguePeriod[],
): CataloguePeriod | undefined {
  const clashing = stated.filter((period) => clash(standing, period)).toSorted(byFirstDay);
  const first = clashing[0];
  if (first === undefined) return standing;
  if (first.from <= standing.from) return undefined;
  const isCovered = standing.to === null || coverWithoutGap(clashing, first.from, standing.to);
  return isCovered ? { ...standing, to: dayBefore(first.from) } : undefined;
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

/**
 * An item's periods after some were stated, by their first day. One of the same visits and the same first day takes
 * the other's place; all others stay, and an open one ends on the day before the next, whichever of them was stated
 * first. What has an end of its own ends earlier only where the statement covers the rest of it. Faults: a statement
 * that overlaps itself, one that would take away days which it does not cover, and more periods than an item may have.
 */
export function mergePeriods(
  standing: readonly CataloguePeriod[],
  stated: readonly CataloguePeriod[],
): Result<readonly CataloguePeriod[], readonly PeriodFault[]> {
  const overlaps = findOwnOverlaps(stated);
  if (overlaps.length > 0) return refuse(overlaps);
  const staying = standing.filter(
    (period) => !stated.some((own) => own.from === period.from && speakOfSameVisits(own, period)),
  );
  const own = stated.map((period) => endBeforeNext(period, staying));
  const mended = staying.map((period) => endBeforeStated(period, own));
  const inTheWay = staying.filter((_period, place) => mended[place] === undefined);
  const faults = own.flatMap((period, position) =>
    inTheWay.some((each) => clash(period, each)) ? [faultOf("PERIOD_OVERLAPS_ANOTHER")(position)] : [],
  );
  if (faults.length > 0) return refuse(faults);
  const merged = [...mended.filter((period) => period !== undefined), ...own].sort(byFirstDay);
  return merged.length > MAX_PERIODS ? refuse([faultOf("TOO_MANY_PERIODS")(undefined)]) : succeed(merged);
}

/** An item as a statement leaves it: its name, kind and unit are those of the latest statement. */
export function mergeItem(
  standing: Pick<CatalogueItem, "periods"> | undefined,
  stated: CatalogueItem,
): Result<CatalogueItem, readonly PeriodFault[]> {
  const periods = mergePeriods(standing?.periods ?? [], stated.periods);
  return periods.ok ? succeed({ ...stated, periods: [...periods.value] }) : periods;
}
