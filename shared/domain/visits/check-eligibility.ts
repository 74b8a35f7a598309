import { covers, type Day } from "../dates.ts";
import type { Employer } from "../registry/employer.ts";
import type { Hospital } from "../registry/hospital.ts";
import type { Authorisation, InjuryCase } from "../registry/injury-case.ts";
import { isUndecided, isWithinInjuries } from "../registry/injury-case.ts";
import type { Worker } from "../registry/worker.ts";
import { isStay, type VisitType } from "../visit-type.ts";
import { failedOfCase, findAuthorisation } from "./conditions.ts";

/** Why a worker is not treated at the fund's cost (domain.md section 3). */
export const refusalCodes = [
  "WORKER_UNKNOWN",
  "BENEFIT_FROZEN",
  "NO_CASE",
  "CASE_NOT_RECOGNISED",
  "CASE_CLOSED",
  "THIRD_PARTY_LIABILITY",
  "EMPLOYER_NOT_INSURED",
  "NOT_AUTHORISED",
  "AUTHORISATION_EXPIRED",
  "HOSPITAL_NOT_AUTHORISED",
  "AGREEMENT_INACTIVE",
  "SERVICE_NOT_OFFERED",
  "BEFORE_INJURY",
  "DIAGNOSIS_OUTSIDE_CASE",
  "ADMITTED_ELSEWHERE",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  /** Absent where the refusal is not about one case. */
  readonly caseNo?: string;
  readonly code: RefusalCode;
}

export interface EligibilityQuestion {
  readonly hospital: Hospital;
  /** `NOT_READ` of one who is known, where the hospital named a case that is not the worker's. */
  readonly worker: Worker | "NOT_READ" | undefined;
  /** The worker's cases, or the one that the hospital named. */
  readonly cases: readonly InjuryCase[];
  readonly findEmployer: (uscc: string) => Employer | undefined;
  readonly visitType: VisitType;
  readonly serviceDay: Day;
  /** The day on which it is asked. */
  readonly today: Day;
  /** Given at registration; not known at an eligibility check. */
  readonly diagnosisCodes?: readonly string[];
  /** Whether the worker is in a bed, or was on that day in one that was left later. */
  readonly hasOpenStay: boolean;
}

/** One case under which the worker may be treated, and until when. */
export interface Entitlement {
  readonly injuryCase: InjuryCase;
  readonly route: "DIRECT" | "PROVISIONAL";
  /** Absent for an undecided case that has none yet. */
  readonly authorisation?: Authorisation;
}

export interface Eligibility {
  readonly route: "DIRECT" | "PROVISIONAL" | "NONE";
  readonly entitlements: readonly Entitlement[];
  readonly refusals: readonly Refusal[];
}

/** Today as well: whoever names a day of a time that is over is told nothing of anybody. */
export const hasAgreement = ({
  hospital: { agreement },
  serviceDay,
  today,
}: Pick<EligibilityQuestion, "hospital" | "serviceDay" | "today">): boolean =>
  agreement.status === "ACTIVE" && covers(agreement, serviceDay) && covers(agreement, today);

/** What does not depend on the case. */
function checkGenerally(question: EligibilityQuestion): RefusalCode[] {
  const { hospital, worker, visitType } = question;
  const codes: RefusalCode[] = [];
  if (worker === undefined) codes.push("WORKER_UNKNOWN");
  if (worker !== "NOT_READ" && worker?.frozen === true) codes.push("BENEFIT_FROZEN");
  if (!hospital.services.includes(visitType)) codes.push("SERVICE_NOT_OFFERED");
  if (isStay(visitType) && question.hasOpenStay) codes.push("ADMITTED_ELSEWHERE");
  if (worker !== undefined && question.cases.length === 0) codes.push("NO_CASE");
  return codes;
}

function checkStatus(injuryCase: InjuryCase): RefusalCode[] {
  switch (injuryCase.status) {
    case "RECOGNISED":
    case "APPLIED":
    case "ACCEPTED":
    case "SUSPENDED":
      return [];
    case "NOT_RECOGNISED":
    case "REVOKED":
      return ["CASE_NOT_RECOGNISED"];
    case "CLOSED":
      return ["CASE_CLOSED"];
  }
}

function checkCase(question: EligibilityQuestion, injuryCase: InjuryCase): RefusalCode[] {
  const employer = question.findEmployer(injuryCase.employerUscc);
  const codes = [...checkStatus(injuryCase), ...failedOfCase(injuryCase, employer, question.serviceDay)];
  const diagnosisCodes = question.diagnosisCodes ?? [];
  if (
    diagnosisCodes.length > 0 &&
    !diagnosisCodes.some((code) => isWithinInjuries(injuryCase.injuries, code))
  ) {
    return [...codes, "DIAGNOSIS_OUTSIDE_CASE"];
  }
  return codes;
}

/**
 * Whether, and under which cases, a worker is treated at the fund's cost at this hospital on this day, with
 * every reason against it; a hospital without an agreement learns of that alone, and nothing of the person. An
 * undecided case that passes all that can be known before the decision gives the
 * route PROVISIONAL; it needs no authorisation yet, but one that it has must serve.
 */
export function checkEligibility(question: EligibilityQuestion): Eligibility {
  if (!hasAgreement(question))
    return { route: "NONE", entitlements: [], refusals: [{ code: "AGREEMENT_INACTIVE" }] };
  const refusals: Refusal[] = checkGenerally(question).map((code) => ({ code }));
  const isRefusedGenerally = refusals.length > 0;
  const entitlements: Entitlement[] = [];
  for (const injuryCase of question.cases) {
    const { caseNo } = injuryCase;
    const codes = checkCase(question, injuryCase);
    const isProvisional = isUndecided(injuryCase.status);
    const needsAuthorisation = !isProvisional || injuryCase.authorisations.length > 0;
    const authorisation = needsAuthorisation
      ? findAuthorisation(injuryCase, { ...question, hospitalCode: question.hospital.code })
      : undefined;
    if (typeof authorisation === "string") codes.push(authorisation);
    refusals.push(...codes.map((code) => ({ caseNo, code })));
    if (codes.length > 0 || isRefusedGenerally || typeof authorisation === "string") continue;
    entitlements.push({
      injuryCase,
      route: isProvisional ? "PROVISIONAL" : "DIRECT",
      ...(authorisation === undefined ? {} : { authorisation }),
    });
  }
  const isDirect = entitlements.some(({ route }) => route === "DIRECT");
  const route = entitlements.length === 0 ? "NONE" : isDirect ? "DIRECT" : "PROVISIONAL";
  return { route, entitlements, refusals };
}
