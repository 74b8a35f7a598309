import { addDays, type Day, day, dayOf, type Instant, type Period } from "../dates.ts";
import type { Visit } from "./visit.ts";

/** A stay of a worker, as all stays of that worker know of each other. */
export interface Stay {
  readonly visitId: string;
  readonly hospitalCode: string;
  readonly admittedAt: Instant;
  /** Absent while the worker is in the bed. */
  readonly dischargedAt?: Instant | undefined;
  /** When the agency freed its bed: from then on it keeps nobody from a bed elsewhere. */
  readonly bedReleasedAt?: Instant | undefined;
  /** The last day of the lines that were settled when its bed was freed: another stay may not have the days before. */
  readonly settledUntil?: Day | undefined;
  /**
   * The last day that can be its own, where another stay has the days after it. Of one whose bed was freed, its last day
   * among the worker's stays once it is over; the day before its first where it has none (`countedAmong`).
   */
  readonly countsUntil?: Day | undefined;
  /** That its first day's meal allowance is another stay's. */
  readonly isFirstMealElsewhere?: boolean | undefined;
}

/** The stays of a worker that are not cancelled, in the order of admission. */
export type Stays = readonly Stay[];

/** So many are remembered of a worker; beyond them, those that were over first are forgotten. */
const MOST_STAYS = 500;

const OPEN_END = day("9999-12-31");

const firstDay = ({ admittedAt }: Stay): Day => dayOf(admittedAt);
const isOver = ({ dischargedAt }: Stay): boolean => dischargedAt !== undefined;
const isOpenWithoutBed = (stay: Stay): boolean => !isOver(stay) && stay.bedReleasedAt !== undefined;

/** The last day that a stay has or may still have. */
function lastDay({ countsUntil, settledUntil, dischargedAt, bedReleasedAt }: Stay): Day {
  const at = dischargedAt ?? bedReleasedAt;
  const last = countsUntil ?? (at === undefined ? OPEN_END : dayOf(at));
  return settledUntil !== undefined && settledUntil > last ? settledUntil : last;
}

/** A stay whose bed was freed, and of which another one has every day. */
const hasNoDay = (stay: Stay): boolean => lastDay(stay) < firstDay(stay);

/**
 * The days that a stay keeps from others: all from its first while it holds a bed; those up to its last once it is
 * over; of one whose bed was freed, while it is open, those that were settled by then. Undefined where it keeps none.
 */
function keptDays(stay: Stay): (Period & { readonly to: Day }) | undefined {
  const from = firstDay(stay);
  if (isOpenWithoutBed(stay))
    return stay.settledUntil === undefined ? undefined : { from, to: stay.settledUntil };
  if (!isOver(stay)) return { from, to: OPEN_END };
  return hasNoDay(stay) ? undefined : { from, to: lastDay(stay) };
}

const holdsBed = (stay: Stay): boolean => !(isOver(stay) || isOpenWithoutBed(stay));

/**
 * Whether two stays of one worker cannot both be true. Two that are over may meet on one day, on which the worker was
 * transferred from one to the other; no night is in both, and none lies within the other's days. One that is open
 * may not begin within one that is over; how far it reaches is seen at its discharge. Two cannot be open. One whose
 * bed was freed is in nobody's way while it is open, but for the days that were settled by then.
 */
export function areAtOdds(a: Stay, b: Stay): boolean {
  const [daysOfA, daysOfB] = [keptDays(a), keptDays(b)];
  if (daysOfA === undefined || daysOfB === undefined) return false;
  if (holdsBed(a) && holdsBed(b)) return true;
  if (holdsBed(a)) return a.admittedAt >= b.admittedAt && daysOfA.from < daysOfB.to;
  if (holdsBed(b)) return b.admittedAt >= a.admittedAt && daysOfB.from < daysOfA.to;
  return daysOfA.from < daysOfB.to && daysOfB.from < daysOfA.to;
}

/** Whether a stay that is over has the meal allowance of a day, which can be its first: of the others no stay shares any. */
const hasMealOf = (stay: Stay, on: Day): boolean =>
  isOver(stay) && firstDay(stay) === on && stay.isFirstMealElsewhere !== true;

/** What of a visit all stays of its worker know. */
export const toStay = (visit: Visit): Stay => {
  const { visitId, hospitalCode, admittedAt, dischargedAt, bedReleasedAt, settledUntil } = visit;
  return {
    visitId,
    hospitalCode,
    admittedAt,
    ...(dischargedAt === undefined ? {} : { dischargedAt }),
    ...(bedReleasedAt === undefined ? {} : { bedReleasedAt }),
    ...(settledUntil === undefined ? {} : { settledUntil }),
  };
};

/** The first of the stays that began later than a stay and have days after its first: its days end where that begins. */
export function findNextStay(others: Stays, stay: Stay): Stay | undefined {
  const later = others.filter((other) => {
    const kept = keptDays(other);
    return other.admittedAt > stay.admittedAt && kept !== undefined && kept.to > firstDay(stay);
  });
  return later.toSorted((a, b) => (a.admittedAt < b.admittedAt ? -1 : 1))[0];
}

/** A stay that is open, with the first day of the next one, which is known where it is registered late or open again. */
function boundedBy(others: Stays, stay: Stay): Stay {
  const next = findNextStay(others, stay);
  return next === undefined ? stay : { ...stay, countsUntil: firstDay(next) };
}

/**
 * A stay that is over, with what the others leave of its days: of one whose bed was freed, those up to the release and to the
 * first day of whoever came after. Where a stay of less than a night and another begin on one day, the
 * meal allowance of that day is of the one that was over first.
 */
function countedAmong(others: Stays, stay: Stay): Stay {
  const { bedReleasedAt } = stay;
  const first = firstDay(stay);
  const elsewhere = { ...stay, isFirstMealElsewhere: true };
  const own = others.some((other) => hasMealOf(other, first)) ? elsewhere : stay;
  if (bedReleasedAt === undefined) return own;
  const rivals = others.filter((other) => lastDay(other) > first && !hasNoDay(other));
  if (rivals.some((other) => firstDay(other) < first))
    return { ...elsewhere, countsUntil: addDays(first, -1) };
  if (rivals.some((other) => firstDay(other) === first)) return { ...elsewhere, countsUntil: first };
  const days = [lastDay(stay), dayOf(bedReleasedAt), ...rivals.map(firstDay)].toSorted();
  return { ...own, countsUntil: days[0] };
}

/** The stay that holds the worker's bed: neither discharged nor freed; there is one at most. */
export const findBedHolder = (stays: Stays): Stay | undefined =>
  stays.find((stay) => !isOver(stay) && stay.bedReleasedAt === undefined);

/** The first of the worker's other stays that cannot be true together with this one, if any. */
export const findStayAtOdds = (stays: Stays, stay: Stay): Stay | undefined =>
  stays.find((other) => other.visitId !== stay.visitId && areAtOdds(stay, other));

/** The worker's stays with this one among them, as it is now; undefined where it is at odds with another. */
export function placeStay(stays: Stays, stay: Stay): Stays | undefined {
  const others = stays.filter(({ visitId }) => visitId !== stay.visitId);
  const own = isOver(stay) ? countedAmong(others, stay) : boundedBy(others, stay);
  if (findStayAtOdds(others, own) !== undefined) return undefined;
  const inOrder = [...others, own].toSorted((a, b) => (a.admittedAt < b.admittedAt ? -1 : 1));
  const isKept = (each: Stay, place: number): boolean =>
    place >= inOrder.length - MOST_STAYS || !isOver(each) || each.visitId === stay.visitId;
  return inOrder.filter(isKept);
}
