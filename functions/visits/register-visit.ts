import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure, failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import type { Hospital } from "../../shared/domain/registry/hospital.ts";
import type { Worker } from "../../shared/domain/registry/worker.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { Visit, VisitDetails } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { StaysRecord } from "../../shared/store/visits/stay-store.ts";
import {
  findVisitIdOfNumber,
  registerVisit as registerVisitWrites,
} from "../../shared/store/visits/visit-store.ts";
import { checkLookups, countLookupBy, WEIGHT_OF_NOBODY } from "../access/lookup-limit.ts";
import { applyMessage, type Decision, findEarlierAnswer } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { type Admission, admitOnNotice, admitUnderCase, toFailure } from "./admit-worker.ts";
import { type EligibilityFound, findEligibility } from "./find-eligibility.ts";
import { planStayAmong } from "./plan-stay.ts";
import type { registerVisitContract } from "./register-visit.contract.ts";
import { toVisitView } from "./visit-view.ts";

type Call = MessageCallOf<typeof registerVisitContract>;

type RegistrationServices = Pick<
  Services,
  "db" | "personLookup" | "logger" | "lookupsPerHour" | "now" | "newId"
>;

/**
 * A registration that is refused tells of a person as much as a look-up does: it is counted as one, and on record. On
 * notice the person alone decides whether it is refused, so that it was counted before it was decided.
 */
async function countIfRefused(
  services: RegistrationServices,
  { caller, body, requestId }: Call,
  outcome: Awaited<Outcome>,
  found: EligibilityFound | undefined,
): Outcome {
  if (outcome.ok || found?.mayKnow !== true) return outcome;
  const by = { hospitalCode: caller.institution, requestId };
  const counted = body.injury === undefined ? 0 : 1;
  const weight = (found.workerId === undefined ? WEIGHT_OF_NOBODY : 1) - counted;
  const isTooMany = weight === 0 ? undefined : await countLookupBy(services, by, weight);
  const about = found.workerId ?? caller.institution;
  return err({ ...(isTooMany ?? outcome.failure), about });
}

interface Admitted {
  readonly hospital: Hospital;
  readonly worker: Worker;
  readonly admission: Admission;
  readonly known: StaysRecord;
}

/** The visit as it is opened, and what is written with it. */
function toEffect(
  services: RegistrationServices,
  { body }: Call,
  { hospital, worker, known, admission: { injuries, checks, ...under } }: Admitted,
): Result<Decision, Failure> {
  const opened: Visit = {
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
  const stay = planStayAmong(services.db, opened, known);
  if (!stay.ok) return stay;
  const { visit } = stay.value;
  return ok({
    subject: visit.visitId,
    value: toVisitView(visit, details),
    writes: [
      ...registerVisitWrites(services.db, visit, details),
      ...stay.value.writes,
      ...checks,
      recordEvent(services.db, toClaimEvent("CLAIM_REGISTERED", visit)),
    ],
  });
}

/** That the hospital has registered under this number before, and which visit that is; undefined where it has not. */
async function findNumberTaken(
  { db }: RegistrationServices,
  { caller, body }: Call,
): Promise<Failure | undefined> {
  const visitId = await findVisitIdOfNumber(db, caller.institution, body.hospitalVisitNo);
  return visitId === undefined ? undefined : { ...failure("VISIT_NUMBER_TAKEN"), visitId };
}

/**
 * Opens a visit for a worker who may be treated at the fund's cost; no deposit is asked. Whether the message was applied
 * or cancelled before is asked first: how long the answer takes would otherwise tell whether there is such a person.
 */
export const registerVisit =
  (services: RegistrationServices) =>
  async (call: Call): Outcome => {
    const by = { hospitalCode: call.caller.institution, requestId: call.requestId };
    const [earlier, isFarTooMany, notServed, isTaken] = await Promise.all([
      findEarlierAnswer(services.db, call.message),
      checkLookups(services, by),
      call.institutionCheck,
      findNumberTaken(services, call),
    ]);
    // Before anything is counted: a hospital that the district does not know changes nothing at all.
    if (notServed !== undefined) return err(notServed);
    if (earlier !== undefined) return earlier;
    // Before any other refusal: who registers twice must learn of the first visit, not what has changed since.
    if (isTaken !== undefined) return err(isTaken);
    const isTooMany =
      isFarTooMany ?? (call.body.injury === undefined ? undefined : await countLookupBy(services, by));
    if (isTooMany !== undefined) return err(isTooMany);
    let looked: EligibilityFound | undefined;
    const outcome = await applyMessage(services, call, async () => {
      const { body, caller } = call;
      const { db } = services;
      const admittedOn = dayOf(body.admittedAt);
      const noticedOn = body.employerNotice === undefined ? undefined : dayOf(body.employerNotice.at);
      const days = { "/admittedAt": admittedOn, "/employerNotice/at": noticedOn };
      const faults = futureDays(days, services.now());
      if (faults.length > 0) return err(failureOf(faults));
      const found = await findEligibility(services, {
        hospitalCode: caller.institution,
        idType: body.idType,
        idNumber: body.idNumber,
        cardNumber: body.cardNumber,
        visitType: body.visitType,
        serviceDay: admittedOn,
        admittedAt: body.admittedAt,
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
      const { hospital, worker, known } = found.value;
      if (worker === undefined) return err(toFailure(found.value.eligibility));
      return toEffect(services, call, { hospital, worker, known, admission: admission.value });
    });
    if (!outcome.ok && outcome.failure.code === "VISIT_NUMBER_TAKEN")
      return err((await findNumberTaken(services, call)) ?? outcome.failure);
    return countIfRefused(services, call, outcome, looked);
  };
