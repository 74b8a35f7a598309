import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  caseBody,
  EMPLOYER,
  ID_NUMBER,
  lineBody,
  openVisit,
  stateRegistry,
  today,
} from "../../support/demo-case.ts";
import { type HttpService, startHttpService } from "../../support/http-service.ts";

let service: HttpService;
beforeAll(async () => {
  service = await startHttpService();
  await stateRegistry(service);
});
afterAll(async () => {
  await service.stop();
});

let cases = 0;
const state = (caseNo: string, status: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo }, body: caseBody({ status, ...overrides }) });
/** A case of its own for each test, with an injury day of its own. */
async function newCase(status: string): Promise<{ caseNo: string; injuredOn: string }> {
  cases += 1;
  const known = { caseNo: `GS-HTTP-${cases}`, injuredOn: `2026-01-${10 + cases}` };
  await state(known.caseNo, status, { injuredOn: known.injuredOn });
  return known;
}

const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const DEADLINE_MS = 30_000;
/** The visit once nobody but the service itself has brought it so far. */
async function untilVisit(visitId: string, expected: object) {
  for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await wait(50)) {
    const visit = await visitOf(visitId);
    if (Object.entries(expected).every(([field, value]) => visit[field] === value)) return visit;
  }
  return expect(await visitOf(visitId)).toMatchObject(expected);
}

const addLine = (visitId: string, lineNo = "1") =>
  service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody(lineNo)] } });
const settle = async (visitId: string) => (await service.must("settle-visit", { params: { visitId } })).body;
const advance = (visitId: string, paidBy: string, amount: string, receipt: string) =>
  service.must("record-advance", { params: { visitId }, body: { paidBy, amount, receipt } });
async function defer(caseNo: string, overrides: object = {}): Promise<string> {
  const visitId = await openVisit(service, { caseNo, ...overrides });
  await addLine(visitId);
  expect(await settle(visitId)).toMatchObject({ kind: "DEFERRED", allocation: { fund: "20.00" } });
  return visitId;
}
const summary = async () =>
  (await service.must("summarise-settlements", { query: { ...today, groupBy: "employer" } })).body.totals;
const eventsOf = async (operationId: string, visitId: string) => {
  const { body } = await service.must(operationId, { query: { limit: "100" } });
  return body.items
    .filter((event: { visitId?: string }) => event.visitId === visitId)
    .map(({ type }: { type: string }) => type);
};

