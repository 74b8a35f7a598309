import { jobAuditContext } from "../../shared/domain/audit/audit-entry.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { unsettledLines } from "../../shared/domain/settlements/bill.ts";
import type { ClaimFacts } from "../../shared/domain/settlements/claim-facts.ts";
import { decideStep } from "../../shared/domain/settlements/claim-step.ts";
import { type ClaimStepInputs, decideClaimStep } from "../../shared/domain/settlements/decide-claim-step.ts";
import { decideLink } from "../../shared/domain/visits/decide-link.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import type { VisitKey } from "../../shared/store/kit/keys.ts";
import {
  type FactsKey,
  findCaseFacts,
  findCaseFactsAndVersion,
} from "../../shared/store/registry/case-facts-store.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { findVisit, findVisitRecord } from "../../shared/store/visits/visit-store.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";

export type JobServices = Pick<Services, "db" | "references" | "logger" | "now" | "pickShard">;

/** How a step ended: another may be due, or somebody else wrote in between. */
type Step = "DONE" | "MORE" | "AGAIN";

/** Steps of a visit until nothing is left to do. */
async function takeSteps(
  services: JobServices,
  { visitId }: VisitKey,
  takeOne: (attempt: number) => Promise<Step>,
): Promise<void> {
  const trail = jobAuditContext("follow-case-decision", visitId);
  for (let isLeft = true; isLeft; ) {
    const taken = await retryOnConflict(services, trail, takeOne);
    if (!taken.ok) throw new Error(`visit ${visitId} could not be brought up to date`);
    isLeft = taken.value === "MORE";
  }
}

async function commitFacts({ db, now }: JobServices, facts: ClaimFacts, shard: number): Promise<boolean> {
  const { visitId } = facts.visit;
  const trail = { ...jobAuditContext("follow-case-decision", visitId), subject: visitId, at: now() };
  return (await commitChange(db, trail, recordFacts(db, facts, shard))).kind === "COMMITTED";
}

/**
 * A visit and its case as they stand, in one round trip. With its bill it is one more where memory lacks something of the
 * catalogue. Undefined where either is gone.
 */
async function loadClaim(
  { db, references }: JobServices,
  { hospitalCode, visitId }: VisitKey,
  key: FactsKey,
  withBill: boolean,
): Promise<ClaimStepInputs | undefined> {
  if (!withBill) {
    const [found, facts] = await Promise.all([findVisit(db, hospitalCode, visitId), findCaseFacts(db, key)]);
    return found === undefined || facts === undefined ? undefined : { found, facts };
  }
  const [record, { facts, version }] = await Promise.all([
    findVisitRecord(db, hospitalCode, visitId),
    findCaseFactsAndVersion(db, key),
  ]);
  if (record === undefined || facts === undefined) return undefined;
  const itemCodes = unsettledLines(record).map(({ itemCode }) => itemCode);
  const reference = await references.load(itemCodes, version);
  const { lines, usedBefore } = record;
  return { found: record, facts, bill: { lines, usedBefore, reference } };
}

/**
 * Brings a visit to where its case has it, as case, worker and employer stand now. What the caller found of both only tells
 * whether the bill is to be read with them: they may have changed since.
 */
export function bringUpToDate(services: JobServices, visit: Visit, injuryCase: InjuryCase): Promise<void> {
  const firstShard = services.pickShard();
  let withBill = decideStep(visit, injuryCase) === "SETTLE";
  return takeSteps(services, visit, async (attempt) => {
    const loaded = await loadClaim(services, visit, injuryCase, withBill);
    if (loaded === undefined) return "DONE";
    const decided = decideClaimStep(loaded, services.now());
    if (decided.kind === "NONE") return "DONE";
    if (decided.kind === "BILL_NEEDED") {
      withBill = true;
      return "MORE";
    }
    if (!(await commitFacts(services, decided.facts, firstShard + attempt))) return "AGAIN";
    return decided.mayNeedAnotherStep ? "MORE" : "DONE";
  });
}

/** A visit that was taken in on notice of the very injury that a case is about gets its case. */
export function link(services: JobServices, visit: VisitKey, key: FactsKey): Promise<void> {
  return takeSteps(services, visit, async (attempt) => {
    const loaded = await loadClaim(services, visit, key, false);
    if (loaded === undefined) return "DONE";
    const linked = decideLink(loaded.found, loaded.facts.injuryCase, services.now());
    if (!linked.ok) return "DONE";
    return (await commitFacts(services, linked.value, attempt)) ? "DONE" : "AGAIN";
  });
}
