import { beforeAll, describe, expect, test } from "vitest";
import {
  caseBody,
  lineBody,
  openVisit,
  stateAnotherWorker,
  stateRegistry,
  visitBody,
  workerBody,
} from "../../support/demo-case.ts";
import { makeRunJobs } from "../../support/run-jobs.ts";
import { startTestService, type TestService } from "../../support/service.ts";

/** What jobs mark on a visit takes nothing from what was done to it: a message of an undo can be cancelled all the same. */
let service: TestService;
let runJobs: () => Promise<void>;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  runJobs = await makeRunJobs();
});

const injury = (prefix: string) => ({ bodyPart: "右手", description: "骨折", diagnosisPrefixes: [prefix] });
const state = (caseNo: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo }, body: caseBody(overrides) });
const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const call = async (operation: string, visitId: string, body: object = {}, key?: string) =>
  (await service.must(operation, { params: { visitId }, body, ...(key === undefined ? {} : { key }) })).body;
const reverse = (settlementId: string, key: string) =>
  service.must("reverse-settlement", { params: { settlementId }, body: { reason: "错" }, key });
const cancel = (key: string) => service.call("cancel-message", { params: { key } });
const upload = (visitId: string, lineNo = "1", overrides: object = {}) =>
  call("upload-charges", visitId, { lines: [lineBody(lineNo, overrides)] });

const marks: [string, (caseNo: string) => Promise<unknown>, (caseNo: string) => Promise<unknown>][] = [
  [
    "the worker's benefits were stopped",
    () => service.must("put-worker", { body: { ...workerBody(), frozen: true } }),
    () => service.must("put-worker", { body: workerBody() }),
  ],
  [
    "a third party is liable",
    (caseNo) => state(caseNo, { thirdPartyLiability: true }),
    (caseNo) => state(caseNo),
  ],
  [
    "one more injury was recognised",
    (caseNo) => state(caseNo, { injuries: [injury("S62"), injury("S72")] }),
    (caseNo) => state(caseNo),
  ],
];

