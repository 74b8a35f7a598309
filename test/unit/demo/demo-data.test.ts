import { describe, expect, test } from "vitest";
import { makeDemoBills } from "../../../infra/demo/bills.ts";
import { completeOrganisationCode } from "../../../infra/demo/check-characters.ts";
import { demoRegistry } from "../../../infra/demo/demo-registry.ts";
import { DEMO_EMPLOYER_USCC, makeDistrict } from "../../../infra/demo/district.ts";
import type { DemoBill } from "../../../infra/demo/visit-bodies.ts";
import { totalOf } from "../../../shared/domain/bearers.ts";
import { CatalogueItem } from "../../../shared/domain/catalogue/catalogue.ts";
import { findPolicy, PolicyTerms } from "../../../shared/domain/catalogue/policy.ts";
import { isIdNumber, isUscc } from "../../../shared/domain/check-characters.ts";
import { day, dayOf, InstantSchema, instantOf, latestDay } from "../../../shared/domain/dates.ts";
import { amountOf } from "../../../shared/domain/money.ts";
import { EmployerStatement, isInsured } from "../../../shared/domain/registry/employer.ts";
import { HospitalCode, HospitalStatement } from "../../../shared/domain/registry/hospital.ts";
import { CaseInput, CaseNo, isUndecided, toNextCase } from "../../../shared/domain/registry/injury-case.ts";
import { toWorker, WorkerStatement } from "../../../shared/domain/registry/worker.ts";
import { adjudicateBill } from "../../../shared/domain/settlements/adjudicate-bill.ts";
import { isStay } from "../../../shared/domain/visit-type.ts";
import { ChargeLine } from "../../../shared/domain/visits/charge-line.ts";
import { checkEligibility } from "../../../shared/domain/visits/check-eligibility.ts";
import { checkLines } from "../../../shared/domain/visits/check-lines.ts";
import { Discharge, VisitRegistration } from "../../../shared/domain/visits/visit-requests.ts";

const registry = demoRegistry();
const bills = makeDemoBills(registry, registry.catalogueItems);

const hospitals = new Map(
  registry.hospitals.map(({ code, body }) => [code, { code, ...HospitalStatement.parse(body) }]),
);
const employers = new Map(
  registry.employers.map(({ uscc, body }) => [uscc, { uscc, ...EmployerStatement.parse(body) }]),
);
const workers = new Map(
  registry.workers.map((worker) => [
    worker.idNumber,
    { ...WorkerStatement.parse(worker), ...toWorker(worker.idNumber, WorkerStatement.parse(worker)) },
  ]),
);
const cases = new Map(
  registry.cases.map(({ caseNo, body }) => {
    const { idNumber, ...statement } = CaseInput.parse(body);
    return [caseNo, toNextCase(undefined, { caseNo, workerId: idNumber, ...statement }, instantOf(0))];
  }),
);
const items = new Map(registry.catalogueItems.map((item) => [item.itemCode, CatalogueItem.parse(item)]));
const policies = registry.policies.map(({ effectiveFrom, body }) => ({
  effectiveFrom: day(effectiveFrom),
  ...PolicyTerms.parse(body),
}));

/** What must be there; fails the test where it is not. */
function get<T>(map: ReadonlyMap<string, T>, key: string): T {
  const found = map.get(key);
  if (found === undefined) throw new Error(`${key} is not in the demo data`);
  return found;
}

const linesOf = (bill: DemoBill) => bill.charges.flatMap(({ body }) => body.lines);
const parsedLines = (bill: DemoBill) => linesOf(bill).map((line) => ChargeLine.parse(line));
const each = bills.map((bill) => [bill.hospitalVisitNo, bill] as const);

