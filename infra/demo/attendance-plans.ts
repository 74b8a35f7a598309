import type { BillPlan } from "./bill-plan.ts";

/** Attendances of one day; the comments name what each is there to show. */
export const attendancePlans: readonly BillPlan[] = [
  // All covered.
  {
    hospital: 1,
    caseNumber: 1,
    visitType: "OUTPATIENT",
    course: "hand-emergency",
    admitted: ["2026-02-24", "13:50"],
  },
  {
    hospital: 2,
    caseNumber: 1,
    visitType: "REHABILITATION_OUTPATIENT",
    course: "hand-therapy",
    admitted: ["2026-04-14", "08:50"],
  },
  // Three lines, the shortest bill.
  {
    hospital: 1,
    caseNumber: 2,
    visitType: "OUTPATIENT",
    course: "stitches-out",
    admitted: ["2026-04-01", "13:45"],
  },
  {
    hospital: 2,
    caseNumber: 3,
    visitType: "OUTPATIENT",
    course: "fracture-review",
    admitted: ["2026-08-10", "13:40"],
    // High blood pressure is no work injury: the diagnosis says so.
    extras: [{ step: ["D-0901", [0], "28", "15:30"], diagnosisCode: "I10.x00" }],
  },
  {
    hospital: 1,
    caseNumber: 5,
    visitType: "OUTPATIENT",
    course: "scalp-emergency",
    admitted: ["2026-05-06", "13:55"],
    // Dearer than the catalogue pays: the hospital bears the rest.
    extras: [{ step: ["S-1216", [0], "1", "14:29"], percentOfCap: 150 }],
  },
  {
    hospital: 2,
    caseNumber: 6,
    visitType: "OUTPATIENT",
    course: "eye-emergency",
    admitted: ["2026-08-19", "13:30"],
    byCard: true,
  },
  {
    hospital: 2,
    caseNumber: 7,
    visitType: "OUTPATIENT",
    course: "burn-dressing",
    admitted: ["2026-08-06", "13:50"],
  },
  {
    hospital: 1,
    caseNumber: 9,
    visitType: "ASSISTIVE_DEVICE",
    course: "leg-prosthesis",
    admitted: ["2026-06-16", "09:10"],
    // Eight stump socks where a visit may have six.
    extras: [{ step: ["P-0108", [0], "4", "10:50"] }],
  },
  {
    hospital: 2,
    caseNumber: 11,
    visitType: "REHABILITATION_OUTPATIENT",
    course: "knee-therapy",
    admitted: ["2026-07-20", "08:50"],
  },
  {
    hospital: 2,
    caseNumber: 13,
    visitType: "OUTPATIENT",
    course: "limb-cast",
    noEmployerNotice: true,
    admitted: ["2026-09-15", "13:50"],
  },
  {
    hospital: 2,
    caseNumber: 15,
    visitType: "OUTPATIENT",
    course: "hand-emergency",
    admitted: ["2026-10-09", "13:40"],
    // Handed back unopened.
    extras: [{ step: ["D-0407", [0], "1", "15:10"], refund: ["1", "15:40"] }],
  },
  {
    hospital: 2,
    caseNumber: 16,
    visitType: "OUTPATIENT",
    course: "back-strain",
    admitted: ["2026-10-13", "13:45"],
    // Ten plasters on a day on which two are payable.
    extras: [{ step: ["D-0806", [0], "8", "15:35"] }],
  },
  {
    hospital: 1,
    caseNumber: 17,
    visitType: "OUTPATIENT",
    course: "fracture-review",
    admitted: ["2026-07-13", "13:40"],
    byCard: true,
  },
  {
    hospital: 1,
    caseNumber: 19,
    visitType: "OUTPATIENT",
    course: "clavicle-sling",
    admitted: ["2026-09-28", "13:50"],
    // Withdrawn from the catalogue at the end of 2025, and nobody signed.
    extras: [{ step: ["D-0807", [0], "36", "15:10"], unitPrice: "0.7185" }],
  },
  {
    hospital: 2,
    caseNumber: 20,
    visitType: "OUTPATIENT",
    course: "foot-review",
    admitted: ["2026-10-22", "13:55"],
  },
  {
    hospital: 1,
    caseNumber: 21,
    visitType: "ASSISTIVE_DEVICE",
    course: "arm-prosthesis",
    admitted: ["2026-09-08", "09:10"],
    // A dearer arm than the cap pays: the worker bears what is over, because the item says so.
    extras: [{ step: ["P-0103", [0], "1", "10:30"], percentOfCap: 108 }],
  },
];
