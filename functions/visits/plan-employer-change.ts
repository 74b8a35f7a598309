import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { toEmployerMove } from "../../shared/domain/settlements/employer-move.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { recordEntry } from "../../shared/store/settlements/ledger-store.ts";
import { recordClaimOver } from "../../shared/store/visits/claim-store.ts";
import { type ChangeServices, toMarked } from "./visit-change.ts";

/** A visit that has gone over to an employer, and what is written of that beside the visit itself. */
export interface MovedVisit {
  readonly visit: Visit;
  readonly writes: readonly Write[];
}

/**
 * A visit goes over to another employer, with a bill that left the fund; nothing is written where it is that one's already.
 * Both hear of it, each by an event of its own; the hospital by the second. At most five writes beside the visit itself.
 */
export function planEmployerChange(
  { db, now }: ChangeServices,
  visit: Visit,
  employerUscc: string,
): MovedVisit {
  if (visit.employerUscc === employerUscc) return { visit, writes: [] };
  const left = toMarked(visit, now(), {});
  const next = toMarked(left, now(), { employerUscc });
  const farewell = { ...toClaimEvent("CLAIM_EMPLOYER_CORRECTED", left), hospitalCode: undefined };
  return {
    visit: next,
    writes: [
      recordClaimOver(db, next),
      ...toEmployerMove(visit, next).map((entry) => recordEntry(db, entry)),
      recordEvent(db, farewell),
      recordEvent(db, toClaimEvent("CLAIM_EMPLOYER_CORRECTED", next)),
    ],
  };
}
