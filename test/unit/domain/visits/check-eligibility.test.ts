import { describe, expect, it } from "vitest";
import {
  checkEligibility,
  type EligibilityQuestion,
  refusalCodes,
} from "../../../../shared/domain/visits/check-eligibility.ts";
import {
  CASE_NO,
  makeCase,
  makeEmployer,
  makeHospital,
  makeWorker,
  toDay,
  USCC,
} from "../../../support/builders.ts";

/** An insured worker's recognised case, an inpatient, a hospital with an active agreement: nothing is against it. */
const ask = (overrides: Partial<EligibilityQuestion> = {}) =>
  checkEligibility({
    hospital: makeHospital(),
    worker: makeWorker(),
    cases: [makeCase()],
    findEmployer: (uscc) => (uscc === USCC ? makeEmployer() : undefined),
    visitType: "INPATIENT",
    serviceDay: toDay("2026-03-05"),
    today: toDay("2026-03-06"),
    hasOpenStay: false,
    ...overrides,
  });

const authorisation = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  benefit: "INPATIENT",
  from: "2026-03-01",
  to: "2026-03-31",
  ...overrides,
});
const authorised = (...authorisations: unknown[]) => [makeCase({ authorisations })];
const agreement = (overrides: Readonly<Record<string, unknown>>) =>
  makeHospital({ agreement: { from: "2024-01-01", to: "2028-12-31", status: "ACTIVE", ...overrides } });

describe("a hospital's agreement", () => {
  it("must be in force on the day of service and on the day on which it is asked", () => {
    const refusedOn = (serviceDay: string, today: string, overrides: Readonly<Record<string, unknown>>) =>
      ask({ hospital: agreement(overrides), serviceDay: toDay(serviceDay), today: toDay(today) }).refusals;
    const inactive = [{ code: "AGREEMENT_INACTIVE" }];
    expect(refusedOn("2026-03-05", "2026-03-06", { to: "2026-03-06" })).toEqual([]);
    expect(refusedOn("2026-03-05", "2026-03-07", { to: "2026-03-06" })).toEqual(inactive);
    expect(refusedOn("2026-03-07", "2026-03-05", { from: "2026-03-06" })).toEqual(inactive);
    expect(refusedOn("2026-03-05", "2026-03-07", { from: "2026-03-06" })).toEqual(inactive);
    expect(refusedOn("2026-03-05", "2026-03-06", { status: "SUSPENDED" })).toEqual(inactive);
  });
});

describe("a worker whose case is another than the one named", () => {
  it("has none, whatever else there is to say of the worker", () => {
    expect(ask({ worker: "NOT_READ", cases: [] }).refusals).toEqual([{ code: "NO_CASE" }]);
  });
});

describe("a worker with a recognised case", () => {
  it("is treated at the fund's cost, under the case and its authorisation", () => {
    const { route, entitlements, refusals } = ask();
    expect({ route, refusals }).toEqual({ route: "DIRECT", refusals: [] });
    expect(entitlements).toMatchObject([
      { route: "DIRECT", injuryCase: { caseNo: CASE_NO }, authorisation: { benefit: "INPATIENT" } },
    ]);
  });

  it("may have been hurt on the day of service", () => {
    expect(ask({ serviceDay: toDay("2026-03-01") }).route).toBe("DIRECT");
  });

  it("may be an outpatient during a stay", () => {
    expect(ask({ visitType: "OUTPATIENT", hasOpenStay: true }).route).toBe("DIRECT");
  });

  it("may have one diagnosis within the injuries beside others", () => {
    expect(ask({ diagnosisCodes: ["I10.x00", "S62.301"] }).route).toBe("DIRECT");
    expect(ask({ diagnosisCodes: [] }).route).toBe("DIRECT");
  });

  it("whose injuries are not recorded yet is not held to any diagnosis", () => {
    expect(ask({ cases: [makeCase({ injuries: [] })], diagnosisCodes: ["I10.x00"] }).route).toBe("DIRECT");
  });

  it("is treated where one of several authorisations serves", () => {
    const { entitlements } = ask({
      cases: authorised(
        authorisation({ benefit: "OUTPATIENT" }),
        authorisation({ to: "2026-03-04" }),
        authorisation({ hospitalCodes: ["H99999999999"] }),
        authorisation({ hospitalCodes: ["H99999999999", "H33030400001"], to: "2026-03-06" }),
        authorisation({ to: null }),
      ),
    });
    expect(entitlements).toMatchObject([{ authorisation: { to: "2026-03-06" } }]);
  });

  it("is treated on the first and the last day of an authorisation and of the hospital's agreement", () => {
    for (const day of ["2026-03-05", "2026-03-10"].map(toDay)) {
      const within = { from: "2026-03-05", to: "2026-03-10" };
      expect(ask({ serviceDay: day, cases: authorised(authorisation(within)) }).route).toBe("DIRECT");
      expect(ask({ serviceDay: day, hospital: agreement(within) }).route).toBe("DIRECT");
    }
  });
});

