import { isOutsideVisit } from "../../shared/domain/charges/check-lines.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import { checkVerb } from "../../shared/domain/visit/visit.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { findVisitRecord, releaseStay, saveVisitAndDetails } from "../../shared/store/visit-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { toNext } from "../settlement/visit-change.ts";
import type { hospitalOperations } from "./operations.ts";
import { toVisitView } from "./views.ts";

type Call = MessageCallOf<typeof hospitalOperations.dischargeWorker>;

/** Ends a stay: no line may be later than it, and the worker's bed is free from now on. */
export const dischargeWorker =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller, message, params } = call;
      const record = await findVisitRecord(services.db, caller.institution, params.visitId);
      if (record === undefined) return refuse(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(record.visit, "DISCHARGE");
      if (refused !== undefined) return refuse(refused);
      const pointer = "/dischargedAt";
      if (body.dischargedAt < record.visit.admittedAt) {
        const code = "DISCHARGED_BEFORE_ADMISSION";
        return refuse(failure(code, [{ pointer, code }]));
      }
      const { injuredOn, admittedAt } = record.visit;
      const limits = { injuredOn, admittedOn: dayOf(admittedAt), dischargedOn: dayOf(body.dischargedAt) };
      if (record.lines.some((line) => isOutsideVisit(line, limits))) {
        const code = "SERVICE_DATE_OUTSIDE_VISIT";
        return refuse(failure(code, [{ pointer, code }]));
      }
      const visit = toNext(record.visit, services.now(), {
        status: "DISCHARGED",
        dischargedAt: body.dischargedAt,
        dischargedBy: message.key,
      });
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
            releaseStay(services.db, visit),
            recordEvent(services.db, toClaimEvent("CLAIM_DISCHARGED", visit)),
          ],
        },
      };
    });
