import { type Day, dayOf, type Instant } from "../dates.ts";
import { type ServiceEvent, toClaimEvent } from "../events/service-event.ts";
import { type Failure, type Fault, failure, failureOf, type NamedHospital } from "../failures.ts";
import { type Employer, isInsured } from "../registry/employer.ts";
import type { Hospital } from "../registry/hospital.ts";
import { pricedInjuries } from "../registry/injury-case.ts";
import type { Worker } from "../registry/worker.ts";
import { err, ok, type Result } from "../result.ts";
import type { RestsOn } from "../settlements/claim-facts.ts";
import type { Eligibility } from "./check-eligibility.ts";
import { placeVisit } from "./place-visit.ts";
import type { Stays } from "./stays.ts";
import type { Visit, VisitAndDetails, VisitDetails } from "./visit.ts";
import type { VisitRegistration } from "./visit-requests.ts";

const pointers: Readonly<Record<string, string>> = {
  WORKER_UNKNOWN: "/idNumber",
  SERVICE_NOT_OFFERED: "/visitType",
  DIAGNOSIS_OUTSIDE_CASE: "/diagnoses",
  BEFORE_INJURY: "/admittedAt",
  ADMITTED_ELSEWHERE: "/admittedAt",
};

/** What was found of a worker who is to be taken in. */
export interface Applicant {
  readonly eligibility: Eligibility;
  /** The hospital of the stay that is in the way, where that is why the worker is refused. */
  readonly bedAt?: NamedHospital | undefined;
}

/** Every reason at once; the first one names the problem. */
export function toFailure({ eligibility, bedAt }: Applicant): Failure {
  const { refusals } = eligibility;
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
  /** The decision of a case that was taken in before it must find the visit. */
  readonly restsOn: RestsOn;
};

/** Takes a worker in under the first case that entitles to it; fails with every reason where none does. */
export function admitUnderCase(applicant: Applicant): Result<Admission, Failure> {
  const entitlement = applicant.eligibility.entitlements[0];
  if (entitlement === undefined) return err(toFailure(applicant));
  const { injuryCase, route } = entitlement;
  const { caseNo, employerUscc, injuredOn } = injuryCase;
  return ok({
    ...{ guarantee: route, caseNo, employerUscc, injuredOn },
    injuries: pricedInjuries(injuryCase),
    restsOn: { caseParties: injuryCase, caseAsRead: route === "PROVISIONAL" ? injuryCase : undefined },
  });
}

/**
 * Takes a worker in without a case yet, on the written notice of `employer` (undefined where it is not registered): the visit waits
 * for a case to be linked to it.
 */
export function admitOnNotice(
  applicant: Applicant,
  { employerUscc, injuredOn }: NonNullable<VisitRegistration["injury"]>,
  employer: Employer | undefined,
  admittedOn: Day,
): Result<Admission, Failure> {
  const { eligibility } = applicant;
  const general = eligibility.refusals.filter(
    ({ caseNo, code }) => caseNo === undefined && code !== "NO_CASE",
  );
  if (general.length > 0)
    return err(toFailure({ ...applicant, eligibility: { ...eligibility, refusals: general } }));
  const faults: Fault[] = [];
  const pointer = "/injury/employerUscc";
  if (employer === undefined) faults.push({ pointer, code: "EMPLOYER_UNKNOWN" });
  else if (!isInsured(employer, injuredOn)) faults.push({ pointer, code: "EMPLOYER_NOT_INSURED" });
  if (admittedOn < injuredOn) faults.push({ pointer: "/injury/injuredOn", code: "BEFORE_INJURY" });
  if (faults.length > 0) return err(failureOf(faults));
  return ok({ guarantee: "PROVISIONAL", employerUscc, injuredOn, injuries: [], restsOn: {} });
}

/** All that an admission is decided from. */
export interface AdmissionInputs extends Applicant {
  readonly registration: Omit<VisitRegistration, "idType" | "idNumber" | "cardNumber">;
  readonly hospital: Hospital;
  /** Undefined where there is no such worker, or the named case is not the worker's. */
  readonly worker: Worker | undefined;
  /** Of the notice, where there is one and it is registered. */
  readonly employer: Employer | undefined;
  /** All stays of the worker, wherever. */
  readonly stays: Stays;
}

/** What an admission makes true: a new visit, and the worker's stays with it. */
export interface AdmissionFacts extends VisitAndDetails {
  /** Undefined where the visit is no stay. */
  readonly stays: Stays | undefined;
  readonly event: ServiceEvent;
  readonly restsOn: RestsOn;
}

function admit(inputs: AdmissionInputs): Result<Admission, Failure> {
  const { injury, admittedAt } = inputs.registration;
  if (injury === undefined) return admitUnderCase(inputs);
  return admitOnNotice(inputs, injury, inputs.employer, dayOf(admittedAt));
}

/** Decides whether and as what a worker is taken in; fails with every reason why not, and with `ADMITTED_ELSEWHERE`. */
export function decideAdmission(
  inputs: AdmissionInputs,
  { visitId, now }: { readonly visitId: string; readonly now: Instant },
): Result<AdmissionFacts, Failure> {
  const admitted = admit(inputs);
  if (!admitted.ok) return admitted;
  const { registration, hospital, worker } = inputs;
  if (worker === undefined) return err(toFailure({ eligibility: inputs.eligibility }));
  const { injuries, restsOn, ...under } = admitted.value;
  const opened: Visit = {
    visitId,
    version: 1,
    status: "OPEN",
    visitType: registration.visitType,
    hospitalCode: hospital.code,
    hospitalVisitNo: registration.hospitalVisitNo,
    tier: hospital.tier,
    workerId: worker.workerId,
    maskedName: worker.maskedName,
    ...under,
    admittedAt: registration.admittedAt,
    lineCount: 0,
    detailsVersion: 1,
    linesVersion: 0,
    settlementCount: 0,
    standing: [],
    updatedAt: now,
  };
  const { department, ward, bed, doctorCode, diagnoses, employerNotice } = registration;
  const details = { department, ward, bed, doctorCode, diagnoses, employerNotice, injuries };
  const placed = placeVisit(opened, inputs.stays);
  if (!placed.ok) return placed;
  const { visit, stays } = placed.value;
  return ok({ visit, details, stays, event: toClaimEvent("CLAIM_REGISTERED", visit), restsOn });
}
