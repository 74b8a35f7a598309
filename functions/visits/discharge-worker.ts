import type * as z from "zod/mini";
import type { Instant } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Fault, failure, failureOf } from "../../shared/domain/failures.ts";
import { isOutsideInjuries } from "../../shared/domain/registry/injury-case.ts";
import { err } from "../../shared/domain/result.ts";
import { settledUntilOf } from "../../shared/domain/settlements/bill.ts";
import { checkDischargeTime } from "../../shared/domain/visits/check-discharge.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb } from "../../shared/domain/visits/visit.ts";
import type { Discharge } from "../../shared/domain/visits/visit-requests.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import {
  findVisitRecord,
  saveVisitAndDetails,
  type VisitRecord,
} from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { dischargeWorkerContract } from "./discharge-worker.contract.ts";
import { planStay } from "./plan-stay.ts";
import { toVisitView } from "./visit-view.ts";

type Call = MessageCallOf<typeof dischargeWorkerContract>;

/** Everything that is wrong with a discharge. */
function check(
  { visit, details, lines }: VisitRecord,
  { dischargedAt, diagnoses }: z.infer<typeof Discharge>,
  now: Instant,
): Fault[] {
  const faults = checkDischargeTime(visit, lines, dischargedAt, now);
  if (diagnoses !== undefined && isOutsideInjuries(details.injuries, diagnoses))
    faults.push({ pointer: "/diagnoses", code: "DIAGNOSIS_OUTSIDE_CASE" });
  return faults;
}

/** Ends a stay: no line may be later than it, it leaves out the days of other stays, and the bed is free from now on. */
export const dischargeWorker =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller, message, params } = call;
      const record = await findVisitRecord(services.db, caller.institution, params.visitId);
      if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(record.visit, "DISCHARGE");
      if (refused !== undefined) return err(refused);
      const faults = check(record, body, services.now());
      if (faults.length > 0) return err(failureOf(faults));
      const next = toNext(record.visit, services.now(), {
        status: "DISCHARGED",
        dischargedAt: body.dischargedAt,
        dischargedBy: message.key,
        ...(record.visit.bedReleasedAt === undefined ? {} : { settledUntil: settledUntilOf(record) }),
      });
      const stay = await planStay(services.db, next, "/dischargedAt");
      if (!stay.ok) return stay;
      const { visit } = stay.value;
      const details = {
        ...record.details,
        diagnoses: body.diagnoses ?? record.details.diagnoses,
        outcome: body.outcome,
      };
      return {
        ok: true,
        value: {
          subject: visit.visitId,
          value: toVisitView(visit, details),
          writes: [
            ...saveVisitAndDetails(services.db, visit, details),
            ...stay.value.writes,
            recordEvent(services.db, toClaimEvent("CLAIM_DISCHARGED", visit)),
          ],
        },
      };
    });
