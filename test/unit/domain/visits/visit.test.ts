import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { isRehabilitation, isStay, visitTypes } from "../../../../shared/domain/visit-type.ts";
import {
  allowedFrom,
  checkReversible,
  checkVerb,
  revisionOf,
  settledLineCount,
  type VisitStatus,
  type VisitVerb,
  visitStatuses,
} from "../../../../shared/domain/visits/visit.ts";
import {
  Diagnoses,
  Discharge,
  VisitAmendment,
  VisitRegistration,
} from "../../../../shared/domain/visits/visit-requests.ts";
import { bodies, CARD_NUMBER, makeStanding, makeVisit } from "../../../support/builders.ts";

/** The life of a visit (design.md section 3): what each verb meets in each state of a stay. */
const stay = {
  AMEND: { OPEN: "allowed", DISCHARGED: "allowed" },
  UPLOAD_CHARGES: { OPEN: "allowed", DISCHARGED: "allowed" },
  REVOKE_CHARGES: { OPEN: "allowed", DISCHARGED: "allowed" },
  CORRECT_DISCHARGE: { OPEN: "VISIT_NOT_DISCHARGED", DISCHARGED: "allowed" },
  DISCHARGE: { OPEN: "allowed", DISCHARGED: "VISIT_NOT_OPEN" },
  CANCEL_DISCHARGE: { OPEN: "VISIT_NOT_DISCHARGED", DISCHARGED: "allowed" },
  CANCEL: { OPEN: "allowed", DISCHARGED: "VISIT_NOT_OPEN" },
  SETTLE: {
    OPEN: "VISIT_NOT_DISCHARGED",
    DISCHARGED: "allowed",
    DEFERRED: "allowed",
    RELEASED: "allowed",
  },
  SETTLE_INTERIM: { OPEN: "allowed", DISCHARGED: "VISIT_NOT_OPEN" },
  RECORD_ADVANCE: { OPEN: "allowed", DISCHARGED: "allowed", DEFERRED: "allowed", RELEASED: "allowed" },
} as const satisfies Record<string, Partial<Record<VisitStatus, string>>>;
const ended = {
  DEFERRED: "VISIT_NOT_OPEN",
  SETTLED: "VISIT_SETTLED",
  RELEASED: "VISIT_NOT_OPEN",
  CANCELLED: "VISIT_CANCELLED",
};

const rows = Object.entries(stay).flatMap(([verb, states]) =>
  Object.entries({ ...ended, ...states }).map(([status, outcome]) => ({ verb, status, outcome })),
) as { verb: VisitVerb; status: VisitStatus; outcome: string }[];

describe("a stay", () => {
  it.each(rows)("that is $status meets $verb: $outcome", ({ verb, status, outcome }) => {
    expect(checkVerb(makeVisit({ status }), verb)?.code ?? "allowed").toBe(outcome);
  });
});

describe("a visit of which something is settled", () => {
  const standing = [
    makeStanding({ number: 1, kind: "INTERIM", lineCount: 3 }),
    makeStanding({ number: 4, lineCount: 7 }),
  ];
  const visit = makeVisit({ status: "OPEN", standing });

  it("cannot be cancelled", () => {
    expect(checkVerb(visit, "CANCEL")?.code).toBe("VISIT_HAS_SETTLEMENTS");
  });

  it("has as many settled lines, from the first, as its last standing settlement says", () => {
    expect(settledLineCount(visit)).toBe(7);
    expect(settledLineCount(makeVisit())).toBe(0);
  });

  it("gives back its last standing settlement only", () => {
    expect(checkReversible(visit, 4)).toBeUndefined();
    expect(checkReversible(visit, 1)).toEqual({
      code: "SETTLEMENT_NOT_LATEST",
      settlementId: `${visit.visitId}-${visit.standing.at(-1)?.number}`,
    });
    expect(checkReversible(visit, 2)?.code).toBe("SETTLEMENT_REVERSED");
    expect(checkReversible(makeVisit(), 1)?.code).toBe("SETTLEMENT_REVERSED");
  });

  it("gives it back when it is open, discharged or settled, and not when it is cancelled", () => {
    expect(checkReversible({ ...visit, status: "SETTLED" }, 4)).toBeUndefined();
    expect(checkReversible({ ...visit, status: "DISCHARGED" }, 4)).toBeUndefined();
    expect(checkReversible({ ...visit, status: "CANCELLED" }, 4)?.code).toBe("VISIT_CANCELLED");
  });
});

