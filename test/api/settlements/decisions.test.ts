import { beforeAll, describe, expect, test } from "vitest";
import { raiseOverdueClaims } from "../../../functions/settlements/raise-overdue-claims.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import {
  caseBody,
  EMPLOYER,
  lineBody,
  OTHER_EMPLOYER,
  openStayOfAnother,
  openVisit,
  stateAnotherWorker,
  stateEmployers,
  stateRegistry,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import { loadJob } from "../../support/load-job.ts";
import { makeRunJobs } from "../../support/run-jobs.ts";
import {
  makeGrantedServices,
  OTHER_HOSPITAL,
  startTestService,
  type TestService,
} from "../../support/service.ts";

/** Events that are handled again with each that is new. */
const REPEATED = 30;

let service: TestService;
let runJobs: () => Promise<void>;
let runJobOnce: (caseNo: string) => Promise<void>;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const handler = await loadJob("follow-case-decision");
  runJobOnce = async (caseNo) => {
    const Records = [{ messageId: "once", body: JSON.stringify({ type: "CASE_CHANGED", subject: caseNo }) }];
    const { batchItemFailures } = await handler({ Records }, { getRemainingTimeInMillis: () => 60_000 });
    expect(batchItemFailures).toEqual([]);
  };
  runJobs = await makeRunJobs(REPEATED);
});

let cases = 0;
/** A case of its own for each test, at first not decided yet. */
async function newCase(status = "APPLIED"): Promise<string> {
  cases += 1;
  const caseNo = `GS-D-${cases}`;
  await state(caseNo, { status });
  return caseNo;
}
const workerOf = new Map<string, string>();
const state = (caseNo: string, overrides: object) => {
  const idNumber = workerOf.get(caseNo);
  const own = idNumber === undefined ? {} : { idNumber };
  return service.must("put-case", { params: { caseNo }, body: caseBody({ ...own, ...overrides }) });
};
const decide = async (caseNo: string, status: string, overrides: object = {}): Promise<void> => {
  await state(caseNo, { status, ...overrides });
  await runJobs();
};
const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const totals = async () => {
  const query = { ...today, groupBy: "month" };
  return (await service.must("summarise-settlements", { query })).body.totals;
};

async function openWithLine(caseNo: string, overrides: object = {}): Promise<string> {
  const visitId = await openVisit(service, { caseNo, ...overrides });
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  return visitId;
}
const settle = (visitId: string) => service.call("settle-visit", { params: { visitId } });
async function deferred(caseNo: string): Promise<string> {
  const visitId = await openWithLine(caseNo);
  const { body } = await settle(visitId);
  expect(body).toMatchObject({ kind: "DEFERRED", status: "DEFERRED" });
  return visitId;
}

describe("a worker whose case is not decided yet", () => {
  test("is treated without a deposit, and the bill waits with what the fund would pay", async () => {
    const caseNo = await newCase();
    const before = await totals();
    const visitId = await openWithLine(caseNo);
    expect(await visitOf(visitId)).toMatchObject({ guarantee: "PROVISIONAL", depositRequired: false });
    const { status, body } = await settle(visitId);
    expect([status, body.kind, body.status, body.total]).toEqual([201, "DEFERRED", "DEFERRED", "23.00"]);
    expect(body.allocation).toMatchObject({ fund: "20.00", hospital: "3.00" });
    const visit = await visitOf(visitId);
    expect(visit).toMatchObject({ status: "DEFERRED", deferred: { total: "23.00" } });
    expect(visit).not.toHaveProperty("settled");
    expect(await totals()).toEqual(before);
    const again = await settle(visitId);
    expect([again.status, again.body.code]).toEqual([409, "CASE_UNDECIDED"]);
  });
});

