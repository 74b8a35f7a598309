import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import {
  checkVerb,
  revisionOf,
  type Visit,
  type VisitAndDetails,
  type VisitDetails,
} from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { findVisit, saveVisitAndDetails } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { cancelDischargeContract } from "./cancel-discharge.contract.ts";
import { planStay } from "./plan-stay.ts";
import type { ChangeServices, VisitChange } from "./visit-change.ts";
import { toVisitView } from "./visit-view.ts";

type Call = MessageCallOf<typeof cancelDischargeContract>;

/** What it takes to discharge again as before, as long as nothing else has changed since. */
export interface UndoneDischarge {
  /** Of the visit, counted without marks (`revisionOf`). */
  readonly version: number;
  readonly dischargedAt: Visit["dischargedAt"];
  readonly dischargedBy: Visit["dischargedBy"];
  readonly outcome: VisitDetails["outcome"];
}

/** Puts the worker back into the bed, unless the worker has found another one meanwhile. */
export async function undoDischarge(
  { db, now }: ChangeServices,
  { visit, details }: VisitAndDetails,
): Promise<Result<VisitChange, Failure>> {
  const refused = checkVerb(visit, "CANCEL_DISCHARGE");
  if (refused !== undefined) return err(refused);
  const left = { status: "OPEN", dischargedAt: undefined, dischargedBy: undefined } as const;
  const stay = await planStay(db, toNext(visit, now(), left));
  if (!stay.ok) return stay;
  const next = stay.value.visit;
  const nextDetails = { ...details, outcome: undefined };
  return ok({
    visit: next,
    details: nextDetails,
    writes: [
      ...saveVisitAndDetails(db, next, nextDetails),
      ...stay.value.writes,
      recordEvent(db, toClaimEvent("CLAIM_DISCHARGE_CANCELLED", next)),
    ],
  });
}

/** Takes a discharge back: the stay is open again. */
export const cancelDischarge =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const found = await findVisit(services.db, call.caller.institution, call.params.visitId);
      if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
      const change = await undoDischarge(services, found);
      if (!change.ok) return change;
      const { visit, details, writes } = change.value;
      const undo: UndoneDischarge = {
        version: revisionOf(visit),
        dischargedAt: found.visit.dischargedAt,
        dischargedBy: found.visit.dischargedBy,
        outcome: found.details.outcome,
      };
      return ok({ subject: visit.visitId, value: toVisitView(visit, details), writes, undo });
    });
