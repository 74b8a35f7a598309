import type { BillPlan } from "./bill-plan.ts";

/** Stays; the comments name what each is there to show. */
export const stayPlans: readonly BillPlan[] = [
  {
    hospital: 1,
    caseNumber: 1,
    visitType: "INPATIENT",
    course: "finger-fixation",
    admitted: ["2026-02-25", "09:10"],
    discharged: ["2026-03-02", "10:30"],
    // A part of a line refunded.
    extras: [{ step: ["D-0205", [1], "3", "18:00"], refund: ["2", "19:30"] }],
  },
  {
    hospital: 1,
    caseNumber: 2,
    visitType: "INPATIENT",
    course: "tendon-repair",
    admitted: ["2026-03-11", "11:20"],
    discharged: ["2026-03-17", "10:00"],
    // A material over its cap: the employer bears what is over, because the item says so.
    extras: [{ step: ["M-0107", [1], "2", "11:20"], percentOfCap: 118 }],
  },
  {
    // Two tariffs in one stay, and the policy of June.
    hospital: 1,
    caseNumber: 3,
    visitType: "INPATIENT",
    course: "wrist-fixation",
    admitted: ["2026-06-26", "10:15"],
    discharged: ["2026-07-03", "10:45"],
  },
  {
    hospital: 1,
    caseNumber: 4,
    visitType: "INPATIENT",
    course: "tibia-nailing",
    admitted: ["2026-04-08", "12:30"],
    discharged: ["2026-04-19", "10:20"],
    // The same bed and the same nursing charged twice on a day.
    extras: [{ step: ["B-1001", [3], "1", "21:00"] }, { step: ["S-1102", [2], "1", "21:10"] }],
  },
  {
    hospital: 2,
    caseNumber: 4,
    visitType: "REHABILITATION_INPATIENT",
    course: "leg-rehabilitation",
    admitted: ["2026-05-18", "09:00"],
    discharged: ["2026-05-29", "10:00"],
    // Sessions that were missed, refunded altogether.
    extras: [{ step: ["S-5015", [6], "2", "11:20"], refund: ["2", "17:30"] }],
  },
  {
    hospital: 1,
    caseNumber: 7,
    visitType: "INPATIENT",
    course: "hand-burn",
    admitted: ["2026-07-14", "13:20"],
    discharged: ["2026-07-22", "10:30"],
    // Restricted and not met, signed for by the worker.
    extras: [{ step: ["D-0307", [2], "1", "15:30"], restrictionMet: false, consentBy: "WORKER" }],
  },
  {
    hospital: 2,
    caseNumber: 8,
    visitType: "INPATIENT",
    course: "lumbar-rest",
    admitted: ["2026-03-25", "11:40"],
    discharged: ["2026-04-04", "10:10"],
    // No fund pays for an attendant: the employer signed.
    extras: [{ step: ["S-9002", [1, 2], "1", "20:30"], unitPrice: "145", consentBy: "EMPLOYER" }],
  },
  {
    hospital: 2,
    caseNumber: 8,
    visitType: "REHABILITATION_INPATIENT",
    course: "spine-rehabilitation",
    admitted: ["2026-05-11", "09:20"],
    discharged: ["2026-05-21", "10:00"],
    // Three sessions on a day of which two are payable, and more sessions of counselling than a visit may have.
    extras: [{ step: ["S-5009", [9], "3", "10:30"] }, { step: ["S-5031", [3], "9", "11:30"] }],
  },
  {
    hospital: 1,
    caseNumber: 9,
    visitType: "REHABILITATION_INPATIENT",
    course: "stump-rehabilitation",
    admitted: ["2026-04-13", "09:30"],
    discharged: ["2026-04-21", "10:00"],
  },
  {
    hospital: 1,
    caseNumber: 10,
    visitType: "INPATIENT",
    course: "head-observation",
    admitted: ["2026-09-03", "13:10"],
    discharged: ["2026-09-06", "10:00"],
    // Diabetes, found by the way: the doctor marks the lines (伤病分离).
    extras: [
      { step: ["S-3020", [1], "1", "08:10"], injuryRelated: false },
      { step: ["D-0902", "last", "60", "09:00"], injuryRelated: false },
    ],
  },
  {
    // An imported implant: the fund pays 80 %, the employer the rest.
    hospital: 1,
    caseNumber: 11,
    visitType: "INPATIENT",
    course: "ligament-reconstruction",
    admitted: ["2026-05-21", "08:40"],
    discharged: ["2026-05-27", "10:30"],
  },
  {
    hospital: 2,
    caseNumber: 12,
    visitType: "INPATIENT",
    course: "rib-conservative",
    noEmployerNotice: true,
    admitted: ["2026-08-05", "13:35"],
    discharged: ["2026-08-12", "09:30"],
    // Outside the catalogue and the employer told nobody: the employer bears it, signed or not.
    extras: [{ step: ["S-9004", [1, 2, 3], "1", "12:00"], unitPrice: "44", consentBy: "RELATIVE" }],
  },
  {
    hospital: 1,
    caseNumber: 14,
    visitType: "INPATIENT",
    course: "finger-replantation",
    admitted: ["2026-07-27", "14:00"],
    discharged: ["2026-08-03", "10:30"],
    // A room that no fund pays, signed for by a relative: the worker's side.
    extras: [{ step: ["B-1010", [4], "1", "20:30"], unitPrice: "660", consentBy: "RELATIVE" }],
  },
  {
    hospital: 2,
    caseNumber: 18,
    visitType: "INPATIENT",
    course: "chemical-burn",
    admitted: ["2026-10-19", "13:50"],
    discharged: ["2026-10-27", "10:00"],
    // Restricted, not met, and nobody signed: the hospital bears it.
    extras: [{ step: ["D-0404", [4], "3", "10:10"], restrictionMet: false }],
  },
];
