import { dayOf } from "../../shared/domain/dates.ts";
import { type Failure, failure, failureOf } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { checkEligibility } from "../../shared/domain/visits/check-eligibility.ts";
import {
  type Admission,
  admitOnNotice,
  admitUnderCase,
} from "../../shared/domain/visits/decide-admission.ts";
import type { VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import { findEmployers, findHospital } from "../../shared/store/registry/registry-store.ts";
import { findWorkerAndCases } from "../../shared/store/registry/worker-store.ts";
import type { ChangeServices } from "./visit-change.ts";

/** The caller did not send these facts, so that there is no place to point at. */
const withoutPointers = ({ code, faults }: Failure): Failure =>
  failure(faults === undefined || faults.length === 0 ? code : failureOf(faults.slice(0, 1)).code);

/**
 * Under what a worker is taken in again whose registration was cancelled: every condition of admission is looked at anew, as things
 * stand today, but for the bed, and the case is still so when the registration stands again. A registration that was cancelled is
 * no place kept.
 */
export async function readmit(
  { db, now }: ChangeServices,
  { visit, details }: VisitAndDetails,
): Promise<Result<Admission, Failure>> {
  const { hospitalCode, workerId, caseNo, employerUscc, injuredOn, visitType, admittedAt } = visit;
  const [hospital, { worker, cases: all }] = await Promise.all([
    findHospital(db, hospitalCode),
    findWorkerAndCases(db, workerId),
  ]);
  if (hospital === undefined) return err(failure("AGREEMENT_INACTIVE"));
  const cases = all.filter((each) => each.caseNo === caseNo);
  const employers = await findEmployers(db, [employerUscc, ...cases.map((each) => each.employerUscc)]);
  const findEmployer = (uscc: string) => employers.find((employer) => employer.uscc === uscc);
  const serviceDay = dayOf(admittedAt);
  const eligibility = checkEligibility({
    ...{ hospital, worker, cases, visitType, serviceDay },
    findEmployer,
    today: dayOf(now()),
    diagnosisCodes: details.diagnoses.map(({ code }) => code),
    hasOpenStay: false,
  });
  const admission =
    caseNo === undefined
      ? admitOnNotice({ eligibility }, { employerUscc, injuredOn }, findEmployer(employerUscc), serviceDay)
      : admitUnderCase({ eligibility });
  if (!admission.ok) return err(withoutPointers(admission.failure));
  const [named] = cases;
  return ok({ ...admission.value, restsOn: { caseParties: named, caseAsRead: named } });
}
