import { addDays } from "./calendar-days.ts";
import type { AuthorisationBody, VisitType } from "./registry-bodies.ts";

const TREATMENT: readonly VisitType[] = ["OUTPATIENT", "INPATIENT"];
const TREATMENT_DAYS = 365;
/** Rehabilitation and devices are confirmed some weeks after the injury, and then without an end. */
const FURTHER_AFTER_DAYS = 30;

interface Terms {
  readonly injuredOn: string;
  readonly furtherBenefits: readonly VisitType[];
  readonly treatmentHospitals?: readonly string[];
  readonly furtherHospitals?: readonly string[];
  /** The last day of all of them, for a case that was closed. */
  readonly endedOn?: string;
}

const at = (hospitalCodes: readonly string[] | undefined): { hospitalCodes?: readonly string[] } =>
  hospitalCodes === undefined ? {} : { hospitalCodes };

/** Treatment for a year from the day of injury; further benefits later, where confirmed only at some hospitals. */
export function makeAuthorisations(terms: Terms): readonly AuthorisationBody[] {
  const treatment = TREATMENT.map((benefit) => ({
    benefit,
    from: terms.injuredOn,
    to: terms.endedOn ?? addDays(terms.injuredOn, TREATMENT_DAYS),
    ...at(terms.treatmentHospitals),
  }));
  const from = addDays(terms.injuredOn, FURTHER_AFTER_DAYS);
  const further = terms.furtherBenefits.map((benefit) => ({
    benefit,
    from,
    to: terms.endedOn ?? null,
    ...at(terms.furtherHospitals),
  }));
  return [...treatment, ...further];
}
