import { dayOf } from "../dates.ts";
import { type Failure, failure } from "../failures.ts";
import { decisionOf } from "../registry/injury-case.ts";
import { err, ok, type Result } from "../result.ts";
import { type CaseFacts, findBlock } from "../visits/conditions.ts";
import type { BlockingCode, StandingKind, Visit } from "../visits/visit.ts";

/** Why a visit is not the fund's although its case is recognised, whatever was true when it was taken in. */
export function checkGuarantee(
  { visitType, hospitalCode, admittedAt }: Visit,
  facts: CaseFacts,
): BlockingCode | undefined {
  return findBlock(facts, { visitType, hospitalCode, serviceDay: dayOf(admittedAt) });
}

/** What a settlement comes to; `blockedBy` where it waits although its case is recognised. */
export interface SettlementDecision {
  readonly kind: StandingKind;
  readonly blockedBy?: BlockingCode;
}

/**
 * What settling a visit comes to under its case as things stand: what was asked for where the injury is recognised and
 * nothing is in the way, waiting where it is not decided yet or something is, release where it was refused. A visit
 * without a case waits for one. Only a final settlement can wait or be released.
 */
export function decideKind(
  asked: "FINAL" | "INTERIM",
  visit: Visit,
  facts: CaseFacts | undefined,
): Result<SettlementDecision, Failure> {
  const decision = facts === undefined ? "UNDECIDED" : decisionOf(facts.injuryCase);
  const canWait = asked === "FINAL" && visit.status !== "DEFERRED" && visit.status !== "RELEASED";
  if (facts === undefined || decision === "UNDECIDED")
    return canWait ? ok({ kind: "DEFERRED" }) : err(failure("CASE_UNDECIDED"));
  if (decision === "REFUSED") {
    const canRelease = asked === "FINAL" && visit.status !== "RELEASED";
    return canRelease ? ok({ kind: "RELEASE" }) : err(failure("CASE_NOT_RECOGNISED"));
  }
  const blockedBy = checkGuarantee(visit, facts);
  if (blockedBy === undefined) return ok({ kind: asked });
  return canWait ? ok({ kind: "DEFERRED", blockedBy }) : err(failure(blockedBy));
}
