import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import type { Visit } from "../../shared/domain/visit/visit.ts";
import { recordClaimOver } from "../../shared/store/claim-store.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import type { Write } from "../../shared/store/transaction.ts";
import { saveVisitOver } from "../../shared/store/visit-store.ts";
import { type ChangeServices, toNext } from "./visit-change.ts";

/** A visit goes over to another employer. Both hear of it, each by an event of its own; the hospital by the second. */
export function planEmployerChange(
  { db, now }: ChangeServices,
  visit: Visit,
  employerUscc: string,
): readonly Write[] {
  const left = toNext(visit, now(), {});
  const next = toNext(left, now(), { employerUscc });
  const farewell = { ...toClaimEvent("CLAIM_EMPLOYER_CORRECTED", left), hospitalCode: undefined };
  return [
    saveVisitOver(db, next, visit.version),
    recordClaimOver(db, next),
    recordEvent(db, farewell),
    recordEvent(db, toClaimEvent("CLAIM_EMPLOYER_CORRECTED", next)),
  ];
}
