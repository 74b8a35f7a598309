import type { Policy } from "../catalogue/policy.ts";
import type { ReferenceData } from "../catalogue/reference-data.ts";
import { dayOf } from "../dates.ts";
import { type Failure, failure } from "../failures.ts";
import type { InjuryCase } from "../registry/injury-case.ts";
import { err, ok, type Result } from "../result.ts";
import { isStay } from "../visit-type.ts";
import { isAfterOwnDays } from "../visits/check-lines.ts";
import type { CaseFacts } from "../visits/conditions.ts";
import { employerUnder } from "../visits/employer-change.ts";
import { checkVerb, type StandingKind, type Visit } from "../visits/visit.ts";
import { type Adjudication, adjudicateBill, releaseBill } from "./adjudicate-bill.ts";
import { type BilledVisit, toBill, unsettledLines } from "./bill.ts";
import { mealAllowanceFor } from "./meal-allowance.ts";
import { repaymentsDue } from "./repayment.ts";
import type { Settlement } from "./settlement.ts";
import { decideKind } from "./settlement-kind.ts";

/** What is asked for: to settle the whole visit or a stay so far, or only to see what that would come to. */
export interface SettlementRequest {
  readonly kind: "FINAL" | "INTERIM";
  readonly isPreview: boolean;
}

/** All that a settlement is calculated from. */
export interface SettlementInputs {
  readonly request: SettlementRequest;
  readonly record: BilledVisit;
  /** Undefined while the visit waits for its case. */
  readonly facts: CaseFacts | undefined;
  readonly reference: ReferenceData;
}

export interface Calculation {
  readonly injuryCase: InjuryCase | undefined;
  readonly adjudication: Adjudication;
  /** The settlement that would be recorded now, but for its id and time. */
  readonly settlement: Omit<Settlement, "settlementId" | "settledAt" | "kind"> & {
    readonly kind: StandingKind;
  };
}

/** A stay may be previewed before its discharge. */
const asPreviewed = (visit: Visit): Visit => ({
  ...visit,
  status: visit.status === "OPEN" ? "DISCHARGED" : visit.status,
});

function checkState(visit: Visit, { kind, isPreview }: SettlementRequest): Failure | undefined {
  if (kind === "INTERIM") return checkVerb(visit, "SETTLE_INTERIM");
  return checkVerb(isPreview ? asPreviewed(visit) : visit, "SETTLE");
}

/** After interim settlements a final one may be of nothing: it closes the stay. */
const mayBeEmpty = (kind: "FINAL" | "INTERIM", visit: Visit): boolean =>
  kind === "FINAL" && visit.standing.some((standing) => standing.kind === "INTERIM");

/**
 * Why a visit cannot be settled whatever its case says; undefined where it can. A line of a day that another stay has is
 * `DAY_NOT_OF_STAY`, with that line's number and the last day that can be this stay's. Nothing of the body says so.
 */
export function checkBill(
  record: Pick<BilledVisit, "visit" | "lines">,
  request: SettlementRequest,
): Failure | undefined {
  const { visit } = record;
  const refused = checkState(visit, request);
  if (refused !== undefined) return refused;
  const lines = unsettledLines(record);
  if (lines.length === 0 && !mayBeEmpty(request.kind, visit)) return failure("NOTHING_TO_SETTLE");
  const late = lines.find((line) => isAfterOwnDays(line, visit));
  if (late === undefined) return undefined;
  const { lineNo, serviceAt } = late;
  const expected = { kind: "DAYS", on: dayOf(serviceAt), lineNo, to: visit.countsUntil } as const;
  return failure("DAY_NOT_OF_STAY", [{ pointer: "", code: "DAY_NOT_OF_STAY", expected }]);
}

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
 * Calculates the settlement of what is not settled yet of a visit, under its case as it stands. Fails with what `checkBill` and
 * `decideKind` refuse, and with `NO_POLICY`.
 */
export function calculateSettlement(inputs: SettlementInputs): Result<Calculation, Failure> {
  const { request, record, facts, reference } = inputs;
  const refused = checkBill(record, request);
  if (refused !== undefined) return err(refused);
  const { visit } = record;
  const decided = decideKind(request.kind, visit, facts);
  if (!decided.ok) return decided;
  const { kind, blockedBy } = decided.value;
  const injuryCase = facts?.injuryCase;
  const priced = toBill(record, reference, { injuries: injuryCase?.injuries ?? [] });
  if (!priced.ok) return priced;
  const { bill, policy } = priced.value;
  const adjudication = kind === "RELEASE" ? releaseBill(bill) : adjudicateBill(bill);
  return ok({
    injuryCase,
    adjudication,
    settlement: {
      visitId: visit.visitId,
      kind,
      blockedBy,
      hospitalCode: visit.hospitalCode,
      employerUscc: employerUnder(visit, injuryCase?.employerUscc),
      visitType: visit.visitType,
      caseNo: visit.caseNo,
      policyEffectiveFrom: policy.effectiveFrom,
      catalogueVersion: reference.version,
      total: adjudication.total,
      allocation: adjudication.allocation,
      reasons: adjudication.reasons,
      mealAllowance: mealAllowanceOf(kind, visit, policy),
      repayments: repaymentsDue(visit, kind, adjudication.allocation.fund),
      lineCount: bill.lines.length,
    },
  });
}
