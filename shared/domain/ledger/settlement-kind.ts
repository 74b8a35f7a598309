import { dayOf } from "../dates.ts";
import { findAuthorisation } from "../eligibility/check-eligibility.ts";
import { type Failure, failure } from "../failures.ts";
import { decisionOf, type InjuryCase } from "../registry/injury-case.ts";
import { type Result, refuse, succeed } from "../result.ts";
import type { BlockingCode, StandingKind, Visit } from "../visit/visit.ts";

/**
 * Why a visit that was taken in before the decision is not the fund's although the case is recognised; what was
 * taken in afterwards was checked then.
 */
export function checkGuarantee(visit: Visit, injuryCase: InjuryCase): BlockingCode | undefined {
  if (visit.guarantee === "DIRECT") return undefined;
  if (injuryCase.thirdPartyLiability) return "THIRD_PARTY_LIABILITY";
  const { visitType, hospitalCode, admittedAt } = visit;
  const found = findAuthorisation(injuryCase, {
    visitType,
    hospitalCode,
    serviceDay: dayOf(admittedAt),
  });
  return typeof found === "string" ? found : undefined;
}

/**
 * What settling a visit comes to under its case as it stands: what was asked for where the injury is recognised,
 * waiting where it is not decided yet, release where it was refused. A visit without a case waits for one. Only a
 * final settlement can wait or be released.
 */
export function decideKind(
  asked: "FINAL" | "INTERIM",
  visit: Visit,
  injuryCase: InjuryCase | undefined,
): Result<StandingKind, Failure> {
  const decision = injuryCase === undefined ? "UNDECIDED" : decisionOf(injuryCase);
  if (injuryCase === undefined || decision === "UNDECIDED") {
    const canWait = asked === "FINAL" && visit.status !== "DEFERRED" && visit.status !== "RELEASED";
    return canWait ? succeed("DEFERRED") : refuse(failure("CASE_UNDECIDED"));
  }
  if (decision === "REFUSED") {
    const canRelease = asked === "FINAL" && visit.status !== "RELEASED";
    return canRelease ? succeed("RELEASE") : refuse(failure("CASE_NOT_RECOGNISED"));
  }
  const refused = checkGuarantee(visit, injuryCase);
  return refused === undefined ? succeed(asked) : refuse(failure(refused));
}
