import type { Day, Instant } from "../dates.ts";
import { toClaimEvent } from "../events/service-event.ts";
import { toMarked } from "../visits/next-version.ts";
import type { Visit } from "../visits/visit.ts";
import type { FactsWithoutSettlement } from "./claim-facts.ts";

/**
 * That the decision which a claim waits for is past its legal time, of which `dueOn` was the last day. Undefined where it no longer
 * waits, or was told of for that day.
 */
export function decideOverdue(
  before: Visit,
  dueOn: Day | undefined,
  now: Instant,
): FactsWithoutSettlement | undefined {
  if (before.status !== "DEFERRED" || before.overdueSince === dueOn) return undefined;
  const visit = toMarked(before, now, { overdueSince: dueOn });
  return { before, visit, entries: [], events: [toClaimEvent("CLAIM_OVERDUE", visit)], restsOn: {} };
}
