import type { Policy } from "../../shared/domain/catalogue/policy.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import {
  type Adjudication,
  adjudicateBill,
  releaseBill,
} from "../../shared/domain/settlements/adjudicate-bill.ts";
import { mealAllowanceFor } from "../../shared/domain/settlements/meal-allowance.ts";
import { repaymentsDue } from "../../shared/domain/settlements/repayment.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import { decideKind } from "../../shared/domain/settlements/settlement-kind.ts";
import { isStay } from "../../shared/domain/visit-type.ts";
import { isAfterOwnDays } from "../../shared/domain/visits/check-lines.ts";
import { employerUnder } from "../../shared/domain/visits/employer-change.ts";
import type { StandingKind, Visit } from "../../shared/domain/visits/visit.ts";
import { findCaseFacts, findCaseFactsAndVersion } from "../../shared/store/registry/case-facts-store.ts";
import { findVisitRecord, type VisitRecord } from "../../shared/store/visits/visit-store.ts";
import type { Services } from "../kit/services.ts";
import { toBill, unsettledLines } from "../visits/bill.ts";
import { refuseDay } from "../visits/name-next-stay.ts";

export interface Calculation {
  readonly record: VisitRecord;
  /** Undefined while the visit waits for one. */
  readonly injuryCase: InjuryCase | undefined;
  readonly adjudication: Adjudication;
  /** The settlement that would be recorded now, but for its id and time. */
  readonly settlement: Omit<Settlement, "settlementId" | "settledAt" | "kind"> & {
    readonly kind: StandingKind;
  };
}

export type SettlementServices = Pick<Services, "db" | "references" | "caseKeys">;

/** What is to be settled of which visit, and what may refuse it before the case is looked at. */
export interface SettlementRequest {
  readonly hospitalCode: string;
  readonly visitId: string;
  readonly kind: "FINAL" | "INTERIM";
  readonly check: (record: VisitRecord) => Failure | undefined;
}

/** After interim settlements a final one may be of nothing: it closes the stay. */
const mayBeEmpty = (kind: "FINAL" | "INTERIM", visit: Visit): boolean =>
  kind === "FINAL" && visit.standing.some((standing) => standing.kind === "INTERIM");

function mealAllowanceOf(kind: StandingKind, visit: Visit, policy: Policy): Settlement["mealAllowance"] {
  const { admittedAt, dischargedAt, countsUntil, isFirstMealElsewhere } = visit;
  // A stay without any day of its own has no night.
  if (countsUntil !== undefined && countsUntil < dayOf(admittedAt)) return undefined;
  if (kind !== "FINAL" || !isStay(visit.visitType) || dischargedAt === undefined) return undefined;
  const { mealAllowancePerDay } = policy;
  const days = [dayOf(admittedAt), countsUntil ?? dayOf(dischargedAt)] as const;
  const allowance = mealAllowanceFor(...days, mealAllowancePerDay, isFirstMealElsewhere);
  return allowance.days === 0 ? undefined : allowance;
}

/**
 * Calculates the settlement of what is not settled yet of a hospital's visit, under its case as it stands, in two
 * round trips whatever the number of lines: the visit with its lines and the version of the reference data; then
 * the case with its worker and employer, and what memory lacks of the catalogue. Where the case of the visit is known from before, it is read
 * in the first.
 */
export async function calculateSettlement(
  { db, references, caseKeys }: SettlementServices,
  { hospitalCode, visitId, kind: asked, check }: SettlementRequest,
): Promise<Result<Calculation, Failure>> {
  const caseKey = caseKeys.get({ hospitalCode, visitId });
  const [record, version, early] = await Promise.all([
    findVisitRecord(db, hospitalCode, visitId),
    caseKey === undefined ? references.readVersion() : undefined,
    caseKey === undefined ? undefined : findCaseFactsAndVersion(db, caseKey),
  ]);
  if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
  const refused = check(record);
  if (refused !== undefined) return err(refused);
  const { visit } = record;
  const lines = unsettledLines(record);
  if (lines.length === 0 && !mayBeEmpty(asked, visit)) return err(failure("NOTHING_TO_SETTLE"));
  const late = lines.find((line) => isAfterOwnDays(line, visit));
  if (late !== undefined) return err(await refuseDay(db, visit, late));
  const { workerId, caseNo, employerUscc } = visit;
  const factsKey = caseNo === undefined ? undefined : { workerId, caseNo, employerUscc };
  if (factsKey !== undefined) caseKeys.remember(visit, factsKey);
  const [facts, reference] = await Promise.all([
    early?.facts ?? (factsKey === undefined ? undefined : findCaseFacts(db, factsKey)),
    references.load(
      lines.map(({ itemCode }) => itemCode),
      early?.version ?? version,
    ),
  ]);
  if (facts === undefined && caseNo !== undefined) throw new Error(`case of visit ${visitId} is missing`);
  const decided = decideKind(asked, visit, facts);
  if (!decided.ok) return decided;
  const { kind, blockedBy } = decided.value;
  const injuryCase = facts?.injuryCase;
  const priced = toBill(record, reference, { injuries: injuryCase?.injuries ?? [] });
  if (!priced.ok) return priced;
  const { bill, policy } = priced.value;
  const adjudication = kind === "RELEASE" ? releaseBill(bill) : adjudicateBill(bill);
  return ok({
    record,
    injuryCase,
    adjudication,
    settlement: {
      visitId,
      kind,
      blockedBy,
      hospitalCode,
      employerUscc: employerUnder(visit, injuryCase?.employerUscc),
      visitType: visit.visitType,
      caseNo,
      policyEffectiveFrom: policy.effectiveFrom,
      catalogueVersion: reference.version,
      total: adjudication.total,
      allocation: adjudication.allocation,
      reasons: adjudication.reasons,
      mealAllowance: mealAllowanceOf(kind, visit, policy),
      repayments: repaymentsDue(visit, kind, adjudication.allocation.fund),
      lineCount: lines.length,
    },
  });
}
