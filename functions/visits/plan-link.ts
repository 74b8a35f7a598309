import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { type InjuryCase, pricedInjuries } from "../../shared/domain/registry/injury-case.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { checkCase } from "../../shared/store/registry/registry-store.ts";
import { fileVisit, settleEmployer } from "../../shared/store/visits/case-visits.ts";
import { recordClaim } from "../../shared/store/visits/claim-store.ts";
import { saveVisitAndDetails } from "../../shared/store/visits/visit-store.ts";
import { type ChangeServices, toMarked, type VisitChange } from "./visit-change.ts";

/** Links a visit that was taken in on the employer's notice to the case that it waited for. */
export function planLink(
  { db, now }: ChangeServices,
  { visit, details }: VisitAndDetails,
  injuryCase: InjuryCase,
): Result<VisitChange, Failure> {
  if (visit.caseNo !== undefined) return err(failure("VISIT_HAS_CASE"));
  if (visit.status === "CANCELLED") return err(failure("VISIT_CANCELLED"));
  if (visit.workerId !== injuryCase.workerId) return err(failure("CASE_OF_ANOTHER_WORKER"));
  if (dayOf(visit.admittedAt) < injuryCase.injuredOn) return err(failure("BEFORE_INJURY"));
  const { caseNo, employerUscc, injuredOn } = injuryCase;
  const next = toMarked(visit, now(), { caseNo, employerUscc, injuredOn });
  const injuries = pricedInjuries(injuryCase);
  const nextDetails = { ...details, injuries };
  return ok({
    visit: next,
    details: nextDetails,
    writes: [
      ...saveVisitAndDetails(db, next, nextDetails),
      fileVisit(db, next),
      ...(next.employerUscc === visit.employerUscc ? [] : [recordClaim(db, next)]),
      settleEmployer(db, injuryCase),
      checkCase(db, injuryCase),
      recordEvent(db, toClaimEvent("CLAIM_LINKED", next)),
    ],
  });
}
