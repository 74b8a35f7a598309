import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { refuse, succeed } from "../../shared/domain/result.ts";
import { checkVerb } from "../../shared/domain/visit/visit.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { findVisitRecord, saveVisit } from "../../shared/store/visit-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { settledUntilOf } from "../settlement/bill.ts";
import { toNext } from "../settlement/visit-change.ts";
import { planStay } from "../visit/plan-stay.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import type { agencyOperations } from "./operations.ts";

type Call = MessageCallOf<typeof agencyOperations.releaseBed>;

/**
 * Frees the bed of a stay that its hospital forgot to end, so that the worker can be admitted elsewhere. The stay itself
 * stays as it is, without a bed from then on: its hospital goes on mending, discharging and settling it.
 */
export const releaseBed =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db, now } = services;
      const { visitId } = call.params;
      const hospital = await hospitalOfVisit(db, visitId);
      if (!hospital.ok) return hospital;
      const record = await findVisitRecord(db, hospital.value, visitId);
      if (record === undefined) return refuse(failure("VISIT_NOT_FOUND"));
      const { visit } = record;
      const refused = checkVerb(visit, "DISCHARGE");
      if (refused !== undefined) return refuse(refused);
      if (visit.bedReleasedAt !== undefined) return refuse(failure("BED_NOT_HELD"));
      const at = now();
      const settledUntil = settledUntilOf(record);
      const stay = await planStay(db, toNext(visit, at, { bedReleasedAt: at, settledUntil }));
      if (!stay.ok) return stay;
      const next = stay.value.visit;
      return succeed({
        subject: visitId,
        value: { visitId, hospitalCode: next.hospitalCode, status: next.status, bedReleasedAt: at },
        writes: [
          saveVisit(db, next),
          ...stay.value.writes,
          recordEvent(db, toClaimEvent("CLAIM_BED_RELEASED", next)),
        ],
        reason: call.body.reason,
      });
    });
