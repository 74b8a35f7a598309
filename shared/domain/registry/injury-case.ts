import * as z from "zod/mini";
import { IdNumber, Uscc } from "../check-characters.ts";
import { DaySchema, endsAfterItStarts, periodShape } from "../dates.ts";
import { VisitType } from "../visit/visit-type.ts";
import { HospitalCode } from "./hospital.ts";

export const caseStatuses = [
  "APPLIED",
  "ACCEPTED",
  "SUSPENDED",
  "RECOGNISED",
  "NOT_RECOGNISED",
  "REVOKED",
  "CLOSED",
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** 伤情: a recognised injury and the ICD-10 prefixes that it covers. */
export const RecognisedInjury = z.strictObject({
  bodyPart: z.string().check(z.minLength(1), z.maxLength(60)),
  description: z.string().check(z.maxLength(200)),
  diagnosisPrefixes: z
    .array(z.string().check(z.regex(/^[A-Z][0-9][0-9A-Za-z.]{0,9}$/)))
    .check(z.minLength(1), z.maxLength(50)),
});
export type RecognisedInjury = z.infer<typeof RecognisedInjury>;

/** 待遇资格: a benefit that the case may use, when, and where if limited. */
export const Authorisation = z
  .strictObject({
    benefit: VisitType,
    ...periodShape,
    hospitalCodes: z.optional(z.array(HospitalCode).check(z.minLength(1), z.maxLength(100))),
  })
  .check(endsAfterItStarts);
export type Authorisation = z.infer<typeof Authorisation>;

export const CaseNo = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,40}$/));

/** 工伤认定: one injury of one worker, as the agency states it. */
export const CaseStatement = z.strictObject({
  idNumber: IdNumber,
  employerUscc: Uscc,
  injuredOn: DaySchema,
  status: z.enum(caseStatuses),
  thirdPartyLiability: z.boolean(),
  injuries: z.array(RecognisedInjury).check(z.maxLength(20)),
  authorisations: z.array(Authorisation).check(z.maxLength(50)),
  /** When the decision was applied for and when the application was accepted: its legal time runs from there. */
  appliedOn: z.optional(DaySchema),
  acceptedOn: z.optional(DaySchema),
  factsAreClear: z.optional(z.boolean()),
});

/** A case as it is kept: the worker by id. */
export interface InjuryCase extends Omit<z.infer<typeof CaseStatement>, "idNumber"> {
  readonly caseNo: string;
  readonly workerId: string;
  /** Counts its statements up, so that what happens to its visits can tell which one it knew. */
  readonly version: number;
}

/** Not decided yet: treated all the same, settled when the decision arrives (先治疗、后付费). */
export const isUndecided = (status: CaseStatus): boolean =>
  status === "APPLIED" || status === "ACCEPTED" || status === "SUSPENDED";

/** Whether a diagnosis lies within the recognised injuries; a case without recorded injuries excludes none. */
export const isWithinInjuries = (
  injuries: readonly Pick<RecognisedInjury, "diagnosisPrefixes">[],
  diagnosisCode: string,
): boolean =>
  injuries.length === 0 ||
  injuries.some((injury) => injury.diagnosisPrefixes.some((prefix) => diagnosisCode.startsWith(prefix)));
