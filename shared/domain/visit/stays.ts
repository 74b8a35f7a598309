import { type Day, day, dayOf, type Instant } from "../dates.ts";
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
  /** Its last day among the worker's stays, where it was discharged later than that (`countedAmong`). */
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
function lastDay({ countsUntil, dischargedAt, bedReleasedAt }: Stay): Day {
  const at = dischargedAt ?? bedReleasedAt;
  return countsUntil ?? (at === undefined ? OPEN_END : dayOf(at));
}

/** A stay whose bed was freed, and of which another one has every day. */
const hasNoDay = (stay: Stay): boolean =>
  stay.countsUntil === firstDay(stay) && stay.isFirstMealElsewhere === true;

/** Whether an open stay begins within one that is over, of which the last day is free for a transfer. */
const beginsWithin = (open: Stay, over: Stay): boolean =>
  open.admittedAt >= over.admittedAt && firstDay(open) < lastDay(over);

/**
 * Whether two stays of one worker cannot both be true. Two that are over may meet on one day, on which the worker was
 * transferred from one to the other; no night is in both, and none lies within the other's days. One that is open
 * may not begin within one that is over; how far it reaches is seen at its discharge. Two cannot be open. One whose
 * bed was freed is in nobody's way while it is open.
 */
export function areAtOdds(a: Stay, b: Stay): boolean {
  if ([a, b].some((each) => isOpenWithoutBed(each) || hasNoDay(each))) return false;
  if (isOver(a) && isOver(b)) return firstDay(a) < lastDay(b) && firstDay(b) < lastDay(a);
  if (isOver(a)) return beginsWithin(b, a);
  return isOver(b) ? beginsWithin(a, b) : true;
}

/** Whether a stay that is over has the meal allowance of a day, which can be its first: of the others no stay shares any. */
const hasMealOf = (stay: Stay, on: Day): boolean =>
  isOver(stay) && firstDay(stay) === on && stay.isFirstMealElsewhere !== true;

/** What of a visit all stays of its worker know. */
export const toStay = ({ visitId, hospitalCode, admittedAt, dischargedAt, bedReleasedAt }: Visit): Stay => ({
  visitId,
  hospitalCode,
  admittedAt,
  ...(dischargedAt === undefined ? {} : { dischargedAt }),
  ...(bedReleasedAt === undefined ? {} : { bedReleasedAt }),
});

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
  if (rivals.some((other) => firstDay(other) <= first)) return { ...elsewhere, countsUntil: first };
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
  const own = isOver(stay) ? countedAmong(others, stay) : stay;
  if (findStayAtOdds(others, own) !== undefined) return undefined;
  const inOrder = [...others, own].toSorted((a, b) => (a.admittedAt < b.admittedAt ? -1 : 1));
  const isKept = (each: Stay, place: number): boolean =>
    place >= inOrder.length - MOST_STAYS || !isOver(each) || each.visitId === stay.visitId;
  return inOrder.filter(isKept);
}