describe("what was done to a visit", () => {
  it("is counted without what was only marked on it", () => {
    expect(revisionOf(makeVisit({ version: 7 }))).toBe(7);
    expect(revisionOf(makeVisit({ version: 9, marks: 2 }))).toBe(7);
  });
});

describe("an attendance without a bed", () => {
  const outpatient = (status: VisitStatus) => makeVisit({ status, visitType: "OUTPATIENT" });

  it("is settled without a discharge", () => {
    expect(checkVerb(outpatient("OPEN"), "SETTLE")).toBeUndefined();
  });

  it("has no discharge", () => {
    expect(checkVerb(outpatient("OPEN"), "DISCHARGE")?.code).toBe("VISIT_NOT_A_STAY");
    expect(checkVerb(outpatient("SETTLED"), "DISCHARGE")?.code).toBe("VISIT_SETTLED");
  });

  it("has no interim settlement", () => {
    expect(checkVerb(outpatient("OPEN"), "SETTLE_INTERIM")?.code).toBe("VISIT_NOT_A_STAY");
  });

  it("has at most 500 interim settlements that stand, and is settled to its end all the same", () => {
    const standing = Array.from({ length: 500 }, (_, index) =>
      makeStanding({ number: index + 1, kind: "INTERIM" }),
    );
    expect(checkVerb(makeVisit({ standing: standing.slice(1) }), "SETTLE_INTERIM")).toBeUndefined();
    expect(checkVerb(makeVisit({ standing }), "SETTLE_INTERIM")?.code).toBe("TOO_MANY_INTERIM_SETTLEMENTS");
    const freed = makeVisit({ bedReleasedAt: instantOf(0) });
    expect(checkVerb(freed, "SETTLE_INTERIM")?.code).toBe("BED_NOT_HELD");
    expect(checkVerb(makeVisit({ standing, status: "DISCHARGED" }), "SETTLE")).toBeUndefined();
  });

  it("takes charges and amendments while it is open", () => {
    for (const verb of ["AMEND", "UPLOAD_CHARGES", "REVOKE_CHARGES"] as const) {
      expect(checkVerb(outpatient("OPEN"), verb)).toBeUndefined();
    }
  });
});

describe("every verb", () => {
  const verbs = Object.keys(allowedFrom) as VisitVerb[];

  it("is refused in every state that its list does not have, for a stay and for an attendance", () => {
    for (const verb of verbs) {
      const states: readonly VisitStatus[] = allowedFrom[verb];
      for (const status of visitStatuses.filter((each) => !states.includes(each))) {
        for (const visitType of visitTypes) {
          const refused = checkVerb(makeVisit({ status, visitType }), verb);
          expect([verb, status, refused === undefined]).toEqual([verb, status, false]);
        }
      }
    }
  });

  it("is allowed in every state of its list, for a stay or for an attendance", () => {
    for (const verb of verbs) {
      for (const status of allowedFrom[verb]) {
        const allowed = (["INPATIENT", "OUTPATIENT"] as const).some(
          (visitType) => checkVerb(makeVisit({ status, visitType }), verb) === undefined,
        );
        expect([verb, status, allowed]).toEqual([verb, status, true]);
      }
    }
  });
});