describe("recognition", () => {
  test("settles what waited by itself, once, however often the event is delivered", async () => {
    const caseNo = await newCase();
    const visitIds = [await deferred(caseNo), await deferred(caseNo)];
    const before = await totals();
    await decide(caseNo, "RECOGNISED");
    await runJobs();
    for (const visitId of visitIds) {
      expect(await visitOf(visitId)).toMatchObject({
        status: "SETTLED",
        guarantee: "DIRECT",
        settled: { total: "23.00", allocation: { fund: "20.00" } },
        settlementIds: [`${visitId}-1`, `${visitId}-2`],
      });
    }
    expect((await totals()).count).toBe(before.count + 2);
  });

  test("settles by the injuries that were recognised, not by those that were thought of", async () => {
    const caseNo = await newCase();
    const visitId = await openVisit(service, { caseNo });
    const lines = [lineBody("1", { diagnosisCode: "S62.301" })];
    await service.must("upload-charges", { params: { visitId }, body: { lines } });
    expect((await settle(visitId)).body.allocation.fund).toBe("20.00");
    const injuries = [{ bodyPart: "左足", description: "足骨骨折", diagnosisPrefixes: ["S92"] }];
    await decide(caseNo, "RECOGNISED", { injuries });
    expect((await visitOf(visitId)).settled.allocation).toMatchObject({
      fund: "0.00",
      otherInsurer: "23.00",
    });
  });

  test("makes open visits DIRECT, to be settled at discharge as any other", async () => {
    const caseNo = await newCase("ACCEPTED");
    const visitId = await openWithLine(caseNo);
    await decide(caseNo, "RECOGNISED");
    expect(await visitOf(visitId)).toMatchObject({ status: "OPEN", guarantee: "DIRECT" });
    expect((await settle(visitId)).body.kind).toBe("FINAL");
  });

  test("does not settle what its authorisations do not cover, says why, and does once they do", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED", { authorisations: [] });
    expect(await visitOf(visitId)).toMatchObject({ status: "DEFERRED", blockedBy: "NOT_AUTHORISED" });
    await decide(caseNo, "RECOGNISED");
    const visit = await visitOf(visitId);
    expect(visit.status).toBe("SETTLED");
    expect(visit).not.toHaveProperty("blockedBy");
  });
});

test("a case with more visits than one call has time for goes on where the call before stopped", async () => {
  const caseNo = await newCase();
  const visitIds = [await deferred(caseNo), await deferred(caseNo), await deferred(caseNo)];
  await state(caseNo, { status: "RECOGNISED" });
  const handler = await loadJob("follow-case-decision");
  const Records = [{ messageId: "1", body: JSON.stringify({ type: "CASE_CHANGED", subject: caseNo }) }];
  const settled = async () =>
    (await Promise.all(visitIds.map(visitOf))).filter(({ status }) => status === "SETTLED").length;
  for (let call = 1; call <= 3; call += 1) {
    let asked = 0;
    const getRemainingTimeInMillis = () => {
      asked += 1;
      return asked === 1 ? 60_000 : 0;
    };
    const { batchItemFailures } = await handler({ Records }, { getRemainingTimeInMillis });
    expect([await settled(), batchItemFailures.length]).toEqual([call, call === 3 ? 0 : 1]);
  }
});

describe("refusal", () => {
  test("releases what waited to the policy's bearer, and says what to collect from whom", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    const before = await totals();
    await decide(caseNo, "NOT_RECOGNISED");
    expect(await visitOf(visitId)).toMatchObject({ status: "RELEASED" });
    const release = await service.must("get-settlement", { params: { settlementId: `${visitId}-2` } });
    expect(release.body).toMatchObject({
      kind: "RELEASE",
      status: "RELEASED",
      total: "23.00",
      allocation: { fund: "0.00", personal: "23.00" },
      reasons: [{ code: "CASE_NOT_RECOGNISED", bearer: "PERSONAL", amount: "23.00" }],
    });
    expect(await totals()).toEqual(before);
  });

  test("of a case whose visit is still open: settling it releases it at once", async () => {
    const caseNo = await newCase();
    const visitId = await openWithLine(caseNo);
    await decide(caseNo, "NOT_RECOGNISED");
    expect((await settle(visitId)).body).toMatchObject({
      kind: "RELEASE",
      allocation: { personal: "23.00" },
    });
  });

  test("that is overturned settles what was released", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "NOT_RECOGNISED");
    await decide(caseNo, "RECOGNISED");
    expect(await visitOf(visitId)).toMatchObject({
      status: "SETTLED",
      settled: { total: "23.00", allocation: { fund: "20.00", personal: "0.00" } },
    });
  });

  test("after a settlement does not touch it, and records what the fund is owed back", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED");
    const settled = await totals();
    await decide(caseNo, "REVOKED");
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED", recoverable: "20.00" });
    expect(await totals()).toEqual(settled);
    await decide(caseNo, "RECOGNISED");
    expect(await visitOf(visitId)).not.toHaveProperty("recoverable");
  });
});

describe("closing a case", () => {
  test("after its recognition settles what still waited, though no job came in between", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await state(caseNo, { status: "RECOGNISED" });
    await decide(caseNo, "CLOSED");
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED" });
  });

  test("without a recognition releases what waited: the application was withdrawn", async () => {
    const caseNo = await newCase("ACCEPTED");
    const visitId = await deferred(caseNo);
    await decide(caseNo, "CLOSED");
    expect(await visitOf(visitId)).toMatchObject({ status: "RELEASED" });
  });
});

