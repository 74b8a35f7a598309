import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { findPolicy, PolicyTerms } from "../../../../shared/domain/catalogue/policy.ts";
import { EmployerStatement, isInsured } from "../../../../shared/domain/registry/employer.ts";
import { HospitalCode, HospitalStatement } from "../../../../shared/domain/registry/hospital.ts";
import {
  CaseInput,
  CaseNo,
  caseStatuses,
  isOutsideInjuries,
  isUndecided,
  isWithinInjuries,
  pricedInjuries,
} from "../../../../shared/domain/registry/injury-case.ts";
import { CardNumber, maskName, WorkerStatement } from "../../../../shared/domain/registry/worker.ts";
import { bodies, makeEmployer, makePolicy, toDay } from "../../../support/builders.ts";

const accepts = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(schema, value).success;

/** Whether a schema takes a body with one field replaced. */
const taker =
  (schema: z.core.$ZodType, body: (overrides: Readonly<Record<string, unknown>>) => unknown) =>
  (overrides: Readonly<Record<string, unknown>>): boolean =>
    accepts(schema, body(overrides));

describe("a hospital", () => {
  const takes = taker(HospitalStatement, bodies.hospital);

  it("has a code of twelve letters and digits", () => {
    expect(accepts(HospitalCode, "H33030400001")).toBe(true);
    for (const code of ["", "H3303040000", "H330304000011", "H3303040000-", "H33030400001\n"]) {
      expect([code, accepts(HospitalCode, code)]).toEqual([code, false]);
    }
  });

  it("is stated with name, tier, services and agreement, and nothing else", () => {
    expect(takes({})).toBe(true);
    expect(takes({ name: "院".repeat(100) })).toBe(true);
    expect(takes({ name: "院".repeat(101) })).toBe(false);
    expect(takes({ name: "" })).toBe(false);
    expect(takes({ tier: 4 })).toBe(false);
    expect(takes({ beds: 100 })).toBe(false);
  });

  it("offers one to five services", () => {
    const all = [
      "OUTPATIENT",
      "INPATIENT",
      "REHABILITATION_OUTPATIENT",
      "REHABILITATION_INPATIENT",
      "ASSISTIVE_DEVICE",
    ];
    expect(takes({ services: all })).toBe(true);
    expect(takes({ services: [...all, "OUTPATIENT"] })).toBe(false);
    expect(takes({ services: [] })).toBe(false);
    expect(takes({ services: ["DENTISTRY"] })).toBe(false);
  });

  it("has an agreement that is active or suspended and does not end before it starts", () => {
    const agreement = { from: "2026-01-01", to: "2026-01-01", status: "ACTIVE" };
    expect(takes({ agreement })).toBe(true);
    expect(takes({ agreement: { ...agreement, to: null, status: "SUSPENDED" } })).toBe(true);
    expect(takes({ agreement: { ...agreement, to: "2025-12-31" } })).toBe(false);
    expect(takes({ agreement: { ...agreement, status: "ENDED" } })).toBe(false);
    expect(takes({ agreement: { ...agreement, signedBy: "X" } })).toBe(false);
  });
});

describe("an employer", () => {
  const takes = taker(EmployerStatement, bodies.employer);

  it("is stated with name and insured periods, and nothing else", () => {
    expect(takes({ insured: [] })).toBe(true);
    expect(takes({ name: "厂".repeat(100) })).toBe(true);
    expect(takes({ name: "厂".repeat(101) })).toBe(false);
    expect(takes({ name: "" })).toBe(false);
    expect(takes({ phone: "1" })).toBe(false);
    expect(takes({ insured: [{ from: "2026-01-02", to: "2026-01-01" }] })).toBe(false);
    expect(takes({ insured: [{ from: "2026-01-01", to: null, rate: "0.2" }] })).toBe(false);
    expect(takes({ insured: Array(50).fill({ from: "2026-01-01", to: null }) })).toBe(true);
    expect(takes({ insured: Array(51).fill({ from: "2026-01-01", to: null }) })).toBe(false);
  });

  it("is insured on every day of its periods and on no other", () => {
    const employer = makeEmployer({
      insured: [
        { from: "2020-01-01", to: "2020-12-31" },
        { from: "2022-01-01", to: null },
      ],
    });
    const insuredOn = (text: string): boolean => isInsured(employer, toDay(text));
    expect(["2020-01-01", "2020-12-31", "2022-01-01", "2030-01-01"].map(insuredOn)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["2019-12-31", "2021-01-01", "2021-12-31"].map(insuredOn)).toEqual([false, false, false]);
    expect(isInsured(makeEmployer({ insured: [] }), toDay("2026-01-01"))).toBe(false);
  });
});

