import { covers, type Day } from "../dates.ts";
import { type Employer, isInsured } from "../registry/employer.ts";
import type { Authorisation, InjuryCase } from "../registry/injury-case.ts";
import type { Worker } from "../registry/worker.ts";
import type { VisitType } from "../visit-type.ts";

/**
 * When a condition of payment by the fund is looked at. ADMISSION: at an eligibility check and at registration. PAYMENT:
 * at every preview and settlement, and by the job that settles what waited.
 */
export type Moment = "ADMISSION" | "PAYMENT";

/** Every condition, and the moments at which it holds; why is written in docs/state-machine.md. */
export const conditionMoments = {
  WORKER_UNKNOWN: ["ADMISSION"],
  BENEFIT_FROZEN: ["ADMISSION", "PAYMENT"],
  NO_CASE: ["ADMISSION", "PAYMENT"],
  CASE_NOT_RECOGNISED: ["ADMISSION", "PAYMENT"],
  CASE_CLOSED: ["ADMISSION"],
  THIRD_PARTY_LIABILITY: ["ADMISSION", "PAYMENT"],
  EMPLOYER_NOT_INSURED: ["ADMISSION", "PAYMENT"],
  BEFORE_INJURY: ["ADMISSION", "PAYMENT"],
  NOT_AUTHORISED: ["ADMISSION", "PAYMENT"],
  AUTHORISATION_EXPIRED: ["ADMISSION", "PAYMENT"],
  HOSPITAL_NOT_AUTHORISED: ["ADMISSION", "PAYMENT"],
  AGREEMENT_INACTIVE: ["ADMISSION"],
  SERVICE_NOT_OFFERED: ["ADMISSION"],
  DIAGNOSIS_OUTSIDE_CASE: ["ADMISSION"],
  ADMITTED_ELSEWHERE: ["ADMISSION"],
  NO_POLICY: ["PAYMENT"],
} as const satisfies Record<string, readonly Moment[]>;

/** A case with what else decides whether the fund pays: its worker, and its employer where it is registered. */
export interface CaseFacts {
  readonly injuryCase: InjuryCase;
  readonly worker: Pick<Worker, "frozen">;
  readonly employer: Employer | undefined;
}

/** What is asked for, where and since when. */
export interface AskedBenefit {
  readonly visitType: VisitType;
  readonly hospitalCode: string;
  /** The day of admission. */
  readonly serviceDay: Day;
}

type AuthorisationCode = "NOT_AUTHORISED" | "AUTHORISATION_EXPIRED" | "HOSPITAL_NOT_AUTHORISED";

/** The case's authorisation that serves, or the code of the nearest miss. */
export function findAuthorisation(
  { authorisations }: Pick<InjuryCase, "authorisations">,
  { visitType, hospitalCode, serviceDay }: AskedBenefit,
): Authorisation | AuthorisationCode {
  const forBenefit = authorisations.filter(({ benefit }) => benefit === visitType);
  if (forBenefit.length === 0) return "NOT_AUTHORISED";
  const valid = forBenefit.filter((authorisation) => covers(authorisation, serviceDay));
  if (valid.length === 0) return "AUTHORISATION_EXPIRED";
  const here = valid.find(
    ({ hospitalCodes }) => hospitalCodes === undefined || hospitalCodes.includes(hospitalCode),
  );
  return here ?? "HOSPITAL_NOT_AUTHORISED";
}

/** What a case with its employer does not fulfil, but for its authorisations. */
export function failedOfCase(
  injuryCase: InjuryCase,
  employer: Employer | undefined,
  serviceDay: Day,
): ("THIRD_PARTY_LIABILITY" | "EMPLOYER_NOT_INSURED" | "BEFORE_INJURY")[] {
  const isCovered = employer !== undefined && isInsured(employer, injuryCase.injuredOn);
  return [
    ...(injuryCase.thirdPartyLiability ? (["THIRD_PARTY_LIABILITY"] as const) : []),
    ...(isCovered ? [] : (["EMPLOYER_NOT_INSURED"] as const)),
    ...(serviceDay < injuryCase.injuredOn ? (["BEFORE_INJURY"] as const) : []),
  ];
}

/** Why the fund does not pay under a recognised case as things stand now, first reason first; undefined where it pays. */
export function findBlock(
  { injuryCase, worker, employer }: CaseFacts,
  asked: AskedBenefit,
): ReturnType<typeof failedOfCase>[number] | "BENEFIT_FROZEN" | AuthorisationCode | undefined {
  if (worker.frozen) return "BENEFIT_FROZEN";
  const [failed] = failedOfCase(injuryCase, employer, asked.serviceDay);
  if (failed !== undefined) return failed;
  const authorisation = findAuthorisation(injuryCase, asked);
  return typeof authorisation === "string" ? authorisation : undefined;
}