describe("a stay that was settled so far before its case was refused", () => {
  const newStay = async () => {
    const { idNumber, caseNo } = await stateAnotherWorker(service);
    workerOf.set(caseNo, idNumber);
    const visitId = await openWithLine(caseNo, { visitType: "INPATIENT", idNumber });
    await service.must("settle-visit", { params: { visitId }, body: { kind: "INTERIM" } });
    return { caseNo, visitId };
  };
  const discharge = (visitId: string) =>
    service.must("discharge-worker", {
      params: { visitId },
      body: { dischargedAt: "2026-03-09T15:00:00+08:00" },
    });
  const addLine = (visitId: string) =>
    service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("2")] } });

  test("is released and has what was settled recovered by one and the same event", async () => {
    const { caseNo, visitId } = await newStay();
    await addLine(visitId);
    await discharge(visitId);
    await state(caseNo, { status: "SUSPENDED" });
    expect((await settle(visitId)).body.kind).toBe("DEFERRED");
    await state(caseNo, { status: "REVOKED" });
    await runJobOnce(caseNo);
    expect(await visitOf(visitId)).toMatchObject({ status: "RELEASED", recoverable: "20.00" });
  });

  test("has what was settled in a short recognition recovered as well", async () => {
    const { caseNo, visitId } = await newStay();
    await state(caseNo, { status: "REVOKED" });
    await runJobOnce(caseNo);
    expect(await visitOf(visitId)).toMatchObject({ recoverable: "20.00" });
    await state(caseNo, { status: "RECOGNISED" });
    await addLine(visitId);
    await service.must("settle-visit", { params: { visitId }, body: { kind: "INTERIM" } });
    await state(caseNo, { status: "REVOKED" });
    await runJobOnce(caseNo);
    expect(await visitOf(visitId)).toMatchObject({ recoverable: "40.00" });
    await discharge(visitId);
  });
});

describe("a worker without any case yet", () => {
  const injury = (injuredOn: string) => ({
    caseNo: undefined,
    injury: { employerUscc: EMPLOYER, injuredOn },
  });

  test("is taken in on the employer's notice; the bill waits, and settles once a case of that day is recognised", async () => {
    const visitId = await openVisit(service, injury("2026-02-20"));
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    expect((await settle(visitId)).body).toMatchObject({ kind: "DEFERRED" });
    expect(await visitOf(visitId)).not.toHaveProperty("caseNo");
    await decide("GS-D-LATER", "APPLIED", { injuredOn: "2026-02-20" });
    expect(await visitOf(visitId)).toMatchObject({ status: "DEFERRED", caseNo: "GS-D-LATER" });
    await decide("GS-D-LATER", "RECOGNISED", { injuredOn: "2026-02-20" });
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED", settled: { total: "23.00" } });
  });

  test("gets the case of that day that was there before the hospital knew of it", async () => {
    await state("GS-D-BEFORE", { status: "RECOGNISED", injuredOn: "2026-02-22" });
    await runJobs();
    const visitId = await openVisit(service, injury("2026-02-22"));
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ caseNo: "GS-D-BEFORE" });
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ guarantee: "DIRECT" });
  });

  test("is linked to a case by the agency where the day differs", async () => {
    const visitId = await openVisit(service, injury("2026-02-21"));
    const caseNo = await newCase("RECOGNISED");
    const link = () => service.call("link-case", { params: { visitId }, body: { caseNo } });
    expect((await link()).body).toMatchObject({ visitId, caseNo });
    expect((await link()).body.code).toBe("VISIT_HAS_CASE");
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ guarantee: "DIRECT", caseNo });
  });

  test("needs the notice, an insured employer and an injury before the visit, and hears of every fault", async () => {
    const register = (overrides: object) =>
      service.call("register-visit", { body: { ...visitBody("N-1"), ...overrides } });
    const both = await register({ injury: { employerUscc: EMPLOYER, injuredOn: "2026-02-20" } });
    expect(both.body.errors).toMatchObject([{ pointer: "/caseNo", code: "CASE_OR_INJURY_REQUIRED" }]);
    const unnoticed = await register({ ...injury("2026-02-20"), employerNotice: undefined });
    expect(unnoticed.body.errors).toMatchObject([{ code: "EMPLOYER_NOTICE_REQUIRED" }]);
    const late = await register(injury("2026-03-02"));
    expect([late.status, late.body.code]).toEqual([422, "BEFORE_INJURY"]);
    const uninsured = await register(injury("2019-12-31"));
    expect(uninsured.body.code).toBe("EMPLOYER_NOT_INSURED");
  });
});

