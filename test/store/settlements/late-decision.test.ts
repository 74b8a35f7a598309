import { beforeAll, expect, test } from "vitest";
import type { Services } from "../../../functions/kit/services.ts";
import { follow } from "../../../functions/settlements/follow-case-decision.ts";
import type { FollowTask } from "../../../functions/settlements/followed-events.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import { isUscc } from "../../../shared/domain/check-characters.ts";
import { beforeEachCall, type StoreCall } from "../../support/before-each-call.ts";
import { caseBody, EMPLOYER, lineBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { HOSPITAL, makeGrantedServices, startTestService, type TestService } from "../../support/service.ts";

const taskOf = (subject: string): FollowTask => ({ type: "CASE_CHANGED", subject, hospitalCode: "" });

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

test("a visit on notice gets the case of the employer that gave notice, whichever case is followed first", async () => {
  const injuredOn = "2026-02-11";
  const other = "91999999DEM0000991";
  const uscc = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"]
    .map((last) => `${other.slice(0, 17)}${last}`)
    .find(isUscc);
  await service.must("put-employer", {
    params: { uscc: uscc ?? "" },
    body: { name: "另一单位", insured: [{ from: "2020-01-01", to: null }] },
  });
  const visitId = await openVisit(service, {
    caseNo: undefined,
    injury: { employerUscc: EMPLOYER, injuredOn },
  });
  for (const [caseNo, employerUscc] of [
    ["GS-OTHER", uscc],
    ["GS-OWN", EMPLOYER],
  ]) {
    await service.must("put-case", {
      params: { caseNo: caseNo ?? "" },
      body: caseBody({ employerUscc, injuredOn }),
    });
  }
  const services = makeGrantedServices(jobs["follow-case-decision"].tables);
  await follow(services, { task: taskOf("GS-OTHER") }, () => false);
  await follow(services, { task: taskOf("GS-OWN") }, () => false);
  expect((await service.must("get-visit", { params: { visitId } })).body.caseNo).toBe("GS-OWN");
});

const CASE = "GS-LATE";
const state = (status: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo: CASE }, body: caseBody({ status, ...overrides }) });
const followCase = (services: Services) => follow(services, { task: taskOf(CASE) }, () => false);

/** Services of which the first command of this kind waits until something else has happened. */
function startSlow(isAwaited: (call: StoreCall) => boolean, meanwhile: () => Promise<void>) {
  const services = makeGrantedServices(jobs["follow-case-decision"].tables);
  let isFirst = true;
  beforeEachCall(services.db, async (call) => {
    if (!isFirst || !isAwaited(call)) return;
    isFirst = false;
    await meanwhile();
  });
  return services;
}

const isCommit = ({ command }: StoreCall): boolean => command.startsWith("TransactWrite");

test("a job that read a case before its latest statement does not undo what that statement's own job did", async () => {
  await state("SUSPENDED");
  const visitId = await openVisit(service, { caseNo: CASE });
  await state("RECOGNISED", { injuries: [] });
  const slow = startSlow(isCommit, async () => {
    await state("SUSPENDED");
    expect(await followCase(makeGrantedServices(jobs["follow-case-decision"].tables))).toBe(true);
  });
  expect(await followCase(slow)).toBe(true);
  const { body } = await service.must("get-visit", { params: { visitId } });
  expect(body.guarantee).toBe("PROVISIONAL");
});

test("a job that was to release does not settle once more what its hospital took back, recognised meanwhile", async () => {
  await state("APPLIED");
  const visitId = await openVisit(service, { caseNo: CASE });
  const params = { visitId };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  await service.must("settle-visit", { params });
  await state("RECOGNISED");
  expect(await followCase(makeGrantedServices(jobs["follow-case-decision"].tables))).toBe(true);
  await state("REVOKED");
  const reversal = { params: { settlementId: `${visitId}-2` }, body: { reason: "录入有误" } };
  await service.must("reverse-settlement", reversal);
  const readsLines = ({ command, input }: StoreCall): boolean =>
    command.startsWith("Query") && input.includes(`VISIT#${HOSPITAL}#${visitId}`);
  const slow = startSlow(readsLines, async () => {
    await state("RECOGNISED");
  });
  expect(await followCase(slow)).toBe(true);
  const { body } = await service.must("get-visit", { params });
  expect(body).toMatchObject({ status: "DEFERRED", takenBack: "FINAL" });
});

test("a job that found a bill waiting does not release what its hospital has taken back meanwhile", async () => {
  await state("APPLIED");
  const visitId = await openVisit(service, { caseNo: CASE });
  const params = { visitId };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  const { body: deferral } = await service.must("settle-visit", { params });
  expect(deferral.kind).toBe("DEFERRED");
  await state("NOT_RECOGNISED");
  const readsLines = ({ command, input }: StoreCall): boolean =>
    command.startsWith("Query") && input.includes(`VISIT#${HOSPITAL}#${visitId}`);
  const slow = startSlow(readsLines, async () => {
    const { settlementId } = deferral;
    await service.must("reverse-settlement", { params: { settlementId }, body: { reason: "录入有误" } });
  });
  expect(await followCase(slow)).toBe(true);
  const { body } = await service.must("get-visit", { params });
  expect(body.status).toBe("OPEN");
  // It is the hospital's to settle again, when it is ready.
  expect((await service.must("settle-visit", { params })).body.kind).toBe("RELEASE");
});
