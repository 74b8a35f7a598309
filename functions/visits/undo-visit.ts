import * as z from "zod/mini";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { moveToEmployer } from "../../shared/domain/settlements/employer-move.ts";
import { isRepaid } from "../../shared/domain/settlements/repayment.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb, revisionOf, type Visit, type VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import { outcomes } from "../../shared/domain/visits/visit-requests.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { StoredInstant } from "../../shared/store/kit/stored-fields.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import {
  findVisit,
  findVisitIdOfNumber,
  saveVisit,
  saveVisitAndDetails,
  takeVisitNumberAgain,
} from "../../shared/store/visits/visit-store.ts";
import { undoDischarge } from "./cancel-discharge.ts";
import { undoRegistration } from "./cancel-visit.ts";
import { planStay } from "./plan-stay.ts";
import { readmit } from "./readmit.ts";
import type { Cancelling, UndoPlan } from "./undo-plan.ts";
import type { ChangeServices, VisitChange } from "./visit-change.ts";

const onVisit =
  (
    change: (
      services: ChangeServices,
      found: VisitAndDetails,
      cancelling: Cancelling,
    ) => Promise<Result<VisitChange, Failure>>,
  ): UndoPlan =>
  async (services, cancelling) => {
    const found = await findVisit(services.db, cancelling.hospitalCode, cancelling.message.subject);
    return found === undefined ? err(failure("VISIT_NOT_FOUND")) : change(services, found, cancelling);
  };

const UndoneDischarge = z.object({
  version: z.number(),
  dischargedAt: StoredInstant,
  dischargedBy: z.optional(z.string()),
  outcome: z.optional(z.enum(outcomes)),
});
const UndoneRegistration = z.object({ version: z.number() });

/** What was undone is done again, as long as nothing else was done to the visit since: marks of the jobs do not count. */
const isUnchanged = (visit: Visit, undone: { readonly version: number }): boolean =>
  revisionOf(visit) === undone.version;

export const undoRegisterVisit = onVisit(undoRegistration);

/** The worker may have been discharged again since, by another message: that one stands. */
export const undoDischargeWorker = onVisit(async (services, found, { message }) =>
  found.visit.status === "DISCHARGED" && found.visit.dischargedBy !== message.key
    ? err(failure("VISIT_CHANGED_SINCE"))
    : undoDischarge(services, found),
);

/** The discharge holds again. */
export const undoCancelDischarge = onVisit(async ({ db, now }, { visit, details }, { message }) => {
  const undone = UndoneDischarge.parse(message.undo);
  if (!isUnchanged(visit, undone)) return err(failure("VISIT_CHANGED_SINCE"));
  const { dischargedAt, dischargedBy, outcome } = undone;
  const stay = await planStay(db, toNext(visit, now(), { status: "DISCHARGED", dischargedAt, dischargedBy }));
  if (!stay.ok) return stay;
  const next = stay.value.visit;
  const nextDetails = { ...details, outcome };
  return ok({
    visit: next,
    details: nextDetails,
    writes: [
      ...saveVisitAndDetails(db, next, nextDetails),
      ...stay.value.writes,
      recordEvent(db, toClaimEvent("CLAIM_RESTORED", next)),
    ],
  });
});

const RecordedAdvance = z.object({ receipt: z.string() });

/** The advance is as if it had not been recorded, as long as nothing has paid it back. */
export const undoRecordAdvance = onVisit(async ({ db, now }, { visit, details }, { message }) => {
  const refused = checkVerb(visit, "RECORD_ADVANCE");
  if (refused !== undefined) return err(refused);
  const { receipt } = RecordedAdvance.parse(message.undo);
  if (isRepaid(visit, receipt)) return err(failure("ADVANCE_REPAID"));
  const advances = visit.advances?.filter((each) => each.receipt !== receipt);
  const next = toNext(visit, now(), { advances });
  return ok({ visit: next, details, writes: [saveVisit(db, next)] });
});

/**
 * The registration holds again, if its number and the worker's bed are still free and the worker would be taken in today: under the
 * case as it stands, whose the visit is by then.
 */
export const undoCancelVisit: UndoPlan = async (services, cancelling) => {
  const { db, now } = services;
  const { hospitalCode, message } = cancelling;
  const found = await findVisit(db, hospitalCode, message.subject);
  if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
  const { visit, details } = found;
  const undone = UndoneRegistration.parse(message.undo);
  if (!isUnchanged(visit, undone)) return err(failure("VISIT_CHANGED_SINCE"));
  const [takenBy, admission] = await Promise.all([
    findVisitIdOfNumber(db, hospitalCode, visit.hospitalVisitNo),
    readmit(services, found),
  ]);
  if (takenBy !== undefined) return err({ ...failure("VISIT_NUMBER_TAKEN"), visitId: takenBy });
  if (!admission.ok) return admission;
  const { guarantee, employerUscc, injuredOn, injuries, restsOn } = admission.value;
  const at = now();
  const moved = moveToEmployer(visit, employerUscc, at);
  const open = toNext(moved.visit, at, { status: "OPEN", guarantee, injuredOn });
  const stay = await planStay(db, open);
  if (!stay.ok) return stay;
  const next = stay.value.visit;
  const nextDetails = { ...details, injuries };
  return ok({
    visit: next,
    details: nextDetails,
    writes: [
      ...recordFacts(db, {
        before: visit,
        visit: next,
        details: nextDetails,
        entries: moved.entries,
        events: [...moved.events, toClaimEvent("CLAIM_RESTORED", next)],
        restsOn,
      }),
      takeVisitNumberAgain(db, visit),
      ...stay.value.writes,
    ],
  });
};
