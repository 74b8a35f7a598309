import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ChargeLine } from "../../../../shared/domain/visits/charge-line.ts";
import { bodies } from "../../../support/builders.ts";

const isLine = (overrides: Readonly<Record<string, unknown>>): boolean =>
  z.safeParse(ChargeLine, bodies.line(overrides)).success;

describe("a charge line", () => {
  it("is read with its decimals counted exactly and its time in Asia/Shanghai", () => {
    const body = bodies.line({
      unitPrice: 12.5,
      quantity: 2,
      serviceAt: "2026-03-05T20:00:00Z",
      hospitalItemCode: "YY-1",
      injuryRelated: true,
      restrictionMet: false,
      diagnosisCode: "S62.301",
      consent: { signedBy: "RELATIVE", reference: "TY1" },
      refundOf: "0",
    });
    expect(z.parse(ChargeLine, body)).toEqual({
      ...body,
      unitPrice: 1_250_000_000,
      quantity: 20_000,
      amount: 2_500,
      serviceAt: "2026-03-06T04:00:00+08:00",
    });
  });

  it("has a number of printable ASCII, of 1 to 64 characters", () => {
    for (const lineNo of ["1", "~", "!", "A-1/2:3", "x".repeat(64)]) expect(isLine({ lineNo })).toBe(true);
    for (const lineNo of ["", " ", "1 2", "一", "é", "1\n", "\u007f", "x".repeat(65)]) {
      expect([lineNo, isLine({ lineNo }), isLine({ refundOf: lineNo })]).toEqual([lineNo, false, false]);
    }
  });

  it("may have a number that happens to look like an ID number, and no words that do", () => {
    const number = "11010519491231002X";
    expect(isLine({ lineNo: number, refundOf: number })).toBe(true);
    const consent = { signedBy: "WORKER", reference: "TY 110105-19491231-002X" };
    for (const overrides of [{ name: `敷料 ${number}` }, { hospitalItemCode: number }, { consent }])
      expect([overrides, isLine(overrides)]).toEqual([overrides, false]);
  });

  it("is for some quantity, never for none", () => {
    expect(isLine({ quantity: "-0.0001", amount: "0.00" })).toBe(true);
    const none = z.safeParse(ChargeLine, bodies.line({ quantity: "0.0000", amount: "0.00" }));
    expect(none.error?.issues).toMatchObject([{ message: "QUANTITY_ZERO", path: ["quantity"] }]);
  });

  it("names its item by a code of 1 to 40 letters, digits and _ . : -", () => {
    for (const itemCode of ["A", "110200002a", "XB05-A_1.2:3", "x".repeat(40)]) {
      expect(isLine({ itemCode })).toBe(true);
    }
    for (const itemCode of ["", "A B", "药", "A/B", "x".repeat(41), "A\n"]) {
      expect([itemCode, isLine({ itemCode })]).toEqual([itemCode, false]);
    }
  });

  it("names a diagnosis by an ICD-10 code", () => {
    for (const diagnosisCode of ["S62", "S62.301", "M54.5+G55.1*", "T14.900x001"]) {
      expect(isLine({ diagnosisCode })).toBe(true);
    }
    for (const diagnosisCode of ["", "S", "62", "S6骨", "S6 2", "S62\n", "S62345678901234567890a"]) {
      expect([diagnosisCode, isLine({ diagnosisCode })]).toEqual([diagnosisCode, false]);
    }
  });

  it("has a name of 1 to 200 characters and a hospital's own code of at most 64", () => {
    expect(isLine({ name: "药".repeat(200), hospitalItemCode: "x".repeat(64) })).toBe(true);
    expect(isLine({ hospitalItemCode: "" })).toBe(true);
    expect(isLine({ name: "" })).toBe(false);
    expect(isLine({ name: "药".repeat(201) })).toBe(false);
    expect(isLine({ hospitalItemCode: "x".repeat(65) })).toBe(false);
  });

  it("is consented to by employer, worker or relative, with a reference of 1 to 100 characters", () => {
    for (const signedBy of ["EMPLOYER", "WORKER", "RELATIVE"]) {
      expect(isLine({ consent: { signedBy, reference: "x".repeat(100) } })).toBe(true);
    }
    expect(isLine({ consent: { signedBy: "DOCTOR", reference: "1" } })).toBe(false);
    expect(isLine({ consent: { signedBy: "WORKER", reference: "" } })).toBe(false);
    expect(isLine({ consent: { signedBy: "WORKER", reference: "x".repeat(101) } })).toBe(false);
    expect(isLine({ consent: { signedBy: "WORKER", reference: "1", at: "today" } })).toBe(false);
    expect(isLine({ consent: { signedBy: "WORKER" } })).toBe(false);
  });

  it("has no field that is not declared", () => {
    expect(isLine({ discount: "1.00" })).toBe(false);
  });
});
