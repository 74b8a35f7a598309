import type { Day } from "../../shared/domain/dates.ts";
import {
  type Failure,
  type Fault,
  failure,
  failureOf,
  type NamedHospital,
} from "../../shared/domain/failures.ts";
import { isInsured } from "../../shared/domain/registry/employer.ts";
import { pricedInjuries } from "../../shared/domain/registry/injury-case.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { Eligibility } from "../../shared/domain/visits/check-eligibility.ts";
import type { Visit, VisitDetails } from "../../shared/domain/visits/visit.ts";
import type { VisitRegistration } from "../../shared/domain/visits/visit-requests.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { checkCase, findEmployers } from "../../shared/store/registry/registry-store.ts";
import { settleEmployer } from "../../shared/store/visits/case-visits.ts";
import type { EligibilityFound } from "./find-eligibility.ts";

const pointers: Readonly<Record<string, string>> = {
  WORKER_UNKNOWN: "/idNumber",
  SERVICE_NOT_OFFERED: "/visitType",
  DIAGNOSIS_OUTSIDE_CASE: "/diagnoses",
  BEFORE_INJURY: "/admittedAt",
  ADMITTED_ELSEWHERE: "/admittedAt",
};

/** Every reason at once; the first one names the problem. */
export function toFailure({ refusals }: Eligibility, bedAt?: NamedHospital): Failure {
  const faults = refusals.map(({ code }) => ({
    pointer: pointers[code] ?? "/caseNo",
    code,
    ...(code === "ADMITTED_ELSEWHERE" && bedAt !== undefined ? { hospital: bedAt } : {}),
  }));
  return failure(refusals[0]?.code ?? "NO_CASE", faults);
}

/** Under which case, or on which notice, the worker is taken in. */
export type Admission = Pick<Visit, "guarantee" | "caseNo" | "employerUscc" | "injuredOn"> & {
  readonly injuries: VisitDetails["injuries"];
  /** What the registration rests on: the decision of a case that was taken in before it must find the visit. */
  readonly checks: readonly Write[];
};

export function admitUnderCase(
  db: Database,
  { eligibility, bedAt }: Pick<EligibilityFound, "eligibility" | "bedAt">,
): Result<Admission, Failure> {
  const entitlement = eligibility.entitlements[0];
  if (entitlement === undefined) return err(toFailure(eligibility, bedAt));
  const { injuryCase, route } = entitlement;
  const { caseNo, employerUscc, injuredOn } = injuryCase;
  return ok({
    ...{ guarantee: route, caseNo, employerUscc, injuredOn },
    injuries: pricedInjuries(injuryCase),
    checks: [settleEmployer(db, injuryCase), ...(route === "PROVISIONAL" ? [checkCase(db, injuryCase)] : [])],
  });
}

/** Without a case yet, on the employer's written notice: the visit waits for a case to be linked to it. */
export async function admitOnNotice(
  db: Database,
  { eligibility, bedAt }: Pick<EligibilityFound, "eligibility" | "bedAt">,
  { employerUscc, injuredOn }: NonNullable<VisitRegistration["injury"]>,
  admittedOn: Day,
): Promise<Result<Admission, Failure>> {
  const general = eligibility.refusals.filter(
    ({ caseNo, code }) => caseNo === undefined && code !== "NO_CASE",
  );
  if (general.length > 0) return err(toFailure({ ...eligibility, refusals: general }, bedAt));
  const [employer] = await findEmployers(db, [employerUscc]);
  const faults: Fault[] = [];
  const pointer = "/injury/employerUscc";
  if (employer === undefined) faults.push({ pointer, code: "EMPLOYER_UNKNOWN" });
  else if (!isInsured(employer, injuredOn)) faults.push({ pointer, code: "EMPLOYER_NOT_INSURED" });
  if (admittedOn < injuredOn) faults.push({ pointer: "/injury/injuredOn", code: "BEFORE_INJURY" });
  if (faults.length > 0) return err(failureOf(faults));
  return ok({ guarantee: "PROVISIONAL", employerUscc, injuredOn, injuries: [], checks: [] });
}
