import { beforeAll, describe, expect, test } from "vitest";
import {
  CASE_NO,
  EMPLOYER,
  hospitalBody,
  ID_NUMBER,
  lineBody,
  openVisit,
  stateAnotherWorker,
  stateRegistry,
  today,
  visitBody,
  workerBody,
} from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const reason = "医院漏办出院，已电话核实";
let service: TestService;
let forgotten: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  forgotten = await openVisit(service, { visitType: "INPATIENT" });
});

const admitElsewhere = (no: string) =>
  service.call("register-visit", {
    institution: OTHER_HOSPITAL,
    body: visitBody(no, { visitType: "INPATIENT", admittedAt: "2026-03-05T08:00:00+08:00" }),
  });
const lookUp = async (body: object) => (await service.must("find-worker", { body, key: null })).body;
const release = (visitId: string, key?: string) =>
  service.call("release-bed", {
    params: { visitId },
    body: { reason },
    ...(key === undefined ? {} : { key }),
  });

describe("a bed that was forgotten", () => {
  test("keeps the worker from another hospital, which is told who holds it, and only where it may know the person", async () => {
    const holder = { code: HOSPITAL, name: hospitalBody().name };
    const refused = await admitElsewhere("E1");
    expect([refused.status, refused.body.code]).toEqual([409, "ADMITTED_ELSEWHERE"]);
    expect(refused.body.errors).toMatchObject([
      { pointer: "/admittedAt", code: "ADMITTED_ELSEWHERE", hospital: holder },
    ]);
    const check = { idNumber: ID_NUMBER, visitType: "INPATIENT", serviceDate: "2026-03-05" };
    const eligible = await service.must("check-eligibility", { institution: OTHER_HOSPITAL, body: check });
    expect(eligible.body.refusals).toMatchObject([{ code: "ADMITTED_ELSEWHERE", hospital: holder }]);
    const suspended = {
      ...hospitalBody(2),
      agreement: { from: "2020-01-01", to: null, status: "SUSPENDED" },
    };
    await service.must("put-hospital", { params: { code: OTHER_HOSPITAL }, body: suspended });
    const unknowing = await service.call("check-eligibility", { institution: OTHER_HOSPITAL, body: check });
    expect(unknowing.text).not.toContain(HOSPITAL);
    expect((await admitElsewhere("E2")).text).not.toContain(HOSPITAL);
    await service.must("put-hospital", { params: { code: OTHER_HOSPITAL }, body: hospitalBody(2) });
  });

  test("is found by the worker's number, also where the stay has no case", async () => {
    const openStay = { visitId: forgotten, hospitalCode: HOSPITAL };
    expect((await lookUp({ idNumber: ID_NUMBER })).openStay).toMatchObject(openStay);
    const cardNumber = "BED0000001";
    const person = { idNumber: "E55667788", idType: "PASSPORT" };
    const { body: worker } = await service.must("put-worker", {
      body: { ...workerBody(), ...person, cardNumber },
    });
    expect((await lookUp({ cardNumber })).openStay).toBeUndefined();
    const visitId = await openVisit(service, {
      ...{ visitType: "INPATIENT", admittedAt: "2026-03-02T08:00:00+08:00" },
      ...{ idNumber: undefined, caseNo: undefined, cardNumber },
      injury: { employerUscc: EMPLOYER, injuredOn: "2026-02-20" },
    });
    const found = await lookUp({ cardNumber });
    expect(found).toMatchObject({
      caseNos: [],
      openStay: { visitId, hospitalCode: HOSPITAL, admittedOn: "2026-03-02" },
    });
    const read = await service.must("get-worker", { params: { workerId: worker.workerId } });
    expect(read.body).toEqual(found);
    await release(visitId);
    expect((await lookUp({ cardNumber })).openStay).toBeUndefined();
  });

  test("is freed by the agency with a reason, on record, and its hospital hears of it", async () => {
    const freed = await release(forgotten, "freed");
    expect(freed.body).toMatchObject({ visitId: forgotten, status: "OPEN", hospitalCode: HOSPITAL });
    expect(freed.body.bedReleasedAt).toBeDefined();
    expect((await release(forgotten, "freed")).text).toBe(freed.text);
    const twice = await release(forgotten);
    expect([twice.status, twice.body.code]).toEqual([409, "BED_NOT_HELD"]);
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: forgotten } }))
      .body;
    expect(items.filter(({ operation }: { operation: string }) => operation === "release-bed")).toMatchObject(
      [{ kind: "CHANGE", reason, result: "DONE" }],
    );
    const events = (await service.must("list-hospital-events", { query: { limit: "100" } })).body.items;
    expect(events).toContainEqual(
      expect.objectContaining({ type: "CLAIM_BED_RELEASED", visitId: forgotten }),
    );
    expect((await admitElsewhere("E3")).status).toBe(201);
  });

  test("leaves the stay to its hospital, to be mended, discharged, taken back and settled, and the other bed where it is", async () => {
    const params = { visitId: forgotten };
    const discharge = () =>
      service.must("discharge-worker", { params, body: { dischargedAt: "2026-03-04T10:00:00+08:00" } });
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    await discharge();
    await service.must("cancel-discharge", { params, body: {} });
    await discharge();
    expect((await service.must("settle-visit", { params })).body.kind).toBe("FINAL");
    expect((await admitElsewhere("E4")).body.code).toBe("ADMITTED_ELSEWHERE");
  });

  test("is none of an attendance, of a settled stay, of no visit, and nobody's but the agency's to free", async () => {
    const codeOf = async (visitId: string) => (await release(visitId)).body.code;
    expect(await codeOf(await openVisit(service, { caseNo: CASE_NO }))).toBe("VISIT_NOT_A_STAY");
    expect(await codeOf(forgotten)).toBe("VISIT_SETTLED");
    expect(await codeOf("V00000000000000000000")).toBe("VISIT_NOT_FOUND");
    const asHospital = { params: { visitId: forgotten }, body: { reason }, role: "hospital" };
    expect((await service.call("release-bed", asHospital)).status).toBe(403);
  });
});