describe("a worker", () => {
  const takes = taker(WorkerStatement, bodies.worker);

  it("is stated with a checked ID number, card number, name and whether benefits are frozen", () => {
    expect(takes({})).toBe(true);
    expect(takes({ name: "名".repeat(60) })).toBe(true);
    expect(takes({ name: "名".repeat(61) })).toBe(false);
    expect(takes({ name: "" })).toBe(false);
    expect(takes({ idNumber: "110105194912310021" })).toBe(false);
    expect(takes({ frozen: "no" })).toBe(false);
    expect(takes({ phone: "1" })).toBe(false);
  });

  it("has a card number of 6 to 32 letters and digits", () => {
    expect(["C00001", "x".repeat(32)].every((number) => accepts(CardNumber, number))).toBe(true);
    for (const number of ["C0001", "x".repeat(33), "C-0001", "C00001\n", "卡000001"]) {
      expect([number, accepts(CardNumber, number)]).toEqual([number, false]);
    }
  });

  it.each([
    ["张三丰", "张**"],
    ["张三", "张*"],
    ["张", "张*"],
    ["欧阳三丰", "欧**"],
    ["Aygül Memet", "A**"],
    ["𠮷田三", "𠮷**"],
    ["", "*"],
  ])("%s is shown as %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe("a case", () => {
  const takes = taker(CaseInput, bodies.case);

  it("has a number of 1 to 40 letters, digits and _ . : -", () => {
    expect(["1", "GS2026_1.2:3-4", "x".repeat(40)].every((caseNo) => accepts(CaseNo, caseNo))).toBe(true);
    for (const caseNo of ["", "x".repeat(41), "工伤1", "A B", "A\n"]) {
      expect([caseNo, accepts(CaseNo, caseNo)]).toEqual([caseNo, false]);
    }
  });

  it("is stated with a checked ID number and employer, and nothing that is not declared", () => {
    expect(takes({})).toBe(true);
    expect(takes({ idNumber: "1" })).toBe(false);
    expect(takes({ employerUscc: "91350100M000100Y44" })).toBe(false);
    expect(takes({ status: "UNKNOWN" })).toBe(false);
    expect(takes({ injuredOn: "2026-02-30" })).toBe(false);
    expect(takes({ note: "x" })).toBe(false);
  });

  const injury = (overrides: Readonly<Record<string, unknown>> = {}) => ({
    bodyPart: "手",
    description: "",
    diagnosisPrefixes: ["S62"],
    ...overrides,
  });

  it("has at most 20 injuries, each with body part and ICD-10 prefixes", () => {
    expect(takes({ injuries: [] })).toBe(true);
    expect(takes({ injuries: Array(20).fill(injury()) })).toBe(true);
    expect(takes({ injuries: Array(21).fill(injury()) })).toBe(false);
    expect(takes({ injuries: [injury({ bodyPart: "", description: "" })] })).toBe(false);
    expect(takes({ injuries: [injury({ bodyPart: "手".repeat(60), description: "述".repeat(200) })] })).toBe(
      true,
    );
    expect(takes({ injuries: [injury({ bodyPart: "手".repeat(61) })] })).toBe(false);
    expect(takes({ injuries: [injury({ description: "述".repeat(201) })] })).toBe(false);
    expect(takes({ injuries: [injury({ side: "L" })] })).toBe(false);
    expect(takes({ injuries: [injury({ diagnosisPrefixes: [] })] })).toBe(false);
    expect(takes({ injuries: [injury({ diagnosisPrefixes: Array(50).fill("S62") })] })).toBe(true);
    expect(takes({ injuries: [injury({ diagnosisPrefixes: Array(51).fill("S62") })] })).toBe(false);
    for (const prefix of ["S6", "S62.3", "T14.900x001"]) {
      expect([prefix, takes({ injuries: [injury({ diagnosisPrefixes: [prefix] })] })]).toEqual([
        prefix,
        true,
      ]);
    }
    for (const prefix of ["", "S", "62", "S6 2", "xS62", "T14.900x0012"]) {
      expect([prefix, takes({ injuries: [injury({ diagnosisPrefixes: [prefix] })] })]).toEqual([
        prefix,
        false,
      ]);
    }
  });

  const authorisation = (overrides: Readonly<Record<string, unknown>> = {}) => ({
    benefit: "INPATIENT",
    from: "2026-03-01",
    to: null,
    ...overrides,
  });

  it("has at most 50 authorisations, each for a benefit, a period and hospitals if limited", () => {
    expect(takes({ authorisations: Array(50).fill(authorisation()) })).toBe(true);
    expect(takes({ authorisations: Array(51).fill(authorisation()) })).toBe(false);
    expect(takes({ authorisations: [authorisation({ benefit: "DENTISTRY" })] })).toBe(false);
    expect(takes({ authorisations: [authorisation({ to: "2026-02-28" })] })).toBe(false);
    expect(
      takes({ authorisations: [authorisation({ hospitalCodes: Array(100).fill("H33030400001") })] }),
    ).toBe(true);
    expect(
      takes({ authorisations: [authorisation({ hospitalCodes: Array(101).fill("H33030400001") })] }),
    ).toBe(false);
    expect(takes({ authorisations: [authorisation({ hospitalCodes: [] })] })).toBe(false);
    expect(takes({ authorisations: [authorisation({ note: "x" })] })).toBe(false);
  });

  it("waits for its decision while applied for, accepted or suspended", () => {
    expect(caseStatuses.filter(isUndecided)).toEqual(["APPLIED", "ACCEPTED", "SUSPENDED"]);
  });

  it("covers a diagnosis that starts with a prefix of any of its injuries", () => {
    const injuries = [{ diagnosisPrefixes: ["S62", "S61.0"] }, { diagnosisPrefixes: ["T14"] }];
    expect(["S62", "S62.301", "S61.001", "T14.900"].every((code) => isWithinInjuries(injuries, code))).toBe(
      true,
    );
    expect(["S61", "S61.1", "S6", "XS62"].some((code) => isWithinInjuries(injuries, code))).toBe(false);
  });

  it("without recorded injuries excludes no diagnosis", () => {
    expect(isWithinInjuries([], "I10.x00")).toBe(true);
  });

  it("does not cover a visit none of whose diagnoses lies within its injuries", () => {
    const injuries = [{ diagnosisPrefixes: ["S62"] }];
    expect(isOutsideInjuries(injuries, [{ code: "I10.x00" }, { code: "E11.900" }])).toBe(true);
    expect(isOutsideInjuries(injuries, [{ code: "I10.x00" }, { code: "S62.301" }])).toBe(false);
    expect(isOutsideInjuries([], [{ code: "I10.x00" }])).toBe(false);
  });

  it("leaves with a visit what its lines are priced by, and nothing in words", () => {
    const injuries = [{ bodyPart: "右手", description: "指骨骨折", diagnosisPrefixes: ["S62"] }];
    expect(pricedInjuries({ injuries })).toEqual([{ diagnosisPrefixes: ["S62"] }]);
  });
});

describe("a policy", () => {
  const takes = taker(PolicyTerms, bodies.policy);

  it("names a bearer for each part and the meal allowance, and nothing else", () => {
    expect(takes({})).toBe(true);
    const fields = ["unrelated", "noEmployerNotice", "noConsent", "overCap", "overQuantity", "released"];
    for (const field of fields) {
      expect(takes({ [`${field}Bearer`]: "FUND" })).toBe(true);
      expect(takes({ [`${field}Bearer`]: "STATE" })).toBe(false);
      expect(takes({ [`${field}Bearer`]: undefined })).toBe(false);
    }
    expect(takes({ mealAllowancePerDay: "0" })).toBe(true);
    expect(takes({ mealAllowancePerDay: "-0.01" })).toBe(false);
    expect(takes({ travelAllowance: "30.00" })).toBe(false);
  });

  it("in force is the latest that is not after the admission, however they are listed", () => {
    const policies = ["2025-01-01", "2026-07-01", "2026-01-01"].map((effectiveFrom) =>
      makePolicy({ effectiveFrom }),
    );
    const inForce = (on: string): string | undefined => findPolicy(policies, toDay(on))?.effectiveFrom;
    expect(inForce("2026-06-30")).toBe("2026-01-01");
    expect(inForce("2026-07-01")).toBe("2026-07-01");
    expect(inForce("2025-12-31")).toBe("2025-01-01");
    expect(inForce("2025-01-01")).toBe("2025-01-01");
    expect(inForce("2024-12-31")).toBeUndefined();
    expect(findPolicy([], toDay("2026-01-01"))).toBeUndefined();
    expect(findPolicy([...policies].reverse(), toDay("2030-01-01"))?.effectiveFrom).toBe("2026-07-01");
  });
});
