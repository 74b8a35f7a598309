import { hospitalCode } from "./hospitals.ts";

/** A recognised case that the demo bills refer to: the first cases of the fictional district, in this order. */
export interface ShowcaseCase {
  readonly kind: string;
  readonly injuredOn: string;
  /** Index into the employers; 0 is the employer of the demo client. */
  readonly employer: number;
  /** Where rehabilitation and devices are authorised; everywhere if absent. */
  readonly furtherHospitals?: readonly string[];
}

const showcase = (
  kind: string,
  injuredOn: string,
  employer: number,
  ...hospitals: number[]
): ShowcaseCase => ({
  kind,
  injuredOn,
  employer,
  ...(hospitals.length === 0 ? {} : { furtherHospitals: hospitals.map(hospitalCode) }),
});

export const showcaseCases: readonly ShowcaseCase[] = [
  showcase("finger-fracture", "2026-02-24", 0),
  showcase("hand-tendon", "2026-03-11", 0),
  showcase("wrist-fracture", "2026-06-25", 0),
  showcase("tibia-fracture", "2026-04-08", 1, 2, 7),
  showcase("scalp-wound", "2026-05-06", 0),
  showcase("eye-foreign-body", "2026-08-19", 2),
  showcase("hand-burn", "2026-07-14", 3),
  showcase("lumbar-fracture", "2026-03-25", 4, 2),
  showcase("lower-leg-amputation", "2026-01-12", 5, 1, 7, 12),
  showcase("concussion", "2026-09-03", 0),
  showcase("knee-ligament", "2026-05-20", 6),
  showcase("rib-fracture", "2026-08-05", 7),
  showcase("ankle-fracture", "2026-09-15", 0),
  showcase("finger-amputation", "2026-07-27", 8),
  showcase("forearm-cut", "2026-10-09", 9),
  showcase("back-strain", "2026-10-13", 0),
  showcase("calcaneus-fracture", "2026-06-02", 10),
  showcase("chemical-burn-leg", "2026-10-19", 11),
  showcase("clavicle-fracture", "2026-09-28", 0),
  showcase("foot-crush", "2026-10-22", 12),
  showcase("forearm-amputation", "2026-02-03", 0, 1, 12),
];