describe("treat first, pay later, over HTTP and with nobody calling a job", () => {
  test("a worker whose case is not decided is treated without a deposit, and told what the fund would pay", async () => {
    const { caseNo } = await newCase("ACCEPTED");
    const eligible = await service.must("check-eligibility", {
      body: { idNumber: ID_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
    });
    expect(["DIRECT", "PROVISIONAL"]).toContain(eligible.body.route);
    const visitId = await openVisit(service, { caseNo });
    expect(await visitOf(visitId)).toMatchObject({ guarantee: "PROVISIONAL", depositRequired: false });
    const { body } = await addLine(visitId);
    expect(body.lines[0].allocation.fund).toBe("20.00");
    expect(body.provisional.en).toContain("if the injury is recognised");
  });

  test("a recognition settles what waited, pays advances back first, and tells hospital and employer", async () => {
    const { caseNo, injuredOn } = await newCase("APPLIED");
    const first = await defer(caseNo);
    const second = await defer(caseNo);
    await advance(first, "WORKER", "5.00", "R1");
    await advance(first, "EMPLOYER", "7.00", "R2");
    for (const role of ["finance", "agency"]) {
      const { body } = await service.must("list-deferred-claims", { role, query: { groupBy: "employer" } });
      const waiting = body.items.map(({ visitId }: { visitId: string }) => visitId);
      expect(waiting).toEqual(expect.arrayContaining([first, second]));
    }
    const before = await summary();
    await state(caseNo, "RECOGNISED", { injuredOn });
    await untilVisit(first, { status: "SETTLED" });
    await untilVisit(second, { status: "SETTLED" });
    const { body } = await service.must("get-settlement", { params: { settlementId: `${first}-2` } });
    expect(body).toMatchObject({
      kind: "FINAL",
      allocation: { fund: "20.00", hospital: "3.00" },
      repayments: [
        { payee: "WORKER", amount: "5.00", receipt: "R1" },
        { payee: "EMPLOYER", amount: "7.00", receipt: "R2" },
      ],
      payableToHospital: "8.00",
    });
    const after = await summary();
    expect([after.count - before.count, Number(after.total) - Number(before.total)]).toEqual([2, 46]);
    const told = ["CLAIM_REGISTERED", "CLAIM_DEFERRED", "CLAIM_SETTLED"];
    expect(await eventsOf("list-hospital-events", first)).toEqual(told);
    expect(await eventsOf("list-enterprise-events", first)).toEqual(told);
    expect(await eventsOf("list-agency-events", first)).toEqual(told);
  });

  test("a refusal releases what waited, its overturning settles it, its revocation records what is owed back", async () => {
    const { caseNo, injuredOn } = await newCase("ACCEPTED");
    const visitId = await defer(caseNo);
    const before = await summary();
    await state(caseNo, "NOT_RECOGNISED", { injuredOn });
    await untilVisit(visitId, { status: "RELEASED" });
    const { body } = await service.must("get-settlement", { params: { settlementId: `${visitId}-2` } });
    expect(body).toMatchObject({ kind: "RELEASE", allocation: { fund: "0.00", personal: "23.00" } });
    expect(await summary()).toEqual(before);
    await state(caseNo, "RECOGNISED", { injuredOn });
    await untilVisit(visitId, { status: "SETTLED" });
    const settled = await summary();
    await state(caseNo, "REVOKED", { injuredOn });
    await untilVisit(visitId, { status: "SETTLED", recoverable: "20.00" });
    expect(await summary()).toEqual(settled);
    await state(caseNo, "RECOGNISED", { injuredOn });
    await untilVisit(visitId, { recoverable: undefined });
  });

  test("an open stay becomes DIRECT, and its final settlement owes the worker meals", async () => {
    const { caseNo, injuredOn } = await newCase("SUSPENDED");
    const visitId = await openVisit(service, { caseNo, visitType: "INPATIENT" });
    await addLine(visitId);
    await state(caseNo, "RECOGNISED", { injuredOn });
    await untilVisit(visitId, { status: "OPEN", guarantee: "DIRECT" });
    const dischargedAt = "2026-03-03T15:00:00+08:00";
    await service.must("discharge-worker", { params: { visitId }, body: { dischargedAt } });
    expect(await settle(visitId)).toMatchObject({
      kind: "FINAL",
      benefits: [{ kind: "MEAL_ALLOWANCE", payee: "WORKER", days: 2, amount: "30.00" }],
    });
  });

  test("a worker without any case is taken in on the employer's notice, and the case finds the visit", async () => {
    const injury = { employerUscc: EMPLOYER, injuredOn: "2026-02-20" };
    const visitId = await openVisit(service, { caseNo: undefined, injury });
    await addLine(visitId);
    expect((await settle(visitId)).kind).toBe("DEFERRED");
    await state("GS-HTTP-LATE", "APPLIED", { injuredOn: "2026-02-20" });
    await untilVisit(visitId, { caseNo: "GS-HTTP-LATE", status: "DEFERRED" });
    await state("GS-HTTP-LATE", "RECOGNISED", { injuredOn: "2026-02-20" });
    await untilVisit(visitId, { status: "SETTLED" });
  });

  test("the agency links a visit to a case of another day", async () => {
    const injury = { employerUscc: EMPLOYER, injuredOn: "2026-02-21" };
    const visitId = await openVisit(service, { caseNo: undefined, injury });
    const { caseNo } = await newCase("RECOGNISED");
    await service.must("link-case", { params: { visitId }, body: { caseNo } });
    await untilVisit(visitId, { caseNo, guarantee: "DIRECT" });
  });
});

test("what is past the legal time of its decision is told of by the service itself", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "settlement-overdue-"));
  const before = await startHttpService(dataDir);
  await stateRegistry(before);
  const params = { caseNo: "GS-OLD" };
  await before.must("put-case", { params, body: caseBody({ status: "ACCEPTED", acceptedOn: "2026-01-12" }) });
  const visitId = await openVisit(before, { caseNo: "GS-OLD" });
  await before.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  await before.must("settle-visit", { params: { visitId } });
  await before.stop();

  const after = await startHttpService(dataDir);
  const isTold = async (): Promise<boolean> => {
    const { body } = await after.must("list-agency-events", { query: { limit: "100" } });
    return body.items.some(({ type }: { type: string }) => type === "CLAIM_OVERDUE");
  };
  for (const end = Date.now() + DEADLINE_MS; !(await isTold()) && Date.now() < end; ) await wait(50);
  expect(await isTold()).toBe(true);
  await after.stop();
  rmSync(dataDir, { recursive: true });
});
