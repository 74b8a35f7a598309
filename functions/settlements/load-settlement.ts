import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { unsettledLines } from "../../shared/domain/settlements/bill.ts";
import {
  checkBill,
  type SettlementInputs,
  type SettlementRequest,
} from "../../shared/domain/settlements/calculate-settlement.ts";
import type { VisitKey } from "../../shared/store/kit/keys.ts";
import { findCaseFacts, findCaseFactsAndVersion } from "../../shared/store/registry/case-facts-store.ts";
import { findVisitRecord } from "../../shared/store/visits/visit-store.ts";
import type { Services } from "../kit/services.ts";
import { nameNextStay } from "../visits/name-next-stay.ts";

export type SettlementServices = Pick<Services, "db" | "references" | "caseKeys">;

/**
 * Loads all that a settlement of a hospital's visit is decided from, in two round trips whatever the number of lines: the
 * visit with its lines and the version of the reference data; then the case with its worker and employer, and what memory
 * lacks of the catalogue. Where the case of the visit is known from before, it is read in the first. What is refused whatever
 * the case says is refused before it is read.
 */
export async function loadSettlement(
  { db, references, caseKeys }: SettlementServices,
  { hospitalCode, visitId }: VisitKey,
  request: SettlementRequest,
): Promise<Result<SettlementInputs, Failure>> {
  const caseKey = caseKeys.get({ hospitalCode, visitId });
  const [record, version, early] = await Promise.all([
    findVisitRecord(db, hospitalCode, visitId),
    caseKey === undefined ? references.readVersion() : undefined,
    caseKey === undefined ? undefined : findCaseFactsAndVersion(db, caseKey),
  ]);
  if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
  const { visit } = record;
  const refused = checkBill(record, request);
  if (refused?.faults !== undefined)
    return err({ ...refused, faults: await nameNextStay(db, visit, refused.faults) });
  if (refused !== undefined) return err(refused);
  const { workerId, caseNo, employerUscc } = visit;
  const factsKey = caseNo === undefined ? undefined : { workerId, caseNo, employerUscc };
  if (factsKey !== undefined) caseKeys.remember(visit, factsKey);
  const [facts, reference] = await Promise.all([
    early?.facts ?? (factsKey === undefined ? undefined : findCaseFacts(db, factsKey)),
    references.load(
      unsettledLines(record).map(({ itemCode }) => itemCode),
      early?.version ?? version,
    ),
  ]);
  if (facts === undefined && caseNo !== undefined) throw new Error(`case of visit ${visitId} is missing`);
  return ok({ request, record, facts, reference });
}
