import * as z from "zod/mini";
import { atMost, listOf } from "../bounds.ts";
import { holdsNoIdNumber, Uscc } from "../check-characters.ts";
import { DaySchema, InstantSchema } from "../dates.ts";
import { DiagnosisCode } from "../diagnosis-code.ts";
import { ofForm } from "../expected.ts";
import { wordsHoldNoIdNumber } from "../id-number-in-words.ts";
import { inOneSpelling, inOneWidth } from "../identifiers.ts";
import { PositiveYuan } from "../money.ts";
import { CaseNo } from "../registry/injury-case.ts";
import { IdNumber, IdTypeField, numberIsOfItsType } from "../registry/person-number.ts";
import { CardNumber } from "../registry/worker.ts";
import { isPlainText, lineOf } from "../texts.ts";
import { VisitType } from "../visit-type.ts";

const primaryIsOne = z.refine<readonly { primary: boolean }[]>(
  (diagnoses) => diagnoses.filter((diagnosis) => diagnosis.primary).length === 1,
  { error: "PRIMARY_DIAGNOSIS_NOT_ONE" },
);

export const Diagnoses = listOf(
  z.strictObject({
    code: DiagnosisCode,
    name: lineOf({ max: 100 }).check(wordsHoldNoIdNumber),
    primary: z.boolean(),
  }),
  { min: 1, max: 30 },
  primaryIsOne,
);
export type Diagnoses = z.infer<typeof Diagnoses>;

export const EmployerNotice = z.strictObject({
  reference: lineOf({ max: 100 }).check(wordsHoldNoIdNumber),
  at: InstantSchema,
});

const Department = lineOf({ max: 60 }).check(wordsHoldNoIdNumber);
const Ward = lineOf({ max: 60, mayBeEmpty: true }).check(wordsHoldNoIdNumber);
const Bed = lineOf({ max: 40, mayBeEmpty: true }).check(wordsHoldNoIdNumber);
const DoctorCode = lineOf({ max: 40 }).check(holdsNoIdNumber);

/** Checks of a whole object run beside those of its fields, so that every fault is named at once. */
const isObject = ({ value }: { value: unknown }): boolean => typeof value === "object" && value !== null;

/** A worker is named by exactly one of ID number, of whatever type, and card number. */
export const workerNameShape = {
  idType: IdTypeField,
  idNumber: z.optional(IdNumber),
  cardNumber: z.optional(CardNumber),
};
const namesByOneNumber = z.refine<{ idNumber?: string | undefined; cardNumber?: string | undefined }>(
  (named) => (named.idNumber === undefined) !== (named.cardNumber === undefined),
  { error: "ID_OR_CARD_REQUIRED", path: ["idNumber"], when: isObject },
);
const typeIsOfNumber = z.refine<{ idType?: unknown; idNumber?: unknown; cardNumber?: unknown }>(
  ({ idType, idNumber, cardNumber }) =>
    idType === "RESIDENT_ID" || idNumber !== undefined || cardNumber === undefined,
  { error: "ID_TYPE_OF_NO_NUMBER", path: ["idType"], when: isObject },
);
export const namesOneWorker = [namesByOneNumber, typeIsOfNumber, numberIsOfItsType] as const;

const namesCaseOrInjury = z.refine<{ caseNo?: unknown; injury?: unknown }>(
  ({ caseNo, injury }) => (caseNo === undefined) !== (injury === undefined),
  { error: "CASE_OR_INJURY_REQUIRED", path: ["caseNo"], when: isObject },
);
const injuryIsNoticed = z.refine<{ injury?: unknown; employerNotice?: unknown }>(
  ({ injury, employerNotice }) => injury === undefined || employerNotice !== undefined,
  { error: "EMPLOYER_NOTICE_REQUIRED", path: ["employerNotice"], when: isObject },
);

/** 院内就诊号. */
export const HospitalVisitNo = z
  .string()
  .check(
    inOneWidth,
    ofForm(
      /^[!-~]{1,64}$/,
      "1 至 64 位字母、数字或半角符号，不含空格",
      "1 to 64 letters A-Z a-z, digits or ASCII signs, no spaces",
    ),
    holdsNoIdNumber,
  );

export const VisitRegistration = z
  .strictObject({
    hospitalVisitNo: HospitalVisitNo,
    visitType: VisitType,
    ...workerNameShape,
    caseNo: z.optional(CaseNo),
    /** Where there is no case yet: of which employer, and when it happened, as the employer's notice says. */
    injury: z.optional(z.strictObject({ employerUscc: Uscc, injuredOn: DaySchema })),
    admittedAt: InstantSchema,
    department: Department,
    ward: z.optional(Ward),
    bed: z.optional(Bed),
    doctorCode: z.optional(DoctorCode),
    diagnoses: Diagnoses,
    employerNotice: z.optional(EmployerNotice),
  })
  .check(...namesOneWorker, namesCaseOrInjury, injuryIsNoticed);
export type VisitRegistration = z.infer<typeof VisitRegistration>;

/** After registration only these may change (domain.md section 5). */
export const VisitAmendment = z.strictObject({
  department: z.optional(Department),
  ward: z.optional(Ward),
  bed: z.optional(Bed),
  doctorCode: z.optional(DoctorCode),
  diagnoses: z.optional(Diagnoses),
  employerNotice: z.optional(EmployerNotice),
  /** Of a stay that is discharged and not settled: when it ended, where the discharge said otherwise. */
  dischargedAt: z.optional(InstantSchema),
});

export const outcomes = ["CURED", "IMPROVED", "NOT_CURED", "TRANSFERRED", "DIED", "OTHER"] as const;
export const Discharge = z.strictObject({
  dischargedAt: InstantSchema,
  diagnoses: z.optional(Diagnoses),
  outcome: z.optional(z.enum(outcomes)),
});

/** Number of what the hospital gave for it; it tells one advance from another, however it is written. */
const Receipt = z.string().check(inOneSpelling, z.minLength(1), atMost(64), isPlainText, holdsNoIdNumber);

/** What employer or worker paid the hospital meanwhile, though nobody had to (垫付). */
export const Advance = z.strictObject({
  paidBy: z.enum(["EMPLOYER", "WORKER"]),
  amount: PositiveYuan,
  receipt: Receipt,
});
export type Advance = z.infer<typeof Advance>;
