import type { VisitType } from "./registry-bodies.ts";

export const isStay = (visitType: VisitType): boolean =>
  visitType === "INPATIENT" || visitType === "REHABILITATION_INPATIENT";

export const isRehabilitation = (visitType: VisitType): boolean =>
  visitType === "REHABILITATION_INPATIENT" || visitType === "REHABILITATION_OUTPATIENT";

/** Rehabilitation and devices have a department of their own; other visits go where the injury is treated. */
export function departmentFor(visitType: VisitType, departmentOfInjury: string): string {
  if (isRehabilitation(visitType)) return "康复医学科";
  return visitType === "ASSISTIVE_DEVICE" ? "假肢矫形科" : departmentOfInjury;
}

/** The letters that hospitals put before their visit numbers: 门诊, 住院, 康复, 辅具. */
export const visitNumberPrefix: Readonly<Record<VisitType, string>> = {
  OUTPATIENT: "MZ",
  INPATIENT: "ZY",
  REHABILITATION_OUTPATIENT: "KM",
  REHABILITATION_INPATIENT: "KZ",
  ASSISTIVE_DEVICE: "FJ",
};

/** Doctors are known by a code only; four of them in each of the two hospitals. */
export const doctorCode = (hospital: number, billNumber: number): string =>
  `YS${hospital}${String((billNumber % 4) + 1).padStart(3, "0")}`;