describe("what employer or worker advanced meanwhile", () => {
  const advance = (visitId: string, body: object, key?: string) =>
    service.call("record-advance", { params: { visitId }, body, ...(key === undefined ? {} : { key }) });

  test("is paid back first, to the one who advanced it, and the hospital gets the rest", async () => {
    const caseNo = await newCase();
    const visitId = await openWithLine(caseNo);
    await advance(visitId, { paidBy: "WORKER", amount: "5.00", receipt: "R1" });
    await settle(visitId);
    await advance(visitId, { paidBy: "EMPLOYER", amount: "100.00", receipt: "R2" });
    await decide(caseNo, "RECOGNISED");
    const params = { settlementId: `${visitId}-2` };
    const { body } = await service.must("get-settlement", { params });
    expect(body.allocation.fund).toBe("20.00");
    expect(body.repayments).toEqual([
      { payee: "WORKER", amount: "5.00", receipt: "R1" },
      { payee: "EMPLOYER", amount: "15.00", receipt: "R2" },
    ]);
    expect(body.payableToHospital).toBe("0.00");
    const reversal = await service.must("reverse-settlement", { params, body: { reason: "错" } });
    expect(reversal.body.repayments[0]).toMatchObject({ payee: "WORKER", amount: "-5.00" });
  });

  test("is recorded once for each receipt, and its message can be cancelled", async () => {
    const visitId = await openWithLine(await newCase());
    const body = { paidBy: "WORKER", amount: "5.00", receipt: "R3" };
    await advance(visitId, body, "advance-r3");
    expect((await advance(visitId, body)).body.code).toBe("RECEIPT_TAKEN");
    expect((await visitOf(visitId)).advances).toEqual([body]);
    await service.must("cancel-message", { params: { key: "advance-r3" } });
    expect((await visitOf(visitId)).advances).toEqual([]);
    expect((await advance(visitId, { ...body, amount: "0.00" })).status).toBe(422);
  });
});

describe("a deferred claim", () => {
  test("is seen by finance and agency: the overdue first, with sums; it is raised once", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await state(caseNo, { status: "ACCEPTED", appliedOn: "2026-03-02", acceptedOn: "2026-03-05" });
    for (const role of ["finance", "agency"]) {
      const { body } = await service.must("list-deferred-claims", { role, query: { limit: "1" } });
      expect(body.items[0]).toMatchObject({
        visitId,
        isOverdue: true,
        dueOn: "2026-05-04",
        employerWasLate: true,
        total: "23.00",
        fund: "20.00",
      });
      expect(body.groups[0].overdueCount).toBe(1);
    }
    const raised = async () => {
      const query = { limit: "100" };
      const { items } = (await service.must("list-hospital-events", { query })).body;
      return items.filter(({ type }: { type: string }) => type === "CLAIM_OVERDUE").length;
    };
    const handler = await loadJob("raise-overdue-claims");
    const clock = { getRemainingTimeInMillis: () => 60_000 };
    await expect(handler({}, { getRemainingTimeInMillis: () => 0 })).rejects.toThrow("1 overdue claims");
    expect(await raised()).toBe(0);
    await raiseOverdueClaims(makeGrantedServices(jobs["raise-overdue-claims"].tables), () => false);
    await handler({}, clock);
    expect(await raised()).toBe(1);
  });
});

describe("the feed of events", () => {
  test("tells a claim's life to its hospital and its employer, and to no other", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED");
    await stateEmployers(service, [OTHER_EMPLOYER]);
    const typesOf = async (operation: string, institution?: string) => {
      const input = institution === undefined ? {} : { institution };
      const { items } = (await service.must(operation, { ...input, query: { limit: "100" } })).body;
      const own = items.filter((event: { visitId?: string }) => event.visitId === visitId);
      return own.map(({ type }: { type: string }) => type);
    };
    const life = ["CLAIM_REGISTERED", "CLAIM_DEFERRED", "CLAIM_SETTLED"];
    const last100 = async () => (await typesOf("list-agency-events")).length <= 3;
    expect(await last100()).toBe(true);
    expect(await typesOf("list-enterprise-events", EMPLOYER)).toEqual(life);
    expect(await typesOf("list-hospital-events", OTHER_HOSPITAL)).toEqual([]);
    expect(await typesOf("list-enterprise-events", OTHER_EMPLOYER)).toEqual([]);
  });
});

