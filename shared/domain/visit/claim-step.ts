import type { InjuryCase } from "../registry/injury-case.ts";
import { settledAmounts, type Visit } from "./visit.ts";

/**
 * What a case as it stands asks of one of its visits. GUARANTEE: from now on the fund pays. SETTLE: what waited
 * or was released is settled, or what waits is released. RECOVER: the fund is owed back what it settled before
 * the recognition was revoked; FORGIVE: it no longer is. REFRESH: the visit is priced by the case's injuries.
 */
export type ClaimStep = "GUARANTEE" | "SETTLE" | "RECOVER" | "FORGIVE" | "REFRESH" | "NONE";

function stepOnRecognition(visit: Visit): ClaimStep {
  if (visit.recoverable !== undefined) return "FORGIVE";
  switch (visit.status) {
    case "DEFERRED":
    case "RELEASED":
      return "SETTLE";
    case "OPEN":
    case "DISCHARGED":
      return visit.guarantee === "PROVISIONAL" ? "GUARANTEE" : "REFRESH";
    case "SETTLED":
    case "CANCELLED":
      return "NONE";
  }
}

function stepOnRefusal(visit: Visit): ClaimStep {
  if (visit.status === "DEFERRED") return "SETTLE";
  const fund = settledAmounts(visit)?.allocation.fund ?? 0;
  return fund > (visit.recoverable ?? 0) ? "RECOVER" : "NONE";
}

/** The one step that brings a visit to where its case has it; NONE where it is there already. */
export function decideStep(visit: Visit, { status }: Pick<InjuryCase, "status">): ClaimStep {
  switch (status) {
    case "RECOGNISED":
      return stepOnRecognition(visit);
    case "NOT_RECOGNISED":
    case "REVOKED":
      return stepOnRefusal(visit);
    case "APPLIED":
    case "ACCEPTED":
    case "SUSPENDED":
      return visit.status === "OPEN" || visit.status === "DISCHARGED" ? "REFRESH" : "NONE";
    case "CLOSED":
      return "NONE";
  }
}