interface RefusedCase {
  readonly code: (typeof refusalCodes)[number];
  readonly when: string;
  readonly asked: Partial<EligibilityQuestion>;
  /** Whether the refusal names the case. */
  readonly ofCase: boolean;
}

const refused: readonly RefusedCase[] = [
  {
    code: "WORKER_UNKNOWN",
    when: "is not registered",
    asked: { worker: undefined, cases: [] },
    ofCase: false,
  },
  {
    code: "BENEFIT_FROZEN",
    when: "has frozen benefits",
    asked: { worker: makeWorker({ frozen: true }) },
    ofCase: false,
  },
  { code: "NO_CASE", when: "has no case", asked: { cases: [] }, ofCase: false },
  {
    code: "CASE_NOT_RECOGNISED",
    when: "was refused recognition",
    asked: { cases: [makeCase({ status: "NOT_RECOGNISED" })] },
    ofCase: true,
  },
  {
    code: "CASE_NOT_RECOGNISED",
    when: "had a recognition that was revoked",
    asked: { cases: [makeCase({ status: "REVOKED" })] },
    ofCase: true,
  },
  {
    code: "CASE_CLOSED",
    when: "has a closed case",
    asked: { cases: [makeCase({ status: "CLOSED" })] },
    ofCase: true,
  },
  {
    code: "THIRD_PARTY_LIABILITY",
    when: "was hurt by a third party",
    asked: { cases: [makeCase({ thirdPartyLiability: true })] },
    ofCase: true,
  },
  {
    code: "EMPLOYER_NOT_INSURED",
    when: "has an employer that is not registered",
    asked: { findEmployer: () => undefined },
    ofCase: true,
  },
  {
    code: "EMPLOYER_NOT_INSURED",
    when: "has an employer that was insured only from the day after the injury",
    asked: { findEmployer: () => makeEmployer({ insured: [{ from: "2026-03-02", to: null }] }) },
    ofCase: true,
  },
  {
    code: "EMPLOYER_NOT_INSURED",
    when: "has an employer whose insurance ended the day before the injury",
    asked: {
      findEmployer: () =>
        makeEmployer({
          insured: [
            { from: "2020-01-01", to: "2026-02-28" },
            { from: "2026-03-02", to: null },
          ],
        }),
    },
    ofCase: true,
  },
  {
    code: "NOT_AUTHORISED",
    when: "has no authorisation at all",
    asked: { cases: authorised() },
    ofCase: true,
  },
  {
    code: "NOT_AUTHORISED",
    when: "has an authorisation for another benefit only",
    asked: { cases: authorised(authorisation({ benefit: "OUTPATIENT" })) },
    ofCase: true,
  },
  {
    code: "AUTHORISATION_EXPIRED",
    when: "has an authorisation that ended the day before",
    asked: { cases: authorised(authorisation({ to: "2026-03-04" })) },
    ofCase: true,
  },
  {
    code: "AUTHORISATION_EXPIRED",
    when: "has an authorisation that starts the day after",
    asked: { cases: authorised(authorisation({ from: "2026-03-06" })) },
    ofCase: true,
  },
  {
    code: "HOSPITAL_NOT_AUTHORISED",
    when: "is authorised for other hospitals",
    asked: { cases: authorised(authorisation({ hospitalCodes: ["H33030400002"] })) },
    ofCase: true,
  },
  {
    code: "HOSPITAL_NOT_AUTHORISED",
    when: "was authorised for this hospital once, and is for others now",
    asked: {
      cases: authorised(
        authorisation({ hospitalCodes: ["H33030400001"], to: "2026-03-04" }),
        authorisation({ hospitalCodes: ["H33030400002"] }),
      ),
    },
    ofCase: true,
  },
  {
    code: "AGREEMENT_INACTIVE",
    when: "comes to a hospital whose agreement is suspended",
    asked: { hospital: agreement({ status: "SUSPENDED" }) },
    ofCase: false,
  },
  {
    code: "AGREEMENT_INACTIVE",
    when: "comes to a hospital whose agreement starts the day after",
    asked: { hospital: agreement({ from: "2026-03-06" }) },
    ofCase: false,
  },
  {
    code: "AGREEMENT_INACTIVE",
    when: "comes to a hospital whose agreement ended the day before",
    asked: { hospital: agreement({ to: "2026-03-04" }) },
    ofCase: false,
  },
  {
    code: "SERVICE_NOT_OFFERED",
    when: "comes to a hospital that does not take inpatients",
    asked: { hospital: makeHospital({ services: ["OUTPATIENT"] }) },
    ofCase: false,
  },
  {
    code: "BEFORE_INJURY",
    when: "was hurt the day after",
    asked: { cases: [makeCase({ injuredOn: "2026-03-06" })] },
    ofCase: true,
  },
  {
    code: "DIAGNOSIS_OUTSIDE_CASE",
    when: "has no diagnosis within the recognised injuries",
    asked: { diagnosisCodes: ["I10.x00", "S61.000"] },
    ofCase: true,
  },
  {
    code: "ADMITTED_ELSEWHERE",
    when: "has a stay that is open",
    asked: { hasOpenStay: true },
    ofCase: false,
  },
];

