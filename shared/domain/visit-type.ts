import * as z from "zod/mini";

export const visitTypes = [
  "OUTPATIENT",
  "INPATIENT",
  "REHABILITATION_OUTPATIENT",
  "REHABILITATION_INPATIENT",
  "ASSISTIVE_DEVICE",
] as const;
export const VisitType = z.enum(visitTypes);
/** Also the benefits that an authorisation may name (待遇资格). */
export type VisitType = (typeof visitTypes)[number];

/** A stay: the worker occupies a bed, is discharged, and can have only one at a time. */
export const isStay = (type: VisitType): boolean =>
  type === "INPATIENT" || type === "REHABILITATION_INPATIENT";

export const isRehabilitation = (type: VisitType): boolean =>
  type === "REHABILITATION_INPATIENT" || type === "REHABILITATION_OUTPATIENT";
