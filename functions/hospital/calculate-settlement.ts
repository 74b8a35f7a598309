import { type Adjudication, adjudicateBill } from "../../shared/domain/adjudication/adjudicate-bill.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import type { Settlement } from "../../shared/domain/ledger/settlement.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { type Result, refuse } from "../../shared/domain/result.ts";
import { findCase, findCaseAndVersion } from "../../shared/store/registry-store.ts";
import { findVisitRecord, type VisitRecord } from "../../shared/store/visit-store.ts";
import type { Services } from "../services.ts";
import { toBill, unsettledLines } from "./bill.ts";

export interface Calculation {
  readonly record: VisitRecord;
  readonly injuryCase: InjuryCase;
  readonly adjudication: Adjudication;
  /** The settlement that would be recorded now, but for its id and time. */
  readonly settlement: Omit<Settlement, "settlementId" | "settledAt">;
}

export type SettlementServices = Pick<Services, "db" | "references" | "caseKeys">;

/**
 * Calculates the settlement of what is not settled yet of a hospital's visit in two round trips, whatever the number of lines: the visit
 * with its lines and the version of the reference data; then the case, and what memory lacks of the catalogue.
 * Where the case of the visit is known from before, it is read in the first. `check` may refuse the visit before
 * the second.
 */
export async function calculateSettlement(
  { db, references, caseKeys }: SettlementServices,
  hospitalCode: string,
  { visitId, kind }: { readonly visitId: string; readonly kind: "FINAL" | "INTERIM" },
  check: (record: VisitRecord) => Failure | undefined,
): Promise<Result<Calculation, Failure>> {
  const caseKey = caseKeys.get(visitId);
  const [record, version, early] = await Promise.all([
    findVisitRecord(db, hospitalCode, visitId),
    caseKey === undefined ? references.readVersion() : undefined,
    caseKey === undefined ? undefined : findCaseAndVersion(db, caseKey),
  ]);
  if (record === undefined) return refuse(failure("VISIT_NOT_FOUND"));
  const refused = check(record);
  if (refused !== undefined) return refuse(refused);
  const { visit } = record;
  const lines = unsettledLines(record);
  // After interim settlements a final one may be of nothing: it closes the stay.
  const mayBeEmpty = kind === "FINAL" && visit.standing.length > 0;
  if (lines.length === 0 && !mayBeEmpty) return refuse(failure("NOTHING_TO_SETTLE"));
  caseKeys.remember(visitId, visit);
  const [injuryCase, reference] = await Promise.all([
    early?.injuryCase ?? findCase(db, visit.workerId, visit.caseNo),
    references.load(
      lines.map(({ itemCode }) => itemCode),
      early?.version ?? version,
    ),
  ]);
  if (injuryCase === undefined) throw new Error(`case of visit ${visitId} is missing`);
  const bill = toBill(record, reference, { injuries: injuryCase.injuries });
  if (!bill.ok) return bill;
  const adjudication = adjudicateBill(bill.value.bill);
  return {
    ok: true,
    value: {
      record,
      injuryCase,
      adjudication,
      settlement: {
        visitId,
        kind,
        hospitalCode,
        employerUscc: visit.employerUscc,
        visitType: visit.visitType,
        caseNo: visit.caseNo,
        policyEffectiveFrom: bill.value.policy.effectiveFrom,
        catalogueVersion: reference.version,
        total: adjudication.total,
        allocation: adjudication.allocation,
        reasons: adjudication.reasons,
        lineCount: lines.length,
      },
    },
  };
}
