import { dayOf } from "../../shared/domain/dates.ts";
import { type Failure, failure, failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { decideAdmission } from "../../shared/domain/visits/decide-admission.ts";
import { findEmployers } from "../../shared/store/registry/registry-store.ts";
import { recordAdmission } from "../../shared/store/visits/record-admission.ts";
import { findVisitIdOfNumber } from "../../shared/store/visits/visit-store.ts";
import { checkLookups, countLookupBy, WEIGHT_OF_NOBODY } from "../access/lookup-limit.ts";
import { applyMessage, findEarlierAnswer } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { type EligibilityFound, findEligibility } from "./find-eligibility.ts";
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

/** Loads what is known of the worker, with the employer that gave notice, where there is a notice. */
async function loadApplicant(services: RegistrationServices, { body, caller }: Call) {
  const [found, [employer]] = await Promise.all([
    findEligibility(services, {
      hospitalCode: caller.institution,
      idType: body.idType,
      idNumber: body.idNumber,
      cardNumber: body.cardNumber,
      visitType: body.visitType,
      serviceDay: dayOf(body.admittedAt),
      admittedAt: body.admittedAt,
      caseNo: body.caseNo,
      diagnosisCodes: body.diagnoses.map(({ code }) => code),
    }),
    findEmployers(services.db, body.injury === undefined ? [] : [body.injury.employerUscc]),
  ]);
  return found.ok ? ok({ ...found.value, employer }) : found;
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
      const { body } = call;
      const noticedOn = body.employerNotice === undefined ? undefined : dayOf(body.employerNotice.at);
      const days = { "/admittedAt": dayOf(body.admittedAt), "/employerNotice/at": noticedOn };
      const faults = futureDays(days, services.now());
      if (faults.length > 0) return err(failureOf(faults));
      const found = await loadApplicant(services, call);
      if (!found.ok) return found;
      looked = found.value;
      const { known } = found.value;
      const inputs = { ...found.value, registration: body, stays: known.stays };
      const opening = { visitId: services.newId("V"), now: services.now() };
      const decided = decideAdmission(inputs, opening);
      if (!decided.ok) return decided;
      const { visit, details } = decided.value;
      return ok({
        subject: visit.visitId,
        value: toVisitView(visit, details),
        writes: recordAdmission(services.db, decided.value, known),
      });
    });
    if (!outcome.ok && outcome.failure.code === "VISIT_NUMBER_TAKEN")
      return err((await findNumberTaken(services, call)) ?? outcome.failure);
    return countIfRefused(services, call, outcome, looked);
  };
