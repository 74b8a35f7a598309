import { beforeAll, describe, expect, test } from "vitest";
import {
  caseBody,
  EMPLOYER,
  employerBody,
  lineBody,
  openVisit,
  stateRegistry,
  workerBody,
} from "../../support/demo-case.ts";
import { loadJob } from "../../support/load-job.ts";
import { makeRunJobs } from "../../support/run-jobs.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

/** What is checked at registration is checked again when it is paid. */
let service: TestService;
let runJobs: () => Promise<void>;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  runJobs = await makeRunJobs();
});

let cases = 0;
const newCase = async (overrides: object = {}): Promise<string> => {
  cases += 1;
  await state(`GS-C-${cases}`, overrides);
  return `GS-C-${cases}`;
};
const state = (caseNo: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo }, body: caseBody(overrides) });
const insure = (...insured: { from: string; to: string | null }[]) =>
  service.must("put-employer", { params: { uscc: EMPLOYER }, body: { ...employerBody(), insured } });
const freeze = (frozen: boolean) => service.must("put-worker", { body: { ...workerBody(), frozen } });
const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const call = (operation: string, visitId: string, body: object = {}) =>
  service.call(operation, { params: { visitId }, body });
const settle = (visitId: string, body: object = {}) => call("settle-visit", visitId, body);

const thousand = { quantity: "100", unitPrice: "10", amount: "1000.00" };
async function billed(caseNo: string, overrides: object = {}): Promise<string> {
  const visitId = await openVisit(service, { caseNo, ...overrides });
  const lines = [lineBody("1", thousand)];
  await service.must("upload-charges", { params: { visitId }, body: { lines } });
  return visitId;
}

let stays = 0;
/** One stay before the other: a worker is in one bed at a time. */
async function billedStay(caseNo: string): Promise<string> {
  stays += 1;
  const admittedAt = `2026-02-${String(28 - 2 * stays).padStart(2, "0")}T08:00:00+08:00`;
  const visitId = await openVisit(service, { caseNo, visitType: "INPATIENT", admittedAt });
  const lines = [lineBody("1", { ...thousand, serviceAt: admittedAt })];
  await service.must("upload-charges", { params: { visitId }, body: { lines } });
  return visitId;
}
const discharge = (visitId: string) =>
  service.must("discharge-worker", {
    params: { visitId },
    body: { dischargedAt: `2026-02-${String(29 - 2 * stays).padStart(2, "0")}T15:00:00+08:00` },
  });

const settled = { status: "SETTLED", settled: { allocation: { fund: "1000.00" } } };

/** What is in the way, how it comes, and how it goes. */
const blocks: readonly [
  code: string,
  come: (caseNo: string) => Promise<unknown>,
  go: (caseNo: string) => Promise<unknown>,
][] = [
  [
    "THIRD_PARTY_LIABILITY",
    (caseNo) => state(caseNo, { thirdPartyLiability: true }),
    (caseNo) => state(caseNo),
  ],
  ["NOT_AUTHORISED", (caseNo) => state(caseNo, { authorisations: [] }), (caseNo) => state(caseNo)],
  ["BEFORE_INJURY", (caseNo) => state(caseNo, { injuredOn: "2026-03-02" }), (caseNo) => state(caseNo)],
  ["BENEFIT_FROZEN", () => freeze(true), () => freeze(false)],
  [
    "EMPLOYER_NOT_INSURED",
    () => insure({ from: "2026-02-01", to: null }),
    () => insure({ from: "2020-01-01", to: null }),
  ],
];

describe.each(blocks)("%s", (code, come, go) => {
  const blocked = { kind: "DEFERRED", status: "DEFERRED", blockedBy: code };

  test("stated while a direct stay is open: it waits at settlement, and settles by itself when the block goes", async () => {
    const caseNo = await newCase();
    const visitId = await billedStay(caseNo);
    await come(caseNo);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "OPEN", guarantee: "DIRECT", blockedBy: code });
    const interim = await settle(visitId, { kind: "INTERIM" });
    expect([interim.status, interim.body.code]).toEqual([422, code]);
    await discharge(visitId);
    expect((await call("preview-settlement", visitId)).body).toMatchObject({ ...blocked, status: "PREVIEW" });
    const { status, body } = await settle(visitId);
    expect([status, body]).toMatchObject([201, { ...blocked, allocation: { fund: "1000.00" } }]);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject({ status: "DEFERRED", blockedBy: code });
    expect((await settle(visitId)).body.code).toBe(code);
    await go(caseNo);
    await runJobs();
    const visit = await visitOf(visitId);
    expect(visit).toMatchObject(settled);
    expect(visit).not.toHaveProperty("blockedBy");
  });

  test("stated with the decision of a claim that waited: it goes on waiting, says why, and settles when the block goes", async () => {
    const caseNo = await newCase({ status: "ACCEPTED" });
    const visitId = await billed(caseNo);
    expect((await settle(visitId)).body).not.toHaveProperty("blockedBy");
    if (code === "BENEFIT_FROZEN" || code === "EMPLOYER_NOT_INSURED") await state(caseNo);
    await come(caseNo);
    await runJobs();
    const isSettled = code === "BENEFIT_FROZEN" || code === "EMPLOYER_NOT_INSURED";
    expect(isSettled || (await visitOf(visitId)).status === "DEFERRED").toBe(true);
    expect(await visitOf(visitId)).toMatchObject({ blockedBy: code, status: "DEFERRED" });
    await go(caseNo);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject(settled);
  });

  test("stated after the settlement changes nothing; reversed by the hospital, it waits when it is settled anew", async () => {
    const caseNo = await newCase();
    const visitId = await billed(caseNo);
    const { body } = await settle(visitId);
    await come(caseNo);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject(settled);
    const params = { settlementId: String(body.settlementId) };
    await service.must("reverse-settlement", { params, body: { reason: "录入有误" } });
    expect((await settle(visitId)).body).toMatchObject(blocked);
    await go(caseNo);
    await runJobs();
    expect(await visitOf(visitId)).toMatchObject(settled);
  });

  test("of a case that is refused then is no longer said to be in the way, also of an open visit", async () => {
    const caseNo = await newCase();
    const [open, waiting] = [await billed(caseNo), await billed(caseNo)];
    await come(caseNo);
    await settle(waiting);
    await runJobs();
    expect(await visitOf(open)).toMatchObject({ blockedBy: code });
    await state(caseNo, { status: "NOT_RECOGNISED" });
    await go(caseNo).then(() => state(caseNo, { status: "NOT_RECOGNISED" }));
    await runJobs();
    expect(await visitOf(open)).not.toHaveProperty("blockedBy");
    expect(await visitOf(waiting)).not.toHaveProperty("blockedBy");
    expect(await visitOf(waiting)).toMatchObject({ status: "RELEASED" });
  });
});