describe("a worker is refused who", () => {
  it.each(refused)("$when: $code", ({ code, asked, ofCase }) => {
    const refusal = ofCase ? { caseNo: CASE_NO, code } : { code };
    expect(ask(asked)).toEqual({ route: "NONE", entitlements: [], refusals: [refusal] });
  });

  it("meets any of the reasons that there are", () => {
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(refusalCodes));
  });
});

describe("refusals", () => {
  it("are given all together, those of no case first", () => {
    const { refusals } = ask({
      worker: makeWorker({ frozen: true }),
      hospital: makeHospital({ services: ["OUTPATIENT"] }),
      cases: [
        makeCase({
          status: "CLOSED",
          thirdPartyLiability: true,
          injuredOn: "2026-03-06",
          authorisations: [],
        }),
      ],
      findEmployer: () => undefined,
      diagnosisCodes: ["I10.x00"],
      hasOpenStay: true,
    });
    expect(refusals.map(({ caseNo, code }) => `${caseNo ?? "-"} ${code}`)).toEqual([
      "- BENEFIT_FROZEN",
      "- SERVICE_NOT_OFFERED",
      "- ADMITTED_ELSEWHERE",
      `${CASE_NO} CASE_CLOSED`,
      `${CASE_NO} THIRD_PARTY_LIABILITY`,
      `${CASE_NO} EMPLOYER_NOT_INSURED`,
      `${CASE_NO} BEFORE_INJURY`,
      `${CASE_NO} DIAGNOSIS_OUTSIDE_CASE`,
      `${CASE_NO} NOT_AUTHORISED`,
    ]);
  });

  it("tell a hospital without an agreement nothing else, not even whether there is such a worker", () => {
    const agreement = { from: "2024-01-01", to: null, status: "SUSPENDED" } as const;
    const hospital = makeHospital({ services: ["OUTPATIENT"], agreement });
    const answers = [
      ask({ hospital, worker: makeWorker({ frozen: true }), hasOpenStay: true }),
      ask({ hospital, worker: undefined, cases: [] }),
      ask({ hospital }),
    ];
    const refusals = [{ code: "AGREEMENT_INACTIVE" }];
    for (const each of answers) expect(each).toEqual({ route: "NONE", entitlements: [], refusals });
  });

  it("do not say of an unknown worker that there is no case", () => {
    expect(ask({ worker: undefined, cases: [] }).refusals).toEqual([{ code: "WORKER_UNKNOWN" }]);
  });

  it("of no case leave no case to be treated under", () => {
    expect(ask({ hospital: makeHospital({ services: ["OUTPATIENT"] }) }).entitlements).toEqual([]);
  });
});

