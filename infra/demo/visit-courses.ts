import { type CareStep, ON_ADMISSION as FIRST } from "./care-step.ts";

const tetanus: readonly CareStep[] = [
  ["D-0401", FIRST, "1", "14:40"],
  ["S-1120", FIRST, "1", "14:20"],
  ["S-1117", FIRST, "1", "14:45"],
];

/** Attendances of one day: emergencies, reviews, therapies, devices. Items are those of catalogue.csv. */
export const visitCourses = {
  "hand-emergency": [
    ["S-1004", FIRST, "1", "14:00"],
    ["S-2002", FIRST, "1", "14:10"],
    ["S-4001", FIRST, "1", "14:30"],
    ["D-0501", FIRST, "2", "14:30"],
    ["S-1202", FIRST, "1", "14:35"],
    ["M-0111", FIRST, "1", "14:35"],
    ...tetanus,
    ["D-0110", FIRST, "24", "15:10"],
    ["D-0201", FIRST, "20", "15:10"],
  ],
  "stitches-out": [
    ["S-1001", FIRST, "1", "14:00"],
    ["S-1207", FIRST, "1", "14:15"],
    ["S-1208", FIRST, "1", "14:20"],
  ],
  "fracture-review": [
    ["S-1003", FIRST, "1", "14:00"],
    ["S-2002", FIRST, "1", "14:20"],
    ["S-5011", FIRST, "1", "15:00"],
    ["D-0803", FIRST, "48", "15:30"],
    ["D-0804", FIRST, "30", "15:30"],
  ],
  "scalp-emergency": [
    ["S-1004", FIRST, "1", "14:00"],
    ["S-2004", FIRST, "1", "14:25"],
    ["S-4001", FIRST, "1", "14:28"],
    ["S-1217", FIRST, "1", "14:30"],
    ["M-0112", FIRST, "2", "14:30"],
    ...tetanus,
    ["D-0111", FIRST, "40", "15:10"],
  ],
  "eye-emergency": [
    ["S-1004", FIRST, "1", "14:00"],
    ["S-2022", FIRST, "1", "14:05"],
    ["D-0704", FIRST, "0.5", "14:10"],
    ["S-1607", FIRST, "1", "14:15"],
    ["S-1609", FIRST, "1", "14:20"],
    ["D-0701", FIRST, "1", "14:40"],
    ["D-0702", FIRST, "1", "14:40"],
  ],
  "burn-dressing": [
    ["S-1001", FIRST, "1", "14:00"],
    ["S-1301", FIRST, "2.5", "14:20"],
    ["D-0406", FIRST, "2", "14:25"],
    ["M-0108", FIRST, "3", "14:25"],
  ],
  "limb-cast": [
    ["S-1004", FIRST, "1", "14:00"],
    ["S-2002", FIRST, "1", "14:15"],
    ["S-1402", FIRST, "1", "14:40"],
    ["M-0106", FIRST, "4", "14:40"],
    ["D-0203", FIRST, "14", "15:10"],
  ],
  "clavicle-sling": [
    ["S-1001", FIRST, "1", "14:00"],
    ["S-2001", FIRST, "1", "14:20"],
    ["M-0123", FIRST, "1", "14:40"],
    ["D-0802", FIRST, "60", "15:10"],
  ],
  "back-strain": [
    ["S-1001", FIRST, "1", "14:00"],
    ["S-2004", FIRST, "1", "14:30"],
    ["S-5019", FIRST, "1", "15:10"],
    ["D-0806", FIRST, "2", "15:30"],
  ],
  "foot-review": [
    ["S-1004", FIRST, "1", "14:00"],
    ["S-2002", FIRST, "1", "14:20"],
    ["D-0411", FIRST, "1", "14:50"],
  ],
  "hand-therapy": [
    ["S-1001", FIRST, "1", "09:00"],
    ["S-5004", FIRST, "1", "09:30"],
    ["S-5003", FIRST, "1", "10:10"],
    ["S-5013", FIRST, "1", "10:50"],
    ["S-5010", FIRST, "2", "11:20"],
  ],
  "knee-therapy": [
    ["S-1001", FIRST, "1", "09:00"],
    ["S-5001", FIRST, "2", "09:30"],
    ["S-5003", FIRST, "1", "10:10"],
    ["S-5006", FIRST, "1", "10:50"],
    ["S-5029", FIRST, "1", "11:20"],
  ],
  "leg-prosthesis": [
    ["S-1012", FIRST, "1", "09:30"],
    ["P-0104", FIRST, "1", "10:30"],
    ["P-0106", FIRST, "2", "10:30"],
    ["P-0108", FIRST, "4", "10:40"],
  ],
  "arm-prosthesis": [
    ["S-1012", FIRST, "1", "09:30"],
    ["P-0106", FIRST, "1", "10:30"],
    ["P-0101", FIRST, "1", "10:40"],
  ],
} as const satisfies Record<string, readonly CareStep[]>;
