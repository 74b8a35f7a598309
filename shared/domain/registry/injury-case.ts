import * as z from "zod/mini";
import { listOf } from "../bounds.ts";
import { holdsNoIdNumber, Uscc } from "../check-characters.ts";
import { DaySchema, endsAfterItStarts, type Instant, periodShape } from "../dates.ts";
import { DiagnosisPrefix } from "../diagnosis-code.ts";
import { ofForm } from "../expected.ts";
import { wordsHoldNoIdNumber } from "../id-number-in-words.ts";
import { inOneSpelling } from "../identifiers.ts";
import { lineOf, linesOf } from "../texts.ts";
import { VisitType } from "../visit-type.ts";
import { HospitalCode } from "./hospital.ts";
import { numberIsOfItsType, personNumberShape } from "./person-number.ts";

/** What a case can be before it is closed. */
export const openCaseStatuses = [
  "APPLIED",
  "ACCEPTED",
  "SUSPENDED",
  "RECOGNISED",
  "NOT_RECOGNISED",
  "REVOKED",
] as const;

export const caseStatuses = [...openCaseStatuses, "CLOSED"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** 伤情: a recognised injury and the ICD-10 prefixes that it covers. */
export const RecognisedInjury = z.strictObject({
  bodyPart: lineOf({ max: 60 }).check(wordsHoldNoIdNumber),
  description: linesOf({ max: 200, mayBeEmpty: true }).check(wordsHoldNoIdNumber),
  diagnosisPrefixes: listOf(DiagnosisPrefix, { min: 1, max: 50 }),
});
export type RecognisedInjury = z.infer<typeof RecognisedInjury>;

/** 待遇资格: a benefit that the case may use, when, and where if limited. */
export const Authorisation = z
  .strictObject({
    benefit: VisitType,
    ...periodShape,
    hospitalCodes: z.optional(listOf(HospitalCode, { min: 1, max: 100 })),
  })
  .check(endsAfterItStarts);
export type Authorisation = z.infer<typeof Authorisation>;

export const CaseNo = z
  .string()
  .check(
    inOneSpelling,
    ofForm(/^[A-Z0-9_.:-]{1,40}$/, "1 至 40 位字母、数字或 _ . : -", "1 to 40 of A-Z 0-9 _ . : -"),
    holdsNoIdNumber,
  );

/** 工伤认定: one injury of one worker, as the agency states it. */
export const CaseInput = z
  .strictObject({
    ...personNumberShape,
    employerUscc: Uscc,
    injuredOn: DaySchema,
    status: z.enum(caseStatuses),
    thirdPartyLiability: z.boolean(),
    injuries: listOf(RecognisedInjury, { max: 20 }),
    authorisations: listOf(Authorisation, { max: 50 }),
    /** When the decision was applied for and when the application was accepted: its legal time runs from there. */
    appliedOn: z.optional(DaySchema),
    acceptedOn: z.optional(DaySchema),
    factsAreClear: z.optional(z.boolean()),
  })
  .check(numberIsOfItsType);

/** A case as it is kept: the worker by id. */
export interface InjuryCase extends Omit<z.infer<typeof CaseInput>, "idType" | "idNumber"> {
  readonly caseNo: string;
  readonly workerId: string;
  /** Counts its statements up, so that what happens to its visits can tell which one it knew. */
  readonly version: number;
  /** Of a closed case: its status before. Absent where it was never stated otherwise. */
  readonly closedAs?: (typeof openCaseStatuses)[number] | undefined;
  /** Whether it was stated again after the Registry had lost it, and no correction came since. */
  readonly isRestated?: boolean | undefined;
  /** When the agency stated it last; no statement is dated before the one that it follows. */
  readonly statedAt: Instant;
}

/** Not decided yet: treated all the same, settled when the decision arrives (先治疗、后付费). */
export const isUndecided = (status: CaseStatus): boolean =>
  status === "APPLIED" || status === "ACCEPTED" || status === "SUSPENDED";

/** What a case comes to for the visits that were taken in under it. */
export type Decision = "UNDECIDED" | "RECOGNISED" | "REFUSED";

/**
 * The decision of a case. Closing a case decides nothing: what was recognised stays so for what was treated before;
 * what was closed without a recognition, as an application that was withdrawn, has none to come.
 */
export function decisionOf({ status, closedAs }: Pick<InjuryCase, "status" | "closedAs">): Decision {
  switch (status) {
    case "APPLIED":
    case "ACCEPTED":
    case "SUSPENDED":
      return "UNDECIDED";
    case "RECOGNISED":
      return "RECOGNISED";
    case "NOT_RECOGNISED":
    case "REVOKED":
      return "REFUSED";
    case "CLOSED":
      return closedAs === "RECOGNISED" ? "RECOGNISED" : "REFUSED";
  }
}

/** What is on record of a case's last statement, wherever the case itself is kept. */
export interface StatementOnRecord {
  readonly version: number;
  /** Absent of a case that was never stated but as closed, and of what was kept before it was noted. */
  readonly openStatus?: (typeof openCaseStatuses)[number] | undefined;
}

/** The status of a case, or of a closed one the last before that. */
export const openStatusOf = ({
  status,
  closedAs,
}: Pick<InjuryCase, "status" | "closedAs">): StatementOnRecord["openStatus"] =>
  status === "CLOSED" ? closedAs : status;

/**
 * The next statement of a case after the one that is known, if any. `onRecord` is the last statement that is on record,
 * which may be later than what is known, as where that was lost: its number is given to no other, and what a case is closed
 * as follows from the later of the two.
 */
export function toNextCase(
  known: InjuryCase | undefined,
  statement: Omit<InjuryCase, "version" | "closedAs" | "statedAt">,
  at: Instant,
  onRecord?: StatementOnRecord,
): InjuryCase {
  const versionBefore = onRecord?.version ?? 0;
  const isKnown = known !== undefined && known.version >= versionBefore;
  const before = isKnown ? openStatusOf(known) : onRecord?.openStatus;
  return {
    ...statement,
    version: Math.max(known?.version ?? 0, versionBefore) + 1,
    closedAs: statement.status === "CLOSED" ? before : undefined,
    statedAt: known !== undefined && at < known.statedAt ? known.statedAt : at,
  };
}

/** What a visit keeps of its case's injuries: what its lines are priced by. */
export const pricedInjuries = ({
  injuries,
}: Pick<InjuryCase, "injuries">): Pick<RecognisedInjury, "diagnosisPrefixes">[] =>
  injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes }));

/** Whether none of these diagnoses lies within the recognised injuries. */
export const isOutsideInjuries = (
  injuries: readonly Pick<RecognisedInjury, "diagnosisPrefixes">[],
  diagnoses: readonly { readonly code: string }[],
): boolean => !diagnoses.some(({ code }) => isWithinInjuries(injuries, code));

/** Whether a diagnosis lies within the recognised injuries; a case without recorded injuries excludes none. */
export const isWithinInjuries = (
  injuries: readonly Pick<RecognisedInjury, "diagnosisPrefixes">[],
  diagnosisCode: string,
): boolean =>
  injuries.length === 0 ||
  injuries.some((injury) => injury.diagnosisPrefixes.some((prefix) => diagnosisCode.startsWith(prefix)));