test("a case recognised with an earlier day of injury, when its employer was not insured, is not paid", async () => {
  await insure({ from: "2026-02-01", to: null });
  const caseNo = await newCase({ status: "APPLIED", injuredOn: "2026-03-01" });
  const visitId = await billed(caseNo);
  await settle(visitId);
  await state(caseNo, { injuredOn: "2026-01-15" });
  await runJobs();
  expect(await visitOf(visitId)).toMatchObject({ status: "DEFERRED", blockedBy: "EMPLOYER_NOT_INSURED" });
  await insure({ from: "2026-01-01", to: null });
  await runJobs();
  expect(await visitOf(visitId)).toMatchObject(settled);
  await insure({ from: "2020-01-01", to: null });
});

test("an authorisation that ends, an agreement that is suspended, and a service that goes, cover a stay to its end", async () => {
  const caseNo = await newCase();
  const visitId = await billedStay(caseNo);
  const authorisations = [{ benefit: "INPATIENT", from: "2026-01-10", to: `2026-02-${28 - 2 * stays}` }];
  await state(caseNo, { authorisations });
  await discharge(visitId);
  expect((await settle(visitId)).body).toMatchObject({ kind: "FINAL", allocation: { fund: "1000.00" } });
});

test("a visit at a hospital for which the authorisation no longer stands waits", async () => {
  const caseNo = await newCase();
  const visitId = await billed(caseNo);
  const authorisations = [
    { benefit: "OUTPATIENT", from: "2026-01-10", to: null, hospitalCodes: [OTHER_HOSPITAL] },
  ];
  await state(caseNo, { authorisations });
  expect((await settle(visitId)).body).toMatchObject({
    kind: "DEFERRED",
    blockedBy: "HOSPITAL_NOT_AUTHORISED",
  });
});

test("the cancelled reversal of a settlement is no new payment: the settlement stands again", async () => {
  const caseNo = await newCase();
  const visitId = await billed(caseNo);
  const { body } = await settle(visitId);
  const key = `reversal-${visitId}`;
  const params = { settlementId: String(body.settlementId) };
  await service.must("reverse-settlement", { key, params, body: { reason: "录入有误" } });
  await state(caseNo, { thirdPartyLiability: true });
  await service.must("cancel-message", { params: { key } });
  expect(await visitOf(visitId)).toMatchObject(settled);
});

test("lines that are uploaded while something is in the way are said to be provisional", async () => {
  const caseNo = await newCase();
  const visitId = await billed(caseNo);
  await state(caseNo, { thirdPartyLiability: true });
  await runJobs();
  const { body } = await call("upload-charges", visitId, { lines: [lineBody("2")] });
  expect(body.provisional.en).toContain("no longer stands in the way");
});

test("many claims of an employer follow in calls that each stop when their time is over", async () => {
  await insure({ from: "2026-02-01", to: null });
  const caseNo = await newCase({ status: "ACCEPTED", injuredOn: "2026-02-10" });
  const visitIds = [await billed(caseNo), await billed(caseNo), await billed(caseNo)];
  for (const visitId of visitIds) await settle(visitId);
  await state(caseNo, { injuredOn: "2026-01-20" });
  await runJobs();
  await insure({ from: "2026-01-01", to: null });
  const handler = await loadJob("follow-case-decision");
  const task = { type: "EMPLOYER_CHANGED", subject: EMPLOYER };
  const Records = [{ messageId: "1", body: JSON.stringify(task) }];
  const counts: number[] = [];
  for (let turn = 1; turn <= 12; turn += 1) {
    let asked = 0;
    const getRemainingTimeInMillis = () => {
      asked += 1;
      // Each time one claim, as it takes time before the first.
      return asked === 1 ? 60_000 : 0;
    };
    const { batchItemFailures } = await handler({ Records }, { getRemainingTimeInMillis });
    const visits = await Promise.all(visitIds.map(visitOf));
    counts.push(visits.filter(({ status }) => status === "SETTLED").length);
    if (batchItemFailures.length === 0) break;
  }
  expect(counts.at(-1)).toBe(3);
  expect(counts.every((count, turn) => count - (counts[turn - 1] ?? 0) <= 1)).toBe(true);
  await insure({ from: "2020-01-01", to: null });
});
