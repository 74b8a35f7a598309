import { type Day, dayOf } from "../../shared/domain/dates.ts";
import type { Eligibility } from "../../shared/domain/eligibility/check-eligibility.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import {
  type Failure,
  type FailureCode,
  type Fault,
  failure,
  failureOf,
} from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { isInsured } from "../../shared/domain/registry/employer.ts";
import type { Hospital } from "../../shared/domain/registry/hospital.ts";
import { pricedInjuries } from "../../shared/domain/registry/injury-case.ts";
import type { Worker } from "../../shared/domain/registry/worker.ts";
import { type Result, refuse, succeed } from "../../shared/domain/result.ts";
import type { Visit, VisitDetails } from "../../shared/domain/visit/visit.ts";
import type { VisitRegistration } from "../../shared/domain/visit/visit-requests.ts";
import type { Database } from "../../shared/store/database.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { checkCase, findEmployers } from "../../shared/store/registry-store.ts";
import type { Write } from "../../shared/store/transaction.ts";
import { registerVisit as registerVisitWrites } from "../../shared/store/visit-store.ts";
import { applyMessage, type Effect } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { type Found, findEligibility } from "./eligibility.ts";
import { countLookupBy, WEIGHT_OF_NOBODY } from "./lookup-limit.ts";
import type { hospitalOperations } from "./operations.ts";
import { toVisitView } from "./views.ts";

type Call = MessageCallOf<typeof hospitalOperations.registerVisit>;

const pointers: Readonly<Record<string, string>> = {
  WORKER_UNKNOWN: "/idNumber",
  SERVICE_NOT_OFFERED: "/visitType",
  DIAGNOSIS_OUTSIDE_CASE: "/diagnoses",
  BEFORE_INJURY: "/admittedAt",
};

/** Every reason at once; the first one names the problem. */
function toFailure({ refusals }: Eligibility): Failure {
  const faults = refusals.map(({ code }) => ({ pointer: pointers[code] ?? "/caseNo", code }));
  return failure(refusals[0]?.code ?? "NO_CASE", faults);
}

/** Under which case, or on which notice, the worker is taken in. */
type Admission = Pick<Visit, "guarantee" | "caseNo" | "employerUscc" | "injuredOn"> & {
  readonly injuries: VisitDetails["injuries"];
  /** What the registration rests on: the decision of a case that was taken in before it must find the visit. */
  readonly checks: readonly Write[];
};

function admitUnderCase(db: Database, { eligibility }: Found): Result<Admission, Failure> {
  const entitlement = eligibility.entitlements[0];
  if (entitlement === undefined) return refuse(toFailure(eligibility));
  const { injuryCase, route } = entitlement;
  const { caseNo, employerUscc, injuredOn } = injuryCase;
  return succeed({
    ...{ guarantee: route, caseNo, employerUscc, injuredOn },
    injuries: pricedInjuries(injuryCase),
    checks: route === "PROVISIONAL" ? [checkCase(db, injuryCase)] : [],
  });
}

/** Without a case yet, on the employer's written notice: the visit waits for a case to be linked to it. */
async function admitOnNotice(
  db: Database,
  { eligibility }: Found,
  { employerUscc, injuredOn }: NonNullable<VisitRegistration["injury"]>,
  admittedOn: Day,
): Promise<Result<Admission, Failure>> {
  const general = eligibility.refusals.filter(
    ({ caseNo, code }) => caseNo === undefined && code !== "NO_CASE",
  );
  if (general.length > 0) return refuse(toFailure({ ...eligibility, refusals: general }));
  const [employer] = await findEmployers(db, [employerUscc]);
  const faults: Fault[] = [];
  const pointer = "/injury/employerUscc";
  if (employer === undefined) faults.push({ pointer, code: "EMPLOYER_UNKNOWN" });
  else if (!isInsured(employer, injuredOn)) faults.push({ pointer, code: "EMPLOYER_NOT_INSURED" });
  if (admittedOn < injuredOn) faults.push({ pointer: "/injury/injuredOn", code: "BEFORE_INJURY" });
  if (faults.length > 0) return refuse(failureOf(faults));
  return succeed({ guarantee: "PROVISIONAL", employerUscc, injuredOn, injuries: [], checks: [] });
}

