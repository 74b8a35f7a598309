import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb, revisionOf, type VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { findVisit, releaseVisitNumber, saveVisit } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { cancelVisitContract } from "./cancel-visit.contract.ts";
import { planNoStay } from "./plan-stay.ts";
import type { ChangeServices, VisitChange } from "./visit-change.ts";
import { toVisitView } from "./visit-view.ts";

type Call = MessageCallOf<typeof cancelVisitContract>;

/** Ends a visit of which nothing is settled; its bed and its number are free again. */
export async function undoRegistration(
  { db, now }: ChangeServices,
  { visit, details }: VisitAndDetails,
): Promise<Result<VisitChange, Failure>> {
  const refused = checkVerb(visit, "CANCEL");
  if (refused !== undefined) return err(refused);
  const next = toNext(visit, now(), { status: "CANCELLED", blockedBy: undefined });
  return ok({
    visit: next,
    details,
    writes: [
      saveVisit(db, next),
      releaseVisitNumber(db, visit),
      ...(await planNoStay(db, visit)),
      recordEvent(db, toClaimEvent("CLAIM_CANCELLED", next)),
    ],
  });
}

/** Takes a registration back, with whatever lines were uploaded. */
export const cancelVisit =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const found = await findVisit(services.db, call.caller.institution, call.params.visitId);
      if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
      const change = await undoRegistration(services, found);
      if (!change.ok) return change;
      const { visit, details, writes } = change.value;
      return ok({
        subject: visit.visitId,
        value: toVisitView(visit, details),
        writes,
        undo: { version: revisionOf(visit) },
      });
    });
