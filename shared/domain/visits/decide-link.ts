import { dayOf, type Instant } from "../dates.ts";
import { toClaimEvent } from "../events/service-event.ts";
import { type Failure, failure } from "../failures.ts";
import { type InjuryCase, pricedInjuries } from "../registry/injury-case.ts";
import { err, ok, type Result } from "../result.ts";
import type { FactsWithoutSettlement } from "../settlements/claim-facts.ts";
import { toMarked } from "./next-version.ts";
import type { VisitAndDetails } from "./visit.ts";

/**
 * Links a visit that was taken in on the employer's notice to the case that it waited for. Fails where it has one, is cancelled,
 * or the case is another worker's or of a later injury.
 */
export function decideLink(
  { visit: before, details }: VisitAndDetails,
  injuryCase: InjuryCase,
  now: Instant,
): Result<FactsWithoutSettlement, Failure> {
  if (before.caseNo !== undefined) return err(failure("VISIT_HAS_CASE"));
  if (before.status === "CANCELLED") return err(failure("VISIT_CANCELLED"));
  if (before.workerId !== injuryCase.workerId) return err(failure("CASE_OF_ANOTHER_WORKER"));
  if (dayOf(before.admittedAt) < injuryCase.injuredOn) return err(failure("BEFORE_INJURY"));
  const { caseNo, employerUscc, injuredOn } = injuryCase;
  const visit = toMarked(before, now, { caseNo, employerUscc, injuredOn });
  return ok({
    before,
    visit,
    details: { ...details, injuries: pricedInjuries(injuryCase) },
    entries: [],
    events: [toClaimEvent("CLAIM_LINKED", visit)],
    restsOn: { caseAsRead: injuryCase, caseParties: injuryCase },
  });
}