describe("undoing", () => {
  test("a deferral opens the visit again, and nothing of it is left", async () => {
    const caseNo = await newCase();
    const before = await totals();
    const visitId = await deferred(caseNo);
    const reversal = await service.must("reverse-settlement", {
      params: { settlementId: `${visitId}-1` },
      body: { reason: "漏录" },
    });
    expect(reversal.body).toMatchObject({ kind: "REVERSAL", total: "-23.00" });
    expect(await visitOf(visitId)).toMatchObject({ status: "OPEN" });
    expect(await totals()).toEqual(before);
    await decide(caseNo, "RECOGNISED");
    expect((await settle(visitId)).body.kind).toBe("FINAL");
  });

  const reverse = (visitId: string, number: number) =>
    service.must("reverse-settlement", {
      params: { settlementId: `${visitId}-${number}` },
      body: { reason: "漏录" },
    });

  test("the settlement of what waited lets it wait again, until the hospital settles it", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED");
    const before = await totals();
    await reverse(visitId, 2);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({
      status: "DEFERRED",
      deferred: { total: "23.00" },
      takenBack: "FINAL",
    });
    expect(Number(before.total) - Number((await totals()).total)).toBeCloseTo(23, 2);
    const { body } = await service.must("list-deferred-claims", { query: { limit: "100" } });
    const deferredClaim = body.items.find((item: { visitId: string }) => item.visitId === visitId);
    expect(deferredClaim).toMatchObject({ takenBack: "FINAL" });
    expect((await settle(visitId)).body.kind).toBe("FINAL");
    expect(await visitOf(visitId)).not.toHaveProperty("takenBack");
    expect((await totals()).total).toBe(before.total);
  });

  test("all of it lets the hospital mend its lines, and no job comes in between", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED");
    await reverse(visitId, 2);
    await runJobs();
    await reverse(visitId, 1);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "OPEN", guarantee: "DIRECT" });
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("2")] } });
    expect((await settle(visitId)).body).toMatchObject({ kind: "FINAL", total: "46.00" });
  });

  test("what was taken back follows another decision", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "NOT_RECOGNISED");
    await reverse(visitId, 2);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "DEFERRED", takenBack: "RELEASE" });
    await decide(caseNo, "RECOGNISED");
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED" });
  });
});

describe("what cannot be done with a visit that waits is said in words of the contract", () => {
  test("its discharge cannot be taken back, nor what it comes to be settled or previewed again", async () => {
    const { idNumber, caseNo } = await stateAnotherWorker(service);
    workerOf.set(caseNo, idNumber);
    await state(caseNo, { status: "APPLIED" });
    const visitId = await openWithLine(caseNo, { visitType: "INPATIENT", idNumber });
    const dischargedAt = "2026-03-09T15:00:00+08:00";
    await service.must("discharge-worker", { params: { visitId }, body: { dischargedAt } });
    await settle(visitId);
    const refusals = {
      "cancel-discharge": [409, "VISIT_NOT_OPEN"],
      "preview-settlement": [409, "CASE_UNDECIDED"],
      "settle-visit": [409, "CASE_UNDECIDED"],
    };
    for (const [operation, expected] of Object.entries(refusals)) {
      const { status, body } = await service.call(operation, { params: { visitId } });
      expect([status, body.code], operation).toEqual(expected);
    }
  });

  test("nor settled by the hospital while its benefit is not authorised", async () => {
    const caseNo = await newCase();
    const visitId = await deferred(caseNo);
    await decide(caseNo, "RECOGNISED", { authorisations: [] });
    const { status, body } = await settle(visitId);
    expect([status, body.code]).toEqual([422, "NOT_AUTHORISED"]);
  });
});

test("a stay's final settlement owes the worker meals, apart from the bill", async () => {
  const visitId = await openStayOfAnother(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  await service.must("discharge-worker", {
    params: { visitId },
    body: { dischargedAt: "2026-03-09T15:00:00+08:00" },
  });
  const before = await totals();
  const { body } = await settle(visitId);
  expect(body.benefits).toEqual([{ kind: "MEAL_ALLOWANCE", payee: "WORKER", days: 8, amount: "120.00" }]);
  expect(body.total).toBe("23.00");
  const after = await totals();
  expect(Number(after.benefits) - Number(before.benefits)).toBeCloseTo(120, 2);
  await service.must("reverse-settlement", {
    params: { settlementId: body.settlementId },
    body: { reason: "错" },
  });
  expect((await totals()).benefits).toBe(before.benefits);
});
