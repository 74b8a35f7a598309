import { describe, expect, it } from "vitest";
import { failuresOf } from "../../../functions/contract/failure-responses.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { type Advice, commonAdvice } from "../../../shared/http/failure-advice.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { hospitalAdvice } from "../../../shared/http/hospital-advice.ts";

const carried = {
  hospital: hospitalAdvice,
  enterprise: commonAdvice,
  finance: commonAdvice,
  agency: fullAdvice,
  auditor: commonAdvice,
  public: commonAdvice,
} as const satisfies Record<string, Advice>;

describe("the advice that an audience's function carries", () => {
  it.each(operations)("says of every refusal of $id what the contract says", (definition) => {
    const advice: Advice = carried[definition.audience];
    const missing = failuresOf(definition).filter((code) => advice[code] !== fullAdvice[code]);
    expect(missing).toEqual([]);
  });
});
