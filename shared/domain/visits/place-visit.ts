import { type Failure, failure } from "../failures.ts";
import { err, ok, type Result } from "../result.ts";
import { isStay } from "../visit-type.ts";
import { placeStay, type Stays, toStay } from "./stays.ts";
import type { Visit } from "./visit.ts";

/** A visit with its days among the worker's stays, and all of these; undefined where the visit is no stay. */
export interface PlacedVisit {
  readonly visit: Visit;
  readonly stays: Stays | undefined;
}

/** Places a visit, as it will be, among the worker's stays; `ADMITTED_ELSEWHERE` where the worker is elsewhere on one of its days. */
export function placeVisit(next: Visit, stays: Stays): Result<PlacedVisit, Failure> {
  const visit: Visit = { ...next, isFirstMealElsewhere: undefined, countsUntil: undefined };
  if (!isStay(visit.visitType)) return ok({ visit, stays: undefined });
  const placed = placeStay(stays, toStay(visit));
  if (placed === undefined) return err(failure("ADMITTED_ELSEWHERE"));
  const own = placed.find(({ visitId }) => visitId === visit.visitId);
  const days = { isFirstMealElsewhere: own?.isFirstMealElsewhere, countsUntil: own?.countsUntil };
  return ok({ visit: { ...visit, ...days }, stays: placed });
}
