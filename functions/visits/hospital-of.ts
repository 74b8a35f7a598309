import { type Failure, failure } from "../../shared/domain/failures.ts";
import { parseSettlementId } from "../../shared/domain/ids.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findHospitalOfVisit } from "../../shared/store/visits/claim-store.ts";

/** The hospital whose visit it is: the agency names a visit without it. */
export async function hospitalOfVisit(db: Database, visitId: string): Promise<Result<string, Failure>> {
  const hospitalCode = await findHospitalOfVisit(db, visitId);
  return hospitalCode === undefined ? err(failure("VISIT_NOT_FOUND")) : ok(hospitalCode);
}

/** The hospital whose settlement it is. */
export async function hospitalOfSettlement(
  db: Database,
  settlementId: string,
): Promise<Result<string, Failure>> {
  const id = parseSettlementId(settlementId);
  const hospitalCode = id === undefined ? undefined : await findHospitalOfVisit(db, id.visitId);
  return hospitalCode === undefined ? err(failure("SETTLEMENT_NOT_FOUND")) : ok(hospitalCode);
}
