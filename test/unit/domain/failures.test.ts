import { describe, expect, it } from "vitest";
import { failure, failureOf, failureTexts } from "../../../shared/domain/failures.ts";
import { err, ok } from "../../../shared/domain/result.ts";

describe("a failure", () => {
  it("carries its faults where it has some", () => {
    const faults = [{ pointer: "/lines/0/amount", code: "LINE_AMOUNT_MISMATCH" }];
    expect(failure("INPUT_INVALID", faults)).toEqual({ code: "INPUT_INVALID", faults });
    expect(Object.keys(failure("NO_POLICY"))).toEqual(["code"]);
  });

  it("has a sentence in Chinese and one in English for every code", () => {
    for (const [code, { zh, en }] of Object.entries(failureTexts)) {
      expect([code, /[\u4e00-\u9fff]/.test(zh), /^[A-Z][ -~×]+$/.test(en)]).toEqual([code, true, true]);
    }
  });

  it("may be retried unchanged only where the service itself was in the way, or the hour", () => {
    const retryable = Object.entries(failureTexts).filter(([, text]) => text.retryable);
    expect(retryable.map(([code]) => code)).toEqual([
      "BODY_TOO_SLOW",
      "TOO_MANY_REQUESTS",
      "TOO_MANY_LOOKUPS",
      "TOO_MANY_RECONCILIATIONS",
      "BUSY",
      "INTERNAL",
    ]);
  });
});

const fault = (code: string, index = 0) => ({ pointer: `/lines/${index}`, code });

describe("faults", () => {
  it("of one kind make a failure of that name, however many they are", () => {
    const faults = [fault("LINE_NUMBER_TAKEN", 0), fault("LINE_NUMBER_TAKEN", 1)];
    expect(failureOf(faults)).toEqual({ code: "LINE_NUMBER_TAKEN", faults });
  });

  it("of several kinds make an invalid input", () => {
    const faults = [fault("LINE_NUMBER_TAKEN"), fault("LINE_AMOUNT_MISMATCH")];
    expect(failureOf(faults)).toEqual({ code: "INPUT_INVALID", faults });
  });

  it("of a kind that is no failure by itself make an invalid input", () => {
    expect(failureOf([fault("REQUIRED")]).code).toBe("INPUT_INVALID");
    expect(failureOf([fault("toString")]).code).toBe("INPUT_INVALID");
    expect(failureOf([]).code).toBe("INPUT_INVALID");
  });
});

describe("a result", () => {
  it("is a value or a failure and says which", () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(err("NO_POLICY")).toEqual({ ok: false, failure: "NO_POLICY" });
  });
});