describe("a type of visit", () => {
  it("is a stay where the worker occupies a bed", () => {
    expect(visitTypes.filter(isStay)).toEqual(["INPATIENT", "REHABILITATION_INPATIENT"]);
  });

  it("is rehabilitation with a bed or without", () => {
    expect(visitTypes.filter(isRehabilitation)).toEqual([
      "REHABILITATION_OUTPATIENT",
      "REHABILITATION_INPATIENT",
    ]);
  });
});

const accepts = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(schema, value).success;
const messagesOf = (schema: z.core.$ZodType, value: unknown): string[] =>
  z.safeParse(schema, value).error?.issues.map(({ message, path }) => `${path.join("/")} ${message}`) ?? [];

const diagnosis = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  code: "S62.301",
  name: "掌骨骨折",
  primary: true,
  ...overrides,
});

describe("diagnoses", () => {
  it("have exactly one that is primary", () => {
    const second = diagnosis({ primary: false });
    expect(messagesOf(Diagnoses, [second, diagnosis(), second])).toEqual([]);
    expect(messagesOf(Diagnoses, [second])).toEqual([" PRIMARY_DIAGNOSIS_NOT_ONE"]);
    expect(messagesOf(Diagnoses, [diagnosis(), diagnosis()])).toEqual([" PRIMARY_DIAGNOSIS_NOT_ONE"]);
  });

  it("are 1 to 30, each with an ICD-10 code and a name of 1 to 100 characters", () => {
    const others = (count: number) => Array(count).fill(diagnosis({ primary: false }));
    expect(accepts(Diagnoses, [diagnosis(), ...others(29)])).toBe(true);
    expect(accepts(Diagnoses, [diagnosis(), ...others(30)])).toBe(false);
    expect(accepts(Diagnoses, [])).toBe(false);
    expect(accepts(Diagnoses, [diagnosis({ name: "名".repeat(100) })])).toBe(true);
    expect(accepts(Diagnoses, [diagnosis({ name: "名".repeat(101) })])).toBe(false);
    expect(accepts(Diagnoses, [diagnosis({ name: "" })])).toBe(false);
    expect(accepts(Diagnoses, [diagnosis({ side: "L" })])).toBe(false);
    for (const code of ["S62", "M54.5+G55.1*", "T14.900x001"]) {
      expect([code, accepts(Diagnoses, [diagnosis({ code })])]).toEqual([code, true]);
    }
    for (const code of ["", "S", "62", "S6 2", "骨折", "S62345678901234567890a"]) {
      expect([code, accepts(Diagnoses, [diagnosis({ code })])]).toEqual([code, false]);
    }
  });
});