describe("a stay that was discharged after its bed was freed, on a day within another one's", () => {
  test("has the nights before the other began, and no night's meal is paid twice", async () => {
    const worker = await stateAnotherWorker(service);
    const stay = { visitType: "INPATIENT", ...worker };
    const first = await openVisit(service, stay);
    const params = { visitId: first };
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    expect((await release(first)).status).toBe(200);
    const admittedAt = "2026-03-05T08:00:00+08:00";
    const other = await service.must("register-visit", {
      institution: OTHER_HOSPITAL,
      body: visitBody("E5", { ...stay, admittedAt }),
    });
    const elsewhere = { institution: OTHER_HOSPITAL, params: { visitId: String(other.body.visitId) } };
    const lines = [lineBody("1", { serviceAt: admittedAt })];
    await service.must("upload-charges", { ...elsewhere, body: { lines } });
    await service.must("discharge-worker", { params, body: { dischargedAt: "2026-03-08T10:00:00+08:00" } });
    await service.must("discharge-worker", {
      ...elsewhere,
      body: { dischargedAt: "2026-03-07T10:00:00+08:00" },
    });
    const settled = await service.must("settle-visit", { params });
    const settledElsewhere = await service.must("settle-visit", elsewhere);
    const days = [settled, settledElsewhere].map(({ body }) => body.benefits[0].days);
    expect(days).toEqual([4, 2]);
    const late = await service.call("register-visit", {
      institution: OTHER_HOSPITAL,
      body: visitBody("E6", { ...stay, admittedAt: "2026-03-03T08:00:00+08:00" }),
    });
    expect(late.body.errors).toMatchObject([{ code: "ADMITTED_ELSEWHERE", hospital: { code: HOSPITAL } }]);
  });

  test("is not paid for a day that the other stay has: its lines of such days are revoked, and the rest is settled", async () => {
    const worker = await stateAnotherWorker(service);
    const stay = { visitType: "INPATIENT", ...worker };
    const params = { visitId: await openVisit(service, stay) };
    const on = (day: number) => `2026-03-0${day}T09:00:00+08:00`;
    const lines = [lineBody("1"), lineBody("2", { serviceAt: on(7) })];
    await service.must("upload-charges", { params, body: { lines } });
    await release(params.visitId);
    const body = visitBody("E9", { ...stay, admittedAt: on(5) });
    const other = await service.must("register-visit", { institution: OTHER_HOSPITAL, body });
    const elsewhere = { institution: OTHER_HOSPITAL, params: { visitId: String(other.body.visitId) } };
    const same = [lineBody("1", { serviceAt: on(7) })];
    await service.must("upload-charges", { ...elsewhere, body: { lines: same } });
    await service.must("settle-visit", { ...elsewhere, body: { kind: "INTERIM" } });
    const interim = await service.call("settle-visit", { params, body: { kind: "INTERIM" } });
    expect([interim.status, interim.body.code]).toEqual([409, "BED_NOT_HELD"]);
    await service.must("discharge-worker", { params, body: { dischargedAt: on(8) } });
    const refused = await service.call("settle-visit", { params });
    expect([refused.status, refused.body.code]).toEqual([422, "DAY_NOT_OF_STAY"]);
    expect(refused.body.errors).toMatchObject([{ hospital: { code: OTHER_HOSPITAL } }]);
    await service.must("revoke-charges", { params, body: { lineNos: ["2"] } });
    expect((await service.must("settle-visit", { params })).body).toMatchObject({
      kind: "FINAL",
      lineCount: 1,
    });
  });

  test("keeps the days that were settled before its bed was freed, until they are reversed and it is discharged before them", async () => {
    const worker = await stateAnotherWorker(service);
    const stay = { visitType: "INPATIENT", ...worker };
    const params = { visitId: await openVisit(service, stay) };
    const on = (day: number) => `2026-03-0${day}T09:00:00+08:00`;
    await service.must("upload-charges", {
      params,
      body: { lines: [lineBody("1", { serviceAt: on(7) })] },
    });
    const interim = await service.must("settle-visit", { params, body: { kind: "INTERIM" } });
    await release(params.visitId);
    const registerOn = (no: string, day: number) =>
      service.call("register-visit", {
        institution: OTHER_HOSPITAL,
        body: visitBody(no, { ...stay, admittedAt: on(day) }),
      });
    const refused = await registerOn("E10", 5);
    expect(refused.body.errors).toMatchObject([{ code: "ADMITTED_ELSEWHERE", hospital: { code: HOSPITAL } }]);
    const { settlementId } = interim.body;
    await service.must("reverse-settlement", { params: { settlementId }, body: { reason: "转院日有误" } });
    await service.must("revoke-charges", { params, body: { all: true } });
    await service.must("discharge-worker", { params, body: { dischargedAt: on(5) } });
    expect((await registerOn("E11", 5)).status).toBe(201);
  });

  test("is corrected, taken back and told again as its hospital likes; the other names it where it is in the way", async () => {
    const worker = await stateAnotherWorker(service);
    const stay = { visitType: "INPATIENT", ...worker };
    const params = { visitId: await openVisit(service, stay) };
    await release(params.visitId);
    const body = visitBody("E7", { ...stay, admittedAt: "2026-03-01T08:00:00+08:00" });
    const other = await service.must("register-visit", { institution: OTHER_HOSPITAL, body });
    const elsewhere = { institution: OTHER_HOSPITAL, params: { visitId: String(other.body.visitId) } };
    const at = (day: number) => ({ dischargedAt: `2026-03-0${day}T10:00:00+08:00` });
    await service.must("discharge-worker", { params, body: at(4) });
    await service.must("discharge-worker", { ...elsewhere, body: at(6) });
    await service.must("amend-visit", { params, body: at(9) });
    await service.must("cancel-discharge", { params, body: {} });
    await service.must("discharge-worker", { params, body: at(5) });
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    expect((await service.must("settle-visit", { params })).body.benefits ?? []).toEqual([]);
    const third = await service.must("register-visit", {
      body: visitBody("E8", { ...stay, admittedAt: "2026-03-06T08:00:00+08:00" }),
    });
    const thirdOf = { params: { visitId: String(third.body.visitId) } };
    await service.must("discharge-worker", { ...thirdOf, body: at(8) });
    const longer = await service.call("amend-visit", { ...elsewhere, body: at(7) });
    expect(longer.body.errors).toMatchObject([
      {
        pointer: "/dischargedAt",
        code: "ADMITTED_ELSEWHERE",
        hospital: { code: HOSPITAL, name: hospitalBody().name },
      },
    ]);
  });
});
