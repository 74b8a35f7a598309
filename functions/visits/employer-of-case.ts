import { followsEmployer } from "../../shared/domain/visits/employer-change.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { findCaseOnRecord, settleEmployer } from "../../shared/store/visits/case-visits.ts";

/**
 * Whose a visit is by its case as it is on record; undefined while it has no case, or stays with the employer that it was
 * settled for.
 */
export async function findEmployerOfCase(db: Database, visit: Visit): Promise<string | undefined> {
  const { caseNo } = visit;
  if (caseNo === undefined || !followsEmployer(visit)) return undefined;
  return (await findCaseOnRecord(db, caseNo)).employerUscc;
}

/** That a visit's case is of the visit's employer: a correction in between has not passed the visit by. */
export const checkEmployerOfCase = (
  db: Database,
  { caseNo, workerId, employerUscc }: Visit,
): readonly Write[] => (caseNo === undefined ? [] : [settleEmployer(db, { caseNo, workerId, employerUscc })]);
