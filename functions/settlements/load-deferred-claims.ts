import { findPolicy } from "../../shared/domain/catalogue/policy.ts";
import { type Day, dayOf } from "../../shared/domain/dates.ts";
import { type DeferredClaim, toDeferredClaim } from "../../shared/domain/reports/deferred-claim.ts";
import { findCases } from "../../shared/store/registry/registry-store.ts";
import { readDeferredVisits } from "../../shared/store/settlements/deferred-store.ts";
import type { Services } from "../kit/services.ts";

/** Every claim that waits for a decision, with what its case and its policy say about how long, on a day. */
export async function loadDeferredClaims(
  { db, references }: Pick<Services, "db" | "references">,
  today: Day,
): Promise<DeferredClaim[]> {
  const [visits, reference] = await Promise.all([readDeferredVisits(db), references.load([])]);
  const keys = visits.flatMap(({ workerId, caseNo }) => (caseNo === undefined ? [] : [{ workerId, caseNo }]));
  const cases = new Map((await findCases(db, keys)).map((each) => [each.caseNo, each]));
  return visits.map((visit) => {
    const injuryCase = visit.caseNo === undefined ? undefined : cases.get(visit.caseNo);
    const policy = findPolicy(reference.policies, dayOf(visit.admittedAt));
    return toDeferredClaim(visit, injuryCase, policy ?? {}, today);
  });
}