type RegistrationServices = Pick<
  Services,
  "db" | "personLookup" | "logger" | "lookupsPerHour" | "now" | "newId"
>;

/** Refusals that say nothing of the person, because the message itself is at fault. */
const ofMessage: ReadonlySet<FailureCode> = new Set([
  "BUSY",
  "IDEMPOTENCY_KEY_REUSED",
  "MESSAGE_CANCELLED",
  "DAY_IN_FUTURE",
]);

/** A registration that is refused tells of a person as much as a look-up does, and is counted as one. */
async function countIfRefused(
  services: RegistrationServices,
  { caller, requestId }: Call,
  outcome: Awaited<Outcome>,
  found: Found | undefined,
): Outcome {
  if (outcome.ok || found?.mayKnow !== true || ofMessage.has(outcome.failure.code)) return outcome;
  const by = { hospitalCode: caller.institution, requestId };
  const isTooMany = await countLookupBy(services, by, found.worker === undefined ? WEIGHT_OF_NOBODY : 1);
  return isTooMany === undefined ? outcome : refuse(isTooMany);
}

interface Admitted {
  readonly hospital: Hospital;
  readonly worker: Worker;
  readonly admission: Admission;
}

/** The visit as it is opened, and what is written with it. */
function toEffect(
  services: RegistrationServices,
  { body }: Call,
  { hospital, worker, admission: { injuries, checks, ...under } }: Admitted,
): Effect {
  const visit: Visit = {
    visitId: services.newId("V"),
    version: 1,
    status: "OPEN",
    visitType: body.visitType,
    hospitalCode: hospital.code,
    hospitalVisitNo: body.hospitalVisitNo,
    tier: hospital.tier,
    workerId: worker.workerId,
    maskedName: worker.maskedName,
    ...under,
    admittedAt: body.admittedAt,
    lineCount: 0,
    detailsVersion: 1,
    linesVersion: 0,
    settlementCount: 0,
    standing: [],
    updatedAt: services.now(),
  };
  const { department, ward, bed, doctorCode, diagnoses, employerNotice } = body;
  const details: VisitDetails = {
    department,
    ward,
    bed,
    doctorCode,
    diagnoses,
    employerNotice,
    injuries,
  };
  return {
    subject: visit.visitId,
    value: toVisitView(visit, details),
    writes: [
      ...registerVisitWrites(services.db, visit, details),
      ...checks,
      recordEvent(services.db, toClaimEvent("CLAIM_REGISTERED", visit)),
    ],
  };
}

/** Opens a visit for a worker who may be treated at the fund's cost; no deposit is asked. */
export const registerVisit =
  (services: RegistrationServices) =>
  async (call: Call): Outcome => {
    let looked: Found | undefined;
    const outcome = await applyMessage(services, call, async () => {
      const { body, caller } = call;
      const { db } = services;
      const admittedOn = dayOf(body.admittedAt);
      const noticedOn = body.employerNotice === undefined ? undefined : dayOf(body.employerNotice.at);
      const days = { "/admittedAt": admittedOn, "/employerNotice/at": noticedOn };
      const faults = futureDays(days, services.now());
      if (faults.length > 0) return refuse(failureOf(faults));
      const found = await findEligibility(services, {
        hospitalCode: caller.institution,
        idNumber: body.idNumber,
        cardNumber: body.cardNumber,
        visitType: body.visitType,
        serviceDay: admittedOn,
        caseNo: body.caseNo,
        diagnosisCodes: body.diagnoses.map(({ code }) => code),
      });
      if (!found.ok) return found;
      looked = found.value;
      const admission =
        body.injury === undefined
          ? admitUnderCase(db, found.value)
          : await admitOnNotice(db, found.value, body.injury, admittedOn);
      if (!admission.ok) return admission;
      const { hospital, worker } = found.value;
      if (worker === undefined) return refuse(toFailure(found.value.eligibility));
      return succeed(toEffect(services, call, { hospital, worker, admission: admission.value }));
    });
    return countIfRefused(services, call, outcome, looked);
  };