describe("a registration", () => {
  const takes = (overrides: Readonly<Record<string, unknown>>): boolean =>
    accepts(VisitRegistration, bodies.registration(overrides));

  it("names the worker by ID number or by card number, by exactly one of them", () => {
    expect(takes({})).toBe(true);
    expect(takes({ idNumber: undefined, cardNumber: CARD_NUMBER })).toBe(true);
    for (const both of [{ cardNumber: CARD_NUMBER }, { idNumber: undefined }]) {
      expect(messagesOf(VisitRegistration, bodies.registration(both))).toEqual([
        "idNumber ID_OR_CARD_REQUIRED",
      ]);
    }
  });

  it("names a case, or an injury that the employer gave notice of, and not both", () => {
    const injury = { employerUscc: "91999999DEM000006M", injuredOn: "2026-03-01" };
    const faults = (overrides: Readonly<Record<string, unknown>>) =>
      messagesOf(VisitRegistration, bodies.registration(overrides));
    const employerNotice = { reference: "1", at: "2026-03-05T09:00:00+08:00" };
    expect(faults({ caseNo: undefined, injury, employerNotice })).toEqual([]);
    expect(faults({ injury, employerNotice })).toEqual(["caseNo CASE_OR_INJURY_REQUIRED"]);
    expect(faults({ caseNo: undefined })).toEqual(["caseNo CASE_OR_INJURY_REQUIRED"]);
    expect(faults({ caseNo: undefined, injury, employerNotice: undefined })).toEqual([
      "employerNotice EMPLOYER_NOTICE_REQUIRED",
    ]);
    expect(accepts(VisitRegistration, null)).toBe(false);
  });

  it("has the hospital's own number of 1 to 64 printable ASCII characters", () => {
    expect(takes({ hospitalVisitNo: "x".repeat(64) })).toBe(true);
    for (const hospitalVisitNo of ["", "x".repeat(65), "A B", "住院1", "A\n"]) {
      expect([hospitalVisitNo, takes({ hospitalVisitNo })]).toEqual([hospitalVisitNo, false]);
    }
  });

  it("needs a department, and may name ward, bed, doctor and the employer's notice", () => {
    expect(takes({ department: "科".repeat(60), ward: "区".repeat(60), bed: "床".repeat(40) })).toBe(true);
    expect(takes({ doctorCode: "D".repeat(40), ward: "", bed: "", employerNotice: undefined })).toBe(true);
    expect(takes({ department: undefined })).toBe(false);
    expect(takes({ department: "" })).toBe(false);
    expect(takes({ department: "科".repeat(61) })).toBe(false);
    expect(takes({ ward: "区".repeat(61) })).toBe(false);
    expect(takes({ bed: "床".repeat(41) })).toBe(false);
    expect(takes({ doctorCode: "" })).toBe(false);
    expect(takes({ doctorCode: "D".repeat(41) })).toBe(false);
    expect(takes({ visitType: "DENTISTRY" })).toBe(false);
    expect(takes({ room: "1" })).toBe(false);
  });

  it("has a notice with a reference of 1 to 100 characters and a time", () => {
    const at = "2026-03-05T09:00:00+08:00";
    expect(takes({ employerNotice: { reference: "x".repeat(100), at } })).toBe(true);
    expect(takes({ employerNotice: { reference: "x".repeat(101), at } })).toBe(false);
    expect(takes({ employerNotice: { reference: "", at } })).toBe(false);
    expect(takes({ employerNotice: { reference: "1", at: "2026-03-05" } })).toBe(false);
    expect(takes({ employerNotice: { reference: "1", at, by: "X" } })).toBe(false);
  });
});

describe("an amendment", () => {
  const takes = (body: unknown): boolean => accepts(VisitAmendment, body);

  it("changes department, ward, bed, doctor, diagnoses or notice, any of them or none", () => {
    expect(takes({})).toBe(true);
    expect(
      takes({
        department: "骨科",
        ward: "区".repeat(60),
        bed: "床".repeat(40),
        doctorCode: "D1",
        diagnoses: [diagnosis()],
        employerNotice: { reference: "1", at: "2026-03-05T09:00:00+08:00" },
      }),
    ).toBe(true);
    expect(takes({ ward: "区".repeat(61) })).toBe(false);
    expect(takes({ bed: "床".repeat(41) })).toBe(false);
    expect(takes({ diagnoses: [] })).toBe(false);
  });

  it("changes nothing else", () => {
    for (const field of ["caseNo", "admittedAt", "visitType", "hospitalVisitNo", "idNumber", "status"]) {
      expect([field, takes({ [field]: "X" })]).toEqual([field, false]);
    }
  });
});

describe("a discharge", () => {
  const dischargedAt = "2026-03-09T15:00:00+08:00";

  it("has a time, and may have diagnoses and an outcome", () => {
    expect(accepts(Discharge, { dischargedAt })).toBe(true);
    expect(accepts(Discharge, {})).toBe(false);
    for (const outcome of ["CURED", "IMPROVED", "NOT_CURED", "TRANSFERRED", "DIED", "OTHER"]) {
      expect(accepts(Discharge, { dischargedAt, outcome, diagnoses: [diagnosis()] })).toBe(true);
    }
    expect(accepts(Discharge, { dischargedAt, outcome: "GONE" })).toBe(false);
    expect(accepts(Discharge, { dischargedAt, bed: "1" })).toBe(false);
  });
});
