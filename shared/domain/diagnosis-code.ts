import * as z from "zod/mini";

/** A code of ICD-10, clinical or for insurance (医保版). */
export const DiagnosisCode = z.string().check(z.regex(/^[A-Z][0-9][0-9A-Za-z.+*/-]{0,18}$/));
