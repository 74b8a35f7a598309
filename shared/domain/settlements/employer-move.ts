import type { Instant } from "../dates.ts";
import { type ServiceEvent, toClaimEvent } from "../events/service-event.ts";
import { settlementIdOf } from "../ids.ts";
import { negate } from "../money.ts";
import { toMarked } from "../visits/next-version.ts";
import type { Visit } from "../visits/visit.ts";
import { type LedgerEntry, postingsOf } from "./ledger-entry.ts";
import { swap } from "./posting.ts";

/**
 * The entries by which a bill that left the fund goes over with its visit to another employer: it is cleared on the accounts of
 * `from` and posted anew on those of `next`. Nothing else of a visit that goes over is on an employer's account.
 */
export function toEmployerMove(from: Visit, next: Visit): LedgerEntry[] {
  const released = next.standing.at(-1);
  if (released?.kind !== "RELEASE") return [];
  const settlementId = settlementIdOf(next.visitId, released.number);
  const entryOf = ({ hospitalCode, employerUscc, caseNo, visitId }: Visit, name: string) => ({
    ...{ entryId: `${visitId}-v${next.version}-${name}`, at: next.updatedAt },
    ...{ hospitalCode, employerUscc, caseNo, visitId, settlementId },
  });
  return [
    {
      ...entryOf(from, "LEFT"),
      kind: "CLEARANCE",
      reverses: settlementId,
      total: negate(released.total),
      postings: postingsOf("RELEASE", from, released).map(swap),
    },
    {
      ...entryOf(next, "JOINED"),
      kind: "RELEASE",
      total: released.total,
      allocation: released.allocation,
      postings: postingsOf("RELEASE", next, released),
    },
  ];
}

/** A visit that has gone over to an employer, with what is recorded and told of that. */
export interface EmployerMove {
  readonly visit: Visit;
  readonly entries: readonly LedgerEntry[];
  readonly events: readonly ServiceEvent[];
}

/**
 * A visit goes over to another employer, with a bill that left the fund; nothing is recorded where it is that one's already.
 * Both hear of it, each by an event of its own; the hospital by the second.
 */
export function moveToEmployer(visit: Visit, employerUscc: string, at: Instant): EmployerMove {
  if (visit.employerUscc === employerUscc) return { visit, entries: [], events: [] };
  const left = toMarked(visit, at, {});
  const next = toMarked(left, at, { employerUscc });
  const farewell = { ...toClaimEvent("CLAIM_EMPLOYER_CORRECTED", left), hospitalCode: undefined };
  return {
    visit: next,
    entries: toEmployerMove(visit, next),
    events: [farewell, toClaimEvent("CLAIM_EMPLOYER_CORRECTED", next)],
  };
}
