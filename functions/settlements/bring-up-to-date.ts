import { jobAuditContext } from "../../shared/domain/audit/audit-entry.ts";
import type { CaseFacts } from "../../shared/domain/visits/conditions.ts";
import type { VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import type { VisitKey } from "../../shared/store/kit/keys.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { type FactsKey, findCaseFacts } from "../../shared/store/registry/case-facts-store.ts";
import { findVisit } from "../../shared/store/visits/visit-store.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import { planLink } from "../visits/plan-link.ts";
import { type JobServices, mayNeedAnotherStep, planClaimStep } from "./plan-claim-step.ts";

interface Step {
  readonly writes: readonly Write[] | "CHANGED";
  /** Whether another step may be left to take once this one is. */
  readonly mayNeedAnotherStep: boolean;
}

/** Steps of a visit until nothing is left to do; each reads visit and case anew, which may have changed meanwhile. */
async function takeClaimSteps(
  services: JobServices,
  { visitId, hospitalCode }: VisitKey,
  key: FactsKey,
  decide: (found: VisitAndDetails, facts: CaseFacts, attempt: number) => Promise<Step>,
): Promise<void> {
  const { db } = services;
  const trail = jobAuditContext("follow-case-decision", visitId);
  const takeOne = async (number: number): Promise<"DONE" | "MORE" | "AGAIN"> => {
    const [found, facts] = await Promise.all([findVisit(db, hospitalCode, visitId), findCaseFacts(db, key)]);
    if (found === undefined || facts === undefined) return "DONE";
    const step = await decide(found, facts, number);
    const { writes } = step;
    if (writes === "CHANGED") return "AGAIN";
    if (writes.length === 0) return "DONE";
    const commit = await commitChange(db, { ...trail, subject: visitId, at: services.now() }, writes);
    if (commit.kind !== "COMMITTED") return "AGAIN";
    return step.mayNeedAnotherStep ? "MORE" : "DONE";
  };
  for (let isLeft = true; isLeft; ) {
    const taken = await retryOnConflict(services, trail, takeOne);
    if (!taken.ok) throw new Error(`visit ${visitId} could not be brought up to date`);
    isLeft = taken.value === "MORE";
  }
}

/** Brings a visit to where its case has it, as case, worker and employer stand now. */
export function bringUpToDate(services: JobServices, visit: VisitKey, key: FactsKey): Promise<void> {
  const firstShard = services.pickShard();
  return takeClaimSteps(services, visit, key, async (found, facts, number) => ({
    writes: await planClaimStep(services, found, facts, firstShard + number),
    mayNeedAnotherStep: mayNeedAnotherStep(found.visit, facts.injuryCase),
  }));
}

/** A visit that was taken in on notice of the very injury that a case is about gets its case. */
export function link(services: JobServices, visit: VisitKey, key: FactsKey): Promise<void> {
  return takeClaimSteps(services, visit, key, async (found, { injuryCase }) => {
    const linked = planLink(services, found, injuryCase);
    return { writes: linked.ok ? linked.value.writes : [], mayNeedAnotherStep: false };
  });
}
