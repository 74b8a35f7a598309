import { describe, expect, it } from "vitest";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { checkGuarantee, decideKind } from "../../../../shared/domain/ledger/settlement-kind.ts";
import {
  type CaseStatus,
  type InjuryCase,
  toNextCase,
} from "../../../../shared/domain/registry/injury-case.ts";
import type { Visit } from "../../../../shared/domain/visit/visit.ts";
import { HOSPITAL_CODE, makeCase, makeVisit, NOW } from "../../../support/builders.ts";

const authorisation = { benefit: "INPATIENT", from: "2026-03-01", to: "2026-03-31" };
const caseOf = (status: CaseStatus, overrides: Parameters<typeof makeCase>[0] = {}) =>
  makeCase({ status, authorisations: [authorisation], ...overrides });
const decide = (
  asked: "FINAL" | "INTERIM",
  status: CaseStatus | undefined,
  visit: Partial<Visit> = {},
): string => {
  const injuryCase = status === undefined ? undefined : caseOf(status);
  const kind = decideKind(asked, makeVisit({ guarantee: "PROVISIONAL", ...visit }), injuryCase);
  return kind.ok ? kind.value : kind.failure.code;
};

describe("settling a visit comes to", () => {
  it.each([
    [undefined, "DEFERRED"],
    ["APPLIED", "DEFERRED"],
    ["ACCEPTED", "DEFERRED"],
    ["SUSPENDED", "DEFERRED"],
    ["RECOGNISED", "FINAL"],
    ["NOT_RECOGNISED", "RELEASE"],
    ["REVOKED", "RELEASE"],
  ] as const)("a case that is %s: %s", (status, kind) => {
    expect(decide("FINAL", status)).toBe(kind);
  });

  it("what a case was before it was closed", () => {
    const closed = (status: CaseStatus) => toNextCase(caseOf(status), caseOf("CLOSED"), NOW);
    const decideOf = (injuryCase: InjuryCase) =>
      decideKind("FINAL", makeVisit({ guarantee: "PROVISIONAL" }), injuryCase);
    expect(decideOf(closed("RECOGNISED"))).toMatchObject({ value: "FINAL" });
    expect(decideOf(closed("ACCEPTED"))).toMatchObject({ value: "RELEASE" });
    expect(decideOf(closed("REVOKED"))).toMatchObject({ value: "RELEASE" });
    expect(decideOf(toNextCase(closed("RECOGNISED"), caseOf("CLOSED"), NOW))).toMatchObject({
      value: "FINAL",
    });
    const later = instantOf(Date.parse(NOW) + 1);
    const restated = toNextCase(toNextCase(undefined, caseOf("REVOKED"), later), caseOf("REVOKED"), NOW);
    expect(restated).toMatchObject({ version: 2, statedAt: later });
    expect(decideOf(caseOf("CLOSED"))).toMatchObject({ value: "RELEASE" });
  });

  it("nothing more while it waits or is released already, as long as its case says the same", () => {
    expect(decide("FINAL", "APPLIED", { status: "DEFERRED" })).toBe("CASE_UNDECIDED");
    expect(decide("FINAL", "APPLIED", { status: "RELEASED" })).toBe("CASE_UNDECIDED");
    expect(decide("FINAL", "REVOKED", { status: "RELEASED" })).toBe("CASE_NOT_RECOGNISED");
    expect(decide("FINAL", "REVOKED", { status: "DEFERRED" })).toBe("RELEASE");
    expect(decide("FINAL", "RECOGNISED", { status: "RELEASED" })).toBe("FINAL");
  });

  it("an interim settlement only where the injury is recognised", () => {
    expect(decide("INTERIM", "RECOGNISED")).toBe("INTERIM");
    expect(decide("INTERIM", "APPLIED")).toBe("CASE_UNDECIDED");
    expect(decide("INTERIM", "NOT_RECOGNISED")).toBe("CASE_NOT_RECOGNISED");
  });
});

describe("what was taken in before the decision", () => {
  const check = (overrides: Parameters<typeof makeCase>[0], visit: Partial<Visit> = {}) =>
    checkGuarantee(makeVisit({ guarantee: "PROVISIONAL", ...visit }), caseOf("RECOGNISED", overrides));

  it("is the fund's where an authorisation covers benefit, day and hospital", () => {
    expect(check({})).toBeUndefined();
    expect(check({ authorisations: [] })).toBe("NOT_AUTHORISED");
    expect(check({ authorisations: [{ ...authorisation, to: "2026-03-04" }] })).toBe("AUTHORISATION_EXPIRED");
    expect(check({ authorisations: [{ ...authorisation, hospitalCodes: ["H33030400002"] }] })).toBe(
      "HOSPITAL_NOT_AUTHORISED",
    );
    expect(check({ authorisations: [{ ...authorisation, hospitalCodes: [HOSPITAL_CODE] }] })).toBeUndefined();
  });

  it("is not where a third party is liable", () => {
    expect(check({ thirdPartyLiability: true })).toBe("THIRD_PARTY_LIABILITY");
    const refused = decideKind(
      "FINAL",
      makeVisit({ guarantee: "PROVISIONAL" }),
      caseOf("RECOGNISED", { thirdPartyLiability: true }),
    );
    expect(refused).toEqual({ ok: false, failure: { code: "THIRD_PARTY_LIABILITY" } });
  });

  it("was checked at registration where the fund guaranteed it from the start", () => {
    expect(check({ authorisations: [] }, { guarantee: "DIRECT" })).toBeUndefined();
  });
});
