import { describe, expect, it } from "vitest";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { type CaseStatus, toNextCase } from "../../../../shared/domain/registry/injury-case.ts";
import { checkGuarantee, decideKind } from "../../../../shared/domain/settlements/settlement-kind.ts";
import type { CaseFacts } from "../../../../shared/domain/visits/conditions.ts";
import { type Visit, visitStatuses } from "../../../../shared/domain/visits/visit.ts";
import {
  HOSPITAL_CODE,
  makeCase,
  makeEmployer,
  makeVisit,
  makeWorker,
  NOW,
} from "../../../support/builders.ts";

const authorisation = { benefit: "INPATIENT", from: "2026-03-01", to: "2026-03-31" };
const caseOf = (status: CaseStatus, overrides: Parameters<typeof makeCase>[0] = {}) =>
  makeCase({ status, authorisations: [authorisation], ...overrides });
const factsOf = (injuryCase: CaseFacts["injuryCase"], others: Partial<CaseFacts> = {}): CaseFacts => ({
  injuryCase,
  worker: makeWorker(),
  employer: makeEmployer(),
  ...others,
});
const decide = (
  asked: "FINAL" | "INTERIM",
  status: CaseStatus | undefined,
  visit: Partial<Visit> = {},
): string => {
  const facts = status === undefined ? undefined : factsOf(caseOf(status));
  const decided = decideKind(asked, makeVisit({ guarantee: "PROVISIONAL", ...visit }), facts);
  return decided.ok ? decided.value.kind : decided.failure.code;
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
    const decideOf = (injuryCase: CaseFacts["injuryCase"]) => {
      const decided = decideKind("FINAL", makeVisit({ guarantee: "PROVISIONAL" }), factsOf(injuryCase));
      return decided.ok ? decided.value : undefined;
    };
    expect(decideOf(closed("RECOGNISED"))).toEqual({ kind: "FINAL" });
    expect(decideOf(closed("ACCEPTED"))).toEqual({ kind: "RELEASE" });
    expect(decideOf(closed("REVOKED"))).toEqual({ kind: "RELEASE" });
    expect(decideOf(toNextCase(closed("RECOGNISED"), caseOf("CLOSED"), NOW))).toEqual({ kind: "FINAL" });
    const later = instantOf(Date.parse(NOW) + 1);
    const lost = (openStatus: CaseStatus) =>
      toNextCase(undefined, caseOf("CLOSED"), NOW, {
        version: 3,
        openStatus: openStatus === "CLOSED" ? undefined : openStatus,
      });
    expect(lost("RECOGNISED")).toMatchObject({ version: 4, closedAs: "RECOGNISED" });
    expect(decideOf(lost("RECOGNISED"))).toEqual({ kind: "FINAL" });
    expect(lost("CLOSED").closedAs).toBeUndefined();
    const restated = toNextCase(toNextCase(undefined, caseOf("REVOKED"), later), caseOf("REVOKED"), NOW);
    expect(restated).toMatchObject({ version: 2, statedAt: later });
    expect(decideOf(caseOf("CLOSED"))).toEqual({ kind: "RELEASE" });
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

describe.each(["DIRECT", "PROVISIONAL"] as const)("a %s visit of a recognised case", (guarantee) => {
  const visit = (overrides: Partial<Visit> = {}) => makeVisit({ guarantee, ...overrides });
  const check = (overrides: Parameters<typeof makeCase>[0], others: Partial<CaseFacts> = {}) =>
    checkGuarantee(visit(), factsOf(caseOf("RECOGNISED", overrides), others));

  it("is the fund's where an authorisation covers benefit, day and hospital", () => {
    expect(check({})).toBeUndefined();
    expect(check({ authorisations: [] })).toBe("NOT_AUTHORISED");
    expect(check({ authorisations: [{ ...authorisation, to: "2026-03-04" }] })).toBe("AUTHORISATION_EXPIRED");
    expect(check({ authorisations: [{ ...authorisation, hospitalCodes: ["H33030400002"] }] })).toBe(
      "HOSPITAL_NOT_AUTHORISED",
    );
    expect(check({ authorisations: [{ ...authorisation, hospitalCodes: [HOSPITAL_CODE] }] })).toBeUndefined();
  });

  it("is not where a third party is liable, benefits are stopped or the injury came later", () => {
    expect(check({ thirdPartyLiability: true })).toBe("THIRD_PARTY_LIABILITY");
    expect(check({}, { worker: { frozen: true } })).toBe("BENEFIT_FROZEN");
    expect(check({ injuredOn: "2026-03-06" })).toBe("BEFORE_INJURY");
  });

  it("is not where the employer was not insured on the day of injury as the case has it now", () => {
    const insured = (from: string) => ({ employer: makeEmployer({ insured: [{ from, to: null }] }) });
    expect(check({ injuredOn: "2026-01-15" }, insured("2026-02-01"))).toBe("EMPLOYER_NOT_INSURED");
    expect(check({ injuredOn: "2026-02-01" }, insured("2026-02-01"))).toBeUndefined();
    expect(check({}, { employer: undefined })).toBe("EMPLOYER_NOT_INSURED");
  });

  it("waits for what is in the way, and says for what; settled so far it cannot be", () => {
    const facts = factsOf(caseOf("RECOGNISED", { thirdPartyLiability: true }));
    const blockedBy = "THIRD_PARTY_LIABILITY";
    for (const status of visitStatuses) {
      const decided = decideKind("FINAL", visit({ status }), facts);
      const isWaiting = status === "DEFERRED" || status === "RELEASED";
      expect(decided).toEqual(
        isWaiting
          ? { ok: false, failure: { code: blockedBy } }
          : { ok: true, value: { kind: "DEFERRED", blockedBy } },
      );
    }
    expect(decideKind("INTERIM", visit(), facts)).toEqual({ ok: false, failure: { code: blockedBy } });
  });
});