describe("a worker whose case is not decided yet", () => {
  it.each(["APPLIED", "ACCEPTED", "SUSPENDED"])("is treated all the same while it is %s", (status) => {
    const { route, entitlements, refusals } = ask({
      cases: [makeCase({ status, authorisations: [], injuries: [] })],
      diagnosisCodes: ["I10.x00"],
    });
    expect({ route, refusals }).toEqual({ route: "PROVISIONAL", refusals: [] });
    expect(entitlements.map((each) => [each.route, "authorisation" in each])).toEqual([
      ["PROVISIONAL", false],
    ]);
  });

  it("is held to the authorisations and injuries that there are already", () => {
    const undecided = (overrides: Readonly<Record<string, unknown>>) => [
      makeCase({ status: "APPLIED", ...overrides }),
    ];
    const codesOf = (overrides: Readonly<Record<string, unknown>>, diagnosisCodes: string[] = []) =>
      ask({ cases: undecided(overrides), diagnosisCodes }).refusals.map(({ code }) => code);
    expect(codesOf({ authorisations: [authorisation({ benefit: "OUTPATIENT" })] })).toEqual([
      "NOT_AUTHORISED",
    ]);
    expect(codesOf({ authorisations: [authorisation({ to: "2026-03-04" })] })).toEqual([
      "AUTHORISATION_EXPIRED",
    ]);
    expect(codesOf({}, ["I10.x00"])).toEqual(["DIAGNOSIS_OUTSIDE_CASE"]);
    expect(ask({ cases: undecided({}) }).entitlements).toMatchObject([
      { route: "PROVISIONAL", authorisation: { benefit: "INPATIENT" } },
    ]);
  });

  it("is refused for what is known before the decision", () => {
    const cases = [makeCase({ status: "APPLIED", thirdPartyLiability: true, injuredOn: "2026-03-06" })];
    expect(ask({ cases, findEmployer: () => undefined }).refusals.map(({ code }) => code)).toEqual([
      "THIRD_PARTY_LIABILITY",
      "EMPLOYER_NOT_INSURED",
      "BEFORE_INJURY",
    ]);
  });
});

describe("a worker with several cases", () => {
  const closed = makeCase({ caseNo: "C1", status: "CLOSED" });
  const applied = makeCase({ caseNo: "C2", status: "APPLIED" });
  const recognised = makeCase({ caseNo: "C3" });

  it("is treated under each that serves and told of each that does not", () => {
    const { route, entitlements, refusals } = ask({ cases: [closed, applied, recognised] });
    expect(route).toBe("DIRECT");
    expect(entitlements.map((each) => [each.injuryCase.caseNo, each.route])).toEqual([
      ["C2", "PROVISIONAL"],
      ["C3", "DIRECT"],
    ]);
    expect(refusals).toEqual([{ caseNo: "C1", code: "CASE_CLOSED" }]);
  });

  it("is treated provisionally where none of them is recognised", () => {
    expect(ask({ cases: [closed, applied] }).route).toBe("PROVISIONAL");
  });
});
