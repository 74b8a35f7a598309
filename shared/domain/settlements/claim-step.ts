import { decisionOf, type InjuryCase } from "../registry/injury-case.ts";
import type { Visit } from "../visits/visit.ts";
import { fundPartOf, recoverableOf } from "./recovery.ts";

/**
 * What a case as it stands asks of one of its visits. GUARANTEE: from now on the fund pays. SETTLE: what waited
 * or was released is settled, or what waits is released. RECOVER: the fund is owed back what it settled before
 * the recognition was revoked; FORGIVE: it no longer is. REFRESH: the visit is priced by the case's injuries.
 * UNBLOCK: what was in the way of paying no longer is, as there is nothing to pay.
 */
export type ClaimStep = "GUARANTEE" | "SETTLE" | "RECOVER" | "FORGIVE" | "REFRESH" | "UNBLOCK" | "NONE";

const isUnderTreatment = ({ status }: Visit): boolean => status === "OPEN" || status === "DISCHARGED";

function stepOnRecognition(visit: Visit): ClaimStep {
  if (visit.recoverable !== undefined) return "FORGIVE";
  switch (visit.status) {
    case "DEFERRED":
    case "RELEASED":
      return visit.takenBack === "FINAL" ? "NONE" : "SETTLE";
    case "OPEN":
    case "DISCHARGED":
      return visit.guarantee === "PROVISIONAL" ? "GUARANTEE" : "REFRESH";
    case "SETTLED":
    case "CANCELLED":
      return "NONE";
  }
}

function stepOnRefusal(visit: Visit): ClaimStep {
  if (visit.status === "DEFERRED" && visit.takenBack !== "RELEASE") return "SETTLE";
  if (fundPartOf(visit) > recoverableOf(visit)) return "RECOVER";
  return visit.blockedBy === undefined ? "NONE" : "UNBLOCK";
}

/** The one step that brings a visit to where its case has it; NONE where it is there already. */
export function decideStep(visit: Visit, injuryCase: Pick<InjuryCase, "status" | "closedAs">): ClaimStep {
  switch (decisionOf(injuryCase)) {
    case "RECOGNISED":
      return stepOnRecognition(visit);
    case "REFUSED":
      return stepOnRefusal(visit);
    case "UNDECIDED":
      return isUnderTreatment(visit) || visit.blockedBy !== undefined ? "REFRESH" : "NONE";
  }
}

/**
 * What was forgiven is still to be settled; of a stay settled in part, the fund's part is still to be recovered; what is
 * recovered is no longer in anybody's way.
 */
export function mayNeedAnotherStep(
  visit: Visit,
  injuryCase: Pick<InjuryCase, "status" | "closedAs">,
): boolean {
  const step = decideStep(visit, injuryCase);
  if (step === "RECOVER") return visit.blockedBy !== undefined;
  return step === "FORGIVE" || (step === "SETTLE" && visit.standing.some(({ kind }) => kind === "INTERIM"));
}
