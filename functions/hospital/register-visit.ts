import { dayOf } from "../../shared/domain/dates.ts";
import type { Eligibility } from "../../shared/domain/eligibility/check-eligibility.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { maskName } from "../../shared/domain/registry/worker.ts";
import { refuse } from "../../shared/domain/result.ts";
import type { Visit, VisitDetails } from "../../shared/domain/visit/visit.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { checkCase } from "../../shared/store/registry-store.ts";
import { registerVisit as registerVisitWrites } from "../../shared/store/visit-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { findEligibility } from "./eligibility.ts";
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

/** Opens a visit for a worker who may be treated at the fund's cost; no deposit is asked. */
export const registerVisit =
  (services: Pick<Services, "db" | "lookupHash" | "logger" | "now" | "newId">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller } = call;
      const found = await findEligibility(services, {
        hospitalCode: caller.institution,
        idNumber: body.idNumber,
        cardNumber: body.cardNumber,
        visitType: body.visitType,
        serviceDay: dayOf(body.admittedAt),
        caseNo: body.caseNo,
        diagnosisCodes: body.diagnoses.map(({ code }) => code),
      });
      if (!found.ok) return found;
      const { eligibility, hospital, worker } = found.value;
      const entitlement = eligibility.entitlements[0];
      if (entitlement === undefined || worker === undefined) return refuse(toFailure(eligibility));

      const { injuryCase, route } = entitlement;
      const visit: Visit = {
        visitId: services.newId("V"),
        version: 1,
        status: "OPEN",
        guarantee: route,
        visitType: body.visitType,
        hospitalCode: hospital.code,
        hospitalVisitNo: body.hospitalVisitNo,
        tier: hospital.tier,
        workerId: worker.workerId,
        maskedName: maskName(worker.name),
        caseNo: injuryCase.caseNo,
        employerUscc: injuryCase.employerUscc,
        injuredOn: injuryCase.injuredOn,
        admittedAt: body.admittedAt,
        lineCount: 0,
        settlementCount: 0,
        standing: [],
        updatedAt: services.now(),
      };
      const details: VisitDetails = {
        department: body.department,
        ward: body.ward,
        bed: body.bed,
        doctorCode: body.doctorCode,
        diagnoses: body.diagnoses,
        employerNotice: body.employerNotice,
        injuries: injuryCase.injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes })),
      };
      return {
        ok: true,
        value: {
          subject: visit.visitId,
          value: toVisitView(visit, details),
          writes: [
            ...registerVisitWrites(services.db, visit, details),
            // What is taken in before the decision rests on there being none: the decision must find it.
            ...(route === "PROVISIONAL" ? [checkCase(services.db, injuryCase)] : []),
            recordEvent(services.db, toClaimEvent("CLAIM_REGISTERED", visit)),
          ],
        },
      };
    });
