import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { settledUntilOf } from "../../shared/domain/settlements/bill.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { findVisitRecord, saveVisit } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import { planStay } from "./plan-stay.ts";
import type { releaseBedContract } from "./release-bed.contract.ts";

type Call = MessageCallOf<typeof releaseBedContract>;

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
      if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
      const { visit } = record;
      const refused = checkVerb(visit, "DISCHARGE");
      if (refused !== undefined) return err(refused);
      if (visit.bedReleasedAt !== undefined) return err(failure("BED_NOT_HELD"));
      const at = now();
      const settledUntil = settledUntilOf(record);
      const stay = await planStay(db, toNext(visit, at, { bedReleasedAt: at, settledUntil }));
      if (!stay.ok) return stay;
      const next = stay.value.visit;
      return ok({
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