describe("the message of a reversal is cancelled after the job has marked that", () => {
  test.each(marks)(
    "%s: the settlement stands as it was, and nothing is in its way",
    async (name, mark, mend) => {
      const caseNo = `GS-MARK-${marks.findIndex(([each]) => each === name)}`;
      await state(caseNo);
      const visitId = await openVisit(service, { caseNo });
      await upload(visitId);
      const settled = await call("settle-visit", visitId);
      await reverse(settled.settlementId, `r-${visitId}`);
      await mark(caseNo);
      await runJobs();
      const { status, body } = await cancel(`r-${visitId}`);
      expect([status, body.settlement?.allocation]).toEqual([200, settled.allocation]);
      const visit = await visitOf(visitId);
      expect(visit).toMatchObject({ status: "SETTLED", settled: { total: "23.00" } });
      expect(visit.blockedBy).toBeUndefined();
      await mend(caseNo);
      await runJobs();
      expect((await visitOf(visitId)).status).toBe("SETTLED");
    },
  );

  test("the case was refused: what the fund settled stands again, and is recorded as to be recovered", async () => {
    const caseNo = "GS-MARK-REFUSED";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo });
    await upload(visitId);
    const { settlementId } = await call("settle-visit", visitId);
    await state(caseNo, { thirdPartyLiability: true });
    await reverse(settlementId, `r-${visitId}`);
    await runJobs();
    await state(caseNo, { status: "REVOKED" });
    await runJobs();
    expect((await cancel(`r-${visitId}`)).status).toBe(200);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED", recoverable: "20.00" });
  });

  test("of an interim settlement: what is in the way of the rest goes on being said", async () => {
    const { idNumber, caseNo } = await stateAnotherWorker(service);
    const visitId = await openVisit(service, { visitType: "INPATIENT", idNumber, caseNo });
    await upload(visitId);
    const { settlementId } = await call("settle-visit", visitId, { kind: "INTERIM" });
    await reverse(settlementId, `r-${visitId}`);
    await state(caseNo, { idNumber, thirdPartyLiability: true });
    await runJobs();
    expect((await cancel(`r-${visitId}`)).body).toMatchObject({ visit: { status: "OPEN" } });
    expect(await visitOf(visitId)).toMatchObject({
      blockedBy: "THIRD_PARTY_LIABILITY",
      settled: { total: "23.00" },
    });
  });

  test("of a deferral, to which the job has linked its case: it waits for that case", async () => {
    const { idNumber } = await stateAnotherWorker(service);
    const registration = visitBody("NOTICE-1", { idNumber });
    const { caseNo: _, ...body } = registration;
    const notice = { ...body, injury: { employerUscc: caseBody().employerUscc, injuredOn: "2026-02-03" } };
    const { visitId } = (await service.must("register-visit", { body: notice })).body;
    await upload(visitId);
    const { settlementId, kind } = await call("settle-visit", visitId);
    expect(kind).toBe("DEFERRED");
    await reverse(settlementId, `r-${visitId}`);
    const linked = { idNumber, injuredOn: "2026-02-03", status: "ACCEPTED" };
    await state("GS-MARK-LINK", linked);
    await runJobs();
    expect((await visitOf(visitId)).caseNo).toBe("GS-MARK-LINK");
    const { body: answer } = await cancel(`r-${visitId}`);
    expect(answer.settlement).toMatchObject({ kind: "DEFERRED", caseNo: "GS-MARK-LINK" });
    await state("GS-MARK-LINK", { ...linked, status: "RECOGNISED" });
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED", settled: { total: "23.00" } });
  });

  test("of a deferral whose settlement the hospital took back before: the job does not settle it once more", async () => {
    const caseNo = "GS-MARK-TAKEN";
    await state(caseNo, { status: "APPLIED" });
    const visitId = await openVisit(service, { caseNo });
    await upload(visitId);
    await call("settle-visit", visitId);
    await state(caseNo);
    await runJobs();
    await reverse(`${visitId}-2`, `final-${visitId}`);
    await reverse(`${visitId}-1`, `deferral-${visitId}`);
    await state(caseNo, { injuries: [injury("S62"), injury("S52")] });
    await runJobs();
    expect((await cancel(`deferral-${visitId}`)).status).toBe(200);
    await runJobs();
    expect((await visitOf(visitId)).status).toBe("DEFERRED");
    expect((await call("settle-visit", visitId)).kind).toBe("FINAL");
  });

  test("it is refused once the hospital has done something itself", async () => {
    const visitId = await openVisit(service);
    await upload(visitId);
    const { settlementId } = await call("settle-visit", visitId);
    await reverse(settlementId, `r-${visitId}`);
    await call("record-advance", visitId, { paidBy: "WORKER", amount: "1.00", receipt: "R1" });
    expect((await cancel(`r-${visitId}`)).body.code).toBe("VISIT_CHANGED_SINCE");
  });
});

test("the message of a discharge taken back is cancelled after the job has priced the visit anew: the discharge holds, as it was", async () => {
  const { idNumber, caseNo } = await stateAnotherWorker(service);
  const visitId = await openVisit(service, { visitType: "INPATIENT", idNumber, caseNo });
  await upload(visitId, "1", { diagnosisCode: "S72.001" });
  const dischargedAt = "2026-03-09T15:00:00+08:00";
  await call("discharge-worker", visitId, { dischargedAt, outcome: "CURED" });
  await call("cancel-discharge", visitId, {}, `d-${visitId}`);
  await state(caseNo, { idNumber, injuries: [injury("S72")] });
  await runJobs();
  expect((await cancel(`d-${visitId}`)).status).toBe(200);
  expect(await visitOf(visitId)).toMatchObject({ status: "DISCHARGED", dischargedAt, outcome: "CURED" });
  expect((await call("settle-visit", visitId)).allocation.fund).toBe("20.00");
});
