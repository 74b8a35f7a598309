import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { pricedInjuries } from "../../../../shared/domain/registry/injury-case.ts";
import type { Eligibility } from "../../../../shared/domain/visits/check-eligibility.ts";
import {
  type AdmissionInputs,
  decideAdmission,
  toFailure,
} from "../../../../shared/domain/visits/decide-admission.ts";
import { VisitRegistration } from "../../../../shared/domain/visits/visit-requests.ts";
import {
  bodies,
  makeCase,
  makeEmployer,
  makeHospital,
  makeWorker,
  NOW,
  toInstant,
  USCC,
} from "../../../support/builders.ts";

const registrationOf = (overrides: Readonly<Record<string, unknown>> = {}) =>
  z.parse(VisitRegistration, bodies.registration(overrides));
const eligible: Eligibility = { route: "NONE", entitlements: [], refusals: [] };
const entitled = (route: "DIRECT" | "PROVISIONAL", injuryCase = makeCase()): Eligibility => ({
  ...eligible,
  route,
  entitlements: [{ injuryCase, route }],
});
const makeInputs = (overrides: Partial<AdmissionInputs> = {}): AdmissionInputs => ({
  registration: registrationOf(),
  hospital: makeHospital(),
  worker: makeWorker(),
  eligibility: entitled("DIRECT"),
  employer: undefined,
  stays: [],
  ...overrides,
});
const decide = (overrides: Partial<AdmissionInputs> = {}) =>
  decideAdmission(makeInputs(overrides), { visitId: "V1", now: NOW });
const must = (overrides: Partial<AdmissionInputs> = {}) => {
  const decided = decide(overrides);
  if (!decided.ok) throw new Error(decided.failure.code);
  return decided.value;
};

describe("a worker with a case", () => {
  it("is taken in under it: a new visit with its event, among the worker's stays, priced by the injuries", () => {
    const injuryCase = makeCase();
    const { visit, details, stays, event, restsOn } = must({ eligibility: entitled("DIRECT", injuryCase) });
    expect(visit).toMatchObject({ visitId: "V1", version: 1, status: "OPEN", guarantee: "DIRECT", tier: 3 });
    expect(details.injuries).toEqual(pricedInjuries(injuryCase));
    expect(stays).toMatchObject([{ visitId: "V1" }]);
    expect(event).toMatchObject({ type: "CLAIM_REGISTERED", visitId: "V1" });
    expect(restsOn).toEqual({ caseParties: injuryCase, caseAsRead: undefined });
  });

  it("that is undecided is taken in all the same, and the decision must find the visit", () => {
    const injuryCase = makeCase({ status: "APPLIED" });
    const { visit, restsOn } = must({ eligibility: entitled("PROVISIONAL", injuryCase) });
    expect(visit.guarantee).toBe("PROVISIONAL");
    expect(restsOn).toEqual({ caseParties: injuryCase, caseAsRead: injuryCase });
  });

  it("who comes for an attendance takes no bed", () => {
    expect(must({ registration: registrationOf({ visitType: "OUTPATIENT" }) }).stays).toBeUndefined();
  });

  it("is refused while in a bed elsewhere", () => {
    const stays = [{ visitId: "V0", hospitalCode: "H2", admittedAt: toInstant("2026-03-04T08:00:00+08:00") }];
    expect(decide({ stays })).toMatchObject({ failure: { code: "ADMITTED_ELSEWHERE" } });
  });
});

describe("a worker without a case", () => {
  const injury = { employerUscc: USCC, injuredOn: "2026-03-01" };
  const onNotice = (overrides: Partial<AdmissionInputs> = {}, injured: object = {}) =>
    makeInputs({
      registration: registrationOf({ caseNo: undefined, injury: { ...injury, ...injured } }),
      eligibility: { ...eligible, refusals: [{ code: "NO_CASE" }] },
      employer: makeEmployer(),
      ...overrides,
    });
  const decideOnNotice = (inputs: AdmissionInputs) => decideAdmission(inputs, { visitId: "V1", now: NOW });

  it("is taken in on the employer's notice, and waits for one", () => {
    expect(decideOnNotice(onNotice())).toMatchObject({
      value: { visit: { guarantee: "PROVISIONAL", employerUscc: USCC }, restsOn: {} },
    });
  });

  it("is refused for an unknown or uninsured employer, and for an injury after the admission", () => {
    const codesOf = (inputs: AdmissionInputs) => {
      const decided = decideOnNotice(inputs);
      return decided.ok ? [] : decided.failure.faults?.map(({ code }) => code);
    };
    expect(codesOf(onNotice({ employer: undefined }))).toEqual(["EMPLOYER_UNKNOWN"]);
    expect(codesOf(onNotice({ employer: makeEmployer({ insured: [] }) }))).toEqual(["EMPLOYER_NOT_INSURED"]);
    expect(codesOf(onNotice({}, { injuredOn: "2026-03-06" }))).toEqual(["BEFORE_INJURY"]);
  });

  it("is refused for what is the worker's or the hospital's own, whatever the notice", () => {
    const eligibility = { ...eligible, refusals: [{ code: "AGREEMENT_INACTIVE" }] } as const;
    expect(decideOnNotice(onNotice({ eligibility }))).toMatchObject({
      failure: { code: "AGREEMENT_INACTIVE" },
    });
  });

  it("who is not known is refused, whatever the notice", () => {
    expect(decideOnNotice(onNotice({ worker: undefined }))).toMatchObject({ failure: { code: "NO_CASE" } });
  });
});

describe("a refusal", () => {
  it("says every reason at its field, and the hospital whose bed is in the way", () => {
    const hospital = { code: "H2", name: "另一医院" };
    const refusals = [{ code: "ADMITTED_ELSEWHERE" }, { code: "CASE_CLOSED" }] as const;
    expect(decide({ eligibility: { ...eligible, refusals }, bedAt: hospital })).toMatchObject({
      failure: {
        code: "ADMITTED_ELSEWHERE",
        faults: [
          { pointer: "/admittedAt", code: "ADMITTED_ELSEWHERE", hospital },
          { pointer: "/caseNo", code: "CASE_CLOSED" },
        ],
      },
    });
    const [fault] = toFailure({ eligibility: { ...eligible, refusals } }).faults ?? [];
    expect(fault).not.toHaveProperty("hospital");
  });

  it("names no case where nothing else can be said", () => {
    expect(toFailure({ eligibility: eligible }).code).toBe("NO_CASE");
  });
});
