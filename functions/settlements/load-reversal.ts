import type { Failure } from "../../shared/domain/failures.ts";
import { parseSettlementId } from "../../shared/domain/ids.ts";
import type { RestsOn } from "../../shared/domain/settlements/claim-facts.ts";
import { checkReversal, type ReversalInputs } from "../../shared/domain/settlements/decide-reversal.ts";
import type { SettlementRecord } from "../../shared/domain/settlements/settlement-record.ts";
import { followsEmployer } from "../../shared/domain/visits/employer-change.ts";
import {
  isSettling,
  settledLineCount,
  type Visit,
  type VisitAndDetails,
} from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findSettlement } from "../../shared/store/settlements/settlement-store.ts";
import { findCaseOnRecord } from "../../shared/store/visits/case-visits.ts";
import { findVisit, findVisitRecord } from "../../shared/store/visits/visit-store.ts";
import type { Services } from "../kit/services.ts";
import { checkUnsettled } from "../visits/bill.ts";

/** A settlement with the visit as it stands. */
export interface SettledVisit extends VisitAndDetails {
  readonly found: SettlementRecord;
}

/** A hospital's settlement with its visit, in one round trip; undefined where it is not the hospital's. */
export async function findSettledVisit(
  { db }: Pick<Services, "db">,
  hospitalCode: string,
  settlementId: string,
): Promise<SettledVisit | undefined> {
  const visitId = parseSettlementId(settlementId)?.visitId;
  if (visitId === undefined) return undefined;
  const [found, visit] = await Promise.all([
    findSettlement(db, hospitalCode, settlementId),
    findVisit(db, hospitalCode, visitId),
  ]);
  return found === undefined || visit === undefined ? undefined : { found, ...visit };
}

/**
 * Why the lines of a settlement cannot be unsettled again: with those that came since they would be more than one
 * settlement takes. Most reversals read no lines for it: nothing came since.
 */
async function checkUnsettling(
  { db, maxLinesOfBill }: ReversalServices,
  visit: Visit,
): Promise<Failure | undefined> {
  if (visit.lineCount === settledLineCount(visit)) return undefined;
  const record = await findVisitRecord(db, visit.hospitalCode, visit.visitId);
  const settledBefore = settledLineCount({ standing: visit.standing.slice(0, -1) });
  return checkUnsettled(record?.lines.slice(settledBefore) ?? [], maxLinesOfBill);
}

/**
 * Whose a visit is by its case as it is on record; undefined while it has no case, or stays with the employer that it was
 * settled for.
 */
async function findCaseParties(db: Database, visit: Visit): Promise<RestsOn["caseParties"]> {
  const { caseNo, workerId } = visit;
  if (caseNo === undefined || !followsEmployer(visit)) return undefined;
  const { employerUscc } = await findCaseOnRecord(db, caseNo);
  return employerUscc === undefined ? undefined : { caseNo, workerId, employerUscc };
}

export type ReversalServices = Pick<Services, "db" | "maxLinesOfBill">;

/** Loads what the reversal of a settlement is decided from; of one that is refused nothing more is read. */
export async function loadReversal(
  services: ReversalServices,
  { visit, found: original }: SettledVisit,
): Promise<ReversalInputs> {
  if (checkReversal(visit, original) !== undefined)
    return { visit, original, tooLarge: undefined, caseParties: undefined };
  const [tooLarge, caseParties] = await Promise.all([
    isSettling(original.settlement.kind) ? checkUnsettling(services, visit) : undefined,
    findCaseParties(services.db, { ...visit, standing: visit.standing.slice(0, -1) }),
  ]);
  return { visit, original, tooLarge, caseParties };
}
