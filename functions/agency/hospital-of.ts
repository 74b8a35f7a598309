import { type Failure, failure } from "../../shared/domain/failures.ts";
import { parseSettlementId } from "../../shared/domain/ids.ts";
import { type Result, refuse, succeed } from "../../shared/domain/result.ts";
import { findAnyVisit } from "../../shared/store/claim-store.ts";
import type { Database } from "../../shared/store/database.ts";

/** The hospital whose visit it is: the agency names a visit without it. */
export async function findHospitalOfVisit(db: Database, visitId: string): Promise<Result<string, Failure>> {
  const visit = await findAnyVisit(db, visitId);
  return visit === undefined ? refuse(failure("VISIT_NOT_FOUND")) : succeed(visit.hospitalCode);
}

/** The hospital whose settlement it is. */
export async function findHospitalOfSettlement(
  db: Database,
  settlementId: string,
): Promise<Result<string, Failure>> {
  const id = parseSettlementId(settlementId);
  const visit = id === undefined ? undefined : await findAnyVisit(db, id.visitId);
  return visit === undefined ? refuse(failure("SETTLEMENT_NOT_FOUND")) : succeed(visit.hospitalCode);
}