describe("the demo registry", () => {
  test("has the district's size, and no key twice", () => {
    expect(registry.hospitals).toHaveLength(12);
    expect(registry.employers).toHaveLength(200);
    expect(registry.workers).toHaveLength(2000);
    expect(registry.cases).toHaveLength(400);
    expect(registry.policies.map(({ effectiveFrom }) => effectiveFrom)).toEqual(["2024-01-01", "2026-07-01"]);
    expect(registry.catalogueItems).toHaveLength(299);
    expect([hospitals.size, employers.size, workers.size, cases.size, items.size]).toEqual([
      12, 200, 2000, 400, 299,
    ]);
    expect(new Set(registry.workers.map(({ cardNumber }) => cardNumber)).size).toBe(2000);
    expect(new Set(registry.employers.map(({ body }) => body.name)).size).toBe(200);
    expect(new Set(registry.catalogueItems.map(({ name }) => name)).size).toBe(299);
  });

  test("has nothing that an agency's operations would refuse", () => {
    for (const { code } of registry.hospitals) expect(HospitalCode.safeParse(code).success).toBe(true);
    for (const { caseNo } of registry.cases) expect(CaseNo.safeParse(caseNo).success).toBe(true);
    // The bodies were parsed by the domain's own schemas above; one that is wrong fails this whole file.
  });

  test("has the right check character in every ID number, and none that a person could have", () => {
    for (const { idNumber } of registry.workers) {
      expect(isIdNumber(idNumber), idNumber).toBe(true);
      expect(idNumber).toMatch(/^9999/);
    }
  });

  test("has both right check characters in every uscc, and none that a company could have", () => {
    for (const { uscc } of registry.employers) {
      expect(isUscc(uscc), uscc).toBe(true);
      expect(completeOrganisationCode(uscc.slice(8, 16))).toBe(uscc.slice(8, 17));
      expect(uscc).toMatch(/^91999999DEM/);
    }
  });

  test("completes an organisation code as GB 11714 does", () => {
    // The example that is commonly given with the standard; nothing else here knows what is right.
    expect(completeOrganisationCode("D2143569")).toBe("D2143569X");
  });

  test("has every worker, employer and hospital that its cases name", () => {
    for (const injuryCase of cases.values()) {
      expect(workers.has(injuryCase.workerId)).toBe(true);
      expect(employers.has(injuryCase.employerUscc)).toBe(true);
      expect(injuryCase.injuredOn).toMatch(/^2026-/);
      const named = injuryCase.authorisations.flatMap(({ hospitalCodes }) => hospitalCodes ?? []);
      expect(named.filter((code) => !hospitals.has(code))).toEqual([]);
    }
  });

  test("spreads its cases over the statuses, most of them recognised", () => {
    const counts = Map.groupBy(cases.values(), ({ status }) => status);
    expect(Object.fromEntries([...counts].map(([status, list]) => [status, list.length]))).toEqual({
      RECOGNISED: 335,
      APPLIED: 18,
      ACCEPTED: 16,
      SUSPENDED: 7,
      NOT_RECOGNISED: 12,
      CLOSED: 12,
    });
    for (const { status, injuries, authorisations } of cases.values()) {
      if (status === "RECOGNISED")
        expect(Math.min(injuries.length, authorisations.length)).toBeGreaterThan(0);
      if (isUndecided(status)) expect(authorisations).toEqual([]);
    }
  });

  test("can show every refusal that depends on the registry", () => {
    const recognised = [...cases.values()].filter(({ status }) => status === "RECOGNISED");
    const uninsured = recognised.filter((of) => !isInsured(get(employers, of.employerUscc), of.injuredOn));
    const frozen = [...workers.values()].filter((worker) => worker.frozen);
    expect(recognised.filter((of) => of.thirdPartyLiability).length).toBeGreaterThan(3);
    expect(uninsured.length).toBeGreaterThan(3);
    expect(frozen).toHaveLength(5);
    expect(frozen.every(({ idNumber }) => recognised.some((of) => of.workerId === idNumber))).toBe(true);
    expect([...hospitals.values()].filter(({ agreement }) => agreement.status === "SUSPENDED")).toHaveLength(
      1,
    );
    expect(new Set([...hospitals.values()].map(({ tier }) => tier))).toEqual(new Set([1, 2, 3]));
  });

  test("names the demo employer, who is insured and has cases and bills", () => {
    expect(registry.employers[0]?.uscc).toBe(DEMO_EMPLOYER_USCC);
    const own = [...cases.values()].filter(({ employerUscc }) => employerUscc === DEMO_EMPLOYER_USCC);
    expect(own.length).toBeGreaterThan(9);
    const ownBills = bills.filter((bill) => get(cases, bill.caseNo).employerUscc === DEMO_EMPLOYER_USCC);
    expect(ownBills.length).toBeGreaterThan(9);
  });

  test("changes a tariff without a gap, and knows partly covered, restricted and limited items", () => {
    const changed = [...items.values()].filter(({ periods }) => periods.length > 1);
    expect(changed.length).toBeGreaterThanOrEqual(12);
    for (const { periods } of changed) {
      expect(periods.map(({ from, to }) => [from, to])).toEqual([
        ["2024-01-01", "2026-06-30"],
        ["2026-07-01", null],
      ]);
      expect(periods[0]?.caps).not.toEqual(periods[1]?.caps);
    }
    const all = registry.catalogueItems.flatMap(({ periods }) => periods);
    expect(all.filter(({ fundRatio }) => fundRatio !== undefined)).toMatchObject([
      { fundRatio: "0.8", ratioRemainderBearer: "EMPLOYER" },
    ]);
    expect(all.filter(({ restricted }) => restricted).length).toBeGreaterThan(20);
    expect(all.filter(({ maxPerDay }) => maxPerDay !== undefined).length).toBeGreaterThan(20);
    expect(all.filter(({ maxPerVisit }) => maxPerVisit !== undefined).length).toBeGreaterThan(20);
    expect(new Set(registry.catalogueItems.map(({ kind }) => kind)).size).toBe(5);
  });

  test("is the same in every call", () => {
    expect(makeDistrict()).toEqual(makeDistrict());
    expect(demoRegistry()).toEqual(registry);
  });
});

