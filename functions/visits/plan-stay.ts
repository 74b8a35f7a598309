import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { isStay } from "../../shared/domain/visit-type.ts";
import { placeVisit } from "../../shared/domain/visits/place-visit.ts";
import { findStayAtOdds, toStay } from "../../shared/domain/visits/stays.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { findStays, saveStays } from "../../shared/store/visits/stay-store.ts";
import { nameHospital } from "./name-hospital.ts";

/** A visit as it will be, with what is written of the worker's stays. */
export interface PlannedStay {
  readonly visit: Visit;
  readonly writes: readonly Write[];
}

/**
 * Places a visit, as it will be, among the worker's stays as they stand: one read, and none for an attendance. A refusal points at the field that
 * states the days, if there is one, and names the hospital of the stay that is in the way.
 */
export async function planStay(
  db: Database,
  visit: Visit,
  pointer?: string,
): Promise<Result<PlannedStay, Failure>> {
  const known = isStay(visit.visitType) ? await findStays(db, visit.workerId) : { stays: [], version: 0 };
  const placed = placeVisit(visit, known.stays);
  if (placed.ok) {
    const { stays } = placed.value;
    const writes = stays === undefined ? [] : [saveStays(db, visit.workerId, stays, known)];
    return ok({ visit: placed.value.visit, writes });
  }
  if (pointer === undefined) return placed;
  const { code } = placed.failure;
  const inTheWay = findStayAtOdds(known.stays, toStay(visit));
  const hospital = await nameHospital(db, inTheWay?.hospitalCode);
  return err(failure(code, [{ pointer, code, ...(hospital === undefined ? {} : { hospital }) }]));
}

/** A cancelled stay is none of the worker's. */
export async function planNoStay(db: Database, visit: Visit): Promise<readonly Write[]> {
  if (!isStay(visit.visitType)) return [];
  const known = await findStays(db, visit.workerId);
  const left = known.stays.filter(({ visitId }) => visitId !== visit.visitId);
  return [saveStays(db, visit.workerId, left, known)];
}