describe("the demo bills", () => {
  test("are thirty of two hospitals and all kinds of visit", () => {
    expect(bills).toHaveLength(30);
    const clients = new Map(bills.map(({ hospitalCode, clientId }) => [hospitalCode, clientId]));
    expect(clients).toEqual(
      new Map([
        ["H33030400001", "demo-hospital"],
        ["H33030400002", "demo-hospital-2"],
      ]),
    );
    expect(new Set(bills.map(({ visitType }) => visitType)).size).toBe(5);
    expect(new Set(bills.map(({ hospitalVisitNo }) => hospitalVisitNo)).size).toBe(30);
    const counts = bills.map((bill) => linesOf(bill).length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([3, 60]);
  });

  test("are the same in every call, down to the message keys", () => {
    expect(makeDemoBills(makeDistrict(), demoRegistry().catalogueItems)).toEqual(bills);
  });

  test("use no message key twice", () => {
    const keys = bills.flatMap((bill) => [
      bill.registration.key,
      ...bill.charges.map(({ key }) => key),
      ...(bill.discharge === undefined ? [] : [bill.discharge.key]),
      bill.settlement.key,
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^H3303040000[12]\d{18}$/);
  });

  test.each(each)("%s is of a recognised case that is treated there at the fund's cost", (_, bill) => {
    const registration = VisitRegistration.parse(bill.registration.body);
    const injuryCase = get(cases, bill.caseNo);
    const worker = get(workers, bill.idNumber);
    expect(injuryCase).toMatchObject({ status: "RECOGNISED", workerId: bill.idNumber });
    expect(registration.idNumber ?? worker.idNumber).toBe(worker.idNumber);
    expect(registration.cardNumber ?? worker.cardNumber).toBe(worker.cardNumber);
    const { route, refusals } = checkEligibility({
      hospital: get(hospitals, bill.hospitalCode),
      worker,
      cases: [injuryCase],
      findEmployer: (uscc) => employers.get(uscc),
      visitType: bill.visitType,
      serviceDay: dayOf(registration.admittedAt),
      diagnosisCodes: registration.diagnoses.map(({ code }) => code),
      today: dayOf(instantOf(Date.now())),
      hasOpenStay: false,
    });
    expect({ route, refusals }).toEqual({ route: "DIRECT", refusals: [] });
    expect(bill.eligibilityCheck.serviceDate).toBe(dayOf(registration.admittedAt));
  });

  test.each(each)("%s has lines that a hospital's operations accept, message by message", (_, bill) => {
    const { admittedAt } = VisitRegistration.parse(bill.registration.body);
    const end = bill.discharge === undefined ? undefined : Discharge.parse(bill.discharge.body).dischargedAt;
    expect(end !== undefined).toBe(isStay(bill.visitType));
    const limits = {
      injuredOn: get(cases, bill.caseNo).injuredOn,
      admittedOn: dayOf(admittedAt),
      dischargedOn: dayOf(end ?? admittedAt),
      settledCount: 0,
      latestOn: latestDay(instantOf(Date.now())),
    };
    const earlier: ChargeLine[] = [];
    for (const { body } of bill.charges) {
      const lines = body.lines.map((line) => ChargeLine.parse(line));
      expect(checkLines(lines, earlier, limits)).toEqual([]);
      earlier.push(...lines);
    }
    for (const line of earlier) {
      expect(items.has(line.itemCode), line.itemCode).toBe(true);
      expect(line.name).toBe(items.get(line.itemCode)?.name);
      expect(line.amount).toBe(amountOf(line.unitPrice, line.quantity));
      expect(line.serviceAt >= admittedAt && (end === undefined || line.serviceAt <= end)).toBe(true);
    }
  });

  test("are over before the same worker's next one begins", () => {
    for (const ofWorker of Map.groupBy(bills, ({ idNumber }) => idNumber).values()) {
      let over = "";
      for (const { registration, discharge } of ofWorker) {
        expect(registration.body.admittedAt > over).toBe(true);
        over = discharge?.body.dischargedAt ?? registration.body.admittedAt;
      }
    }
  });

  test("show every rule of the arithmetic, and the six bearers add up", () => {
    const shown = new Set<string>();
    for (const bill of bills) {
      const { employerNotice, admittedAt } = bill.registration.body;
      const policy = findPolicy(policies, dayOf(InstantSchema.parse(admittedAt)));
      if (policy === undefined) throw new Error("no policy");
      const { total, allocation, reasons } = adjudicateBill({
        visitType: bill.visitType,
        tier: get(hospitals, bill.hospitalCode).tier,
        employerNotice: employerNotice !== undefined,
        injuries: get(cases, bill.caseNo).injuries,
        usedBefore: [],
        policy,
        findItem: (itemCode) => items.get(itemCode),
        lines: parsedLines(bill),
      });
      expect(totalOf(allocation)).toBe(total);
      expect(allocation.fund * 2).toBeGreaterThan(total);
      for (const { code, bearer } of reasons) shown.add(`${code} ${bearer}`);
    }
    expect([...shown].sort()).toEqual([
      "NOT_IN_CATALOGUE EMPLOYER",
      "NOT_IN_CATALOGUE HOSPITAL",
      "NOT_IN_CATALOGUE PERSONAL",
      "OVER_PRICE_CAP EMPLOYER",
      "OVER_PRICE_CAP HOSPITAL",
      "OVER_PRICE_CAP PERSONAL",
      "OVER_QUANTITY_LIMIT HOSPITAL",
      "PARTLY_COVERED EMPLOYER",
      "RESTRICTION_NOT_MET HOSPITAL",
      "RESTRICTION_NOT_MET PERSONAL",
      "UNRELATED_TO_INJURY OTHER_INSURER",
    ]);
    expect(bills.flatMap(linesOf).filter(({ refundOf }) => refundOf !== undefined)).toHaveLength(3);
    expect(bills.filter(({ registration }) => registration.body.employerNotice === undefined)).toHaveLength(
      2,
    );
  });
});
