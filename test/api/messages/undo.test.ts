import { beforeAll, describe, expect, test } from "vitest";
import { lineBody, openVisit, stateRegistry, today, visitBody } from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const dischargedAt = "2026-03-09T15:00:00+08:00";
const reason = "收费员录入有误";

const totals = async () => {
  const query = { ...today, groupBy: "month" };
  return (await service.must("summarise-settlements", { query })).body.totals;
};
const statusOf = async (visitId: string) =>
  (await service.must("get-visit", { params: { visitId } })).body.status;
const upload = (visitId: string, ...lineNos: string[]) =>
  service.must("upload-charges", {
    params: { visitId },
    body: { lines: lineNos.map((lineNo) => lineBody(lineNo)) },
  });
const settle = async (visitId: string, body: object = {}): Promise<string> =>
  (await service.must("settle-visit", { params: { visitId }, body })).body.settlementId;
const reverse = (settlementId: string) =>
  service.call("reverse-settlement", { params: { settlementId }, body: { reason } });

async function settledOutpatient(): Promise<{ visitId: string; settlementId: string }> {
  const visitId = await openVisit(service);
  await upload(visitId, "1");
  return { visitId, settlementId: await settle(visitId) };
}

/** The worker has one bed: every stay of these tests is ended by whoever opens it. */
const openStay = () => openVisit(service, { visitType: "INPATIENT" });
const discharge = (visitId: string) =>
  service.must("discharge-worker", { params: { visitId }, body: { dischargedAt, outcome: "CURED" } });

describe("a reversal", () => {
  test("is the counter-entry of its settlement, line by line, and points back to it", async () => {
    const { visitId, settlementId } = await settledOutpatient();
    const { status, body: twin } = await reverse(settlementId);
    expect(status).toBe(201);
    expect(twin).toMatchObject({
      settlementId: `${visitId}-2`,
      kind: "REVERSAL",
      status: "SETTLED",
      reverses: settlementId,
      reversesEarlierMonth: false,
      reversalReason: reason,
      total: "-23.00",
      allocation: { fund: "-20.00", hospital: "-3.00", personal: "0.00" },
      reasons: [{ code: "OVER_PRICE_CAP", bearer: "HOSPITAL", amount: "-3.00" }],
    });
    const { body: original } = await service.must("get-settlement", { params: { settlementId } });
    expect(original).toMatchObject({ status: "REVERSED", reversedBy: twin.settlementId, total: "23.00" });
    const lines = await service.must("list-settlement-lines", {
      params: { settlementId: twin.settlementId },
    });
    expect(lines.body.items).toMatchObject([
      { lineNo: "1", quantity: "-2", gross: "-23.00", allocation: { fund: "-20.00", hospital: "-3.00" } },
    ]);
  });

  test("restores every total, and counts beside the settlement", async () => {
    const before = await totals();
    const { settlementId } = await settledOutpatient();
    await reverse(settlementId);
    const after = await totals();
    expect([after.total, after.allocation]).toEqual([before.total, before.allocation]);
    expect([after.count - before.count, after.reversalCount - before.reversalCount]).toEqual([1, 1]);
    expect(Number(before.reversed.total) - Number(after.reversed.total)).toBeCloseTo(23, 2);
  });

  test("opens an attendance again, to be mended and settled anew", async () => {
    const { visitId, settlementId } = await settledOutpatient();
    await reverse(settlementId);
    expect(await statusOf(visitId)).toBe("OPEN");
    await service.must("revoke-charges", { params: { visitId }, body: { lineNos: ["1"] } });
    await upload(visitId, "2", "3");
    expect(await settle(visitId)).toBe(`${visitId}-3`);
    const { body } = await service.must("get-visit", { params: { visitId } });
    expect(body).toMatchObject({ status: "SETTLED", settled: { total: "46.00" } });
    expect(body.settlementIds).toHaveLength(3);
  });

  test("takes place once, however many ask for it at the same time", async () => {
    const before = await totals();
    const { settlementId } = await settledOutpatient();
    const answers = await Promise.all(Array.from({ length: 8 }, () => reverse(settlementId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(["SETTLEMENT_REVERSED"]));
    expect((await totals()).total).toBe(before.total);
  });

  test("is not reversed itself", async () => {
    const { settlementId } = await settledOutpatient();
    const { body } = await reverse(settlementId);
    const again = await reverse(body.settlementId);
    expect([again.status, again.body.code]).toEqual([409, "SETTLEMENT_IS_REVERSAL"]);
  });

  test("of another hospital's settlement, or of none, is not found", async () => {
    const { settlementId } = await settledOutpatient();
    for (const params of [{ settlementId }, { settlementId: "V0-1" }, { settlementId: "x" }]) {
      const input = { institution: OTHER_HOSPITAL, params, body: { reason } };
      const { status, body } = await service.call("reverse-settlement", input);
      expect([status, body.code]).toEqual([404, "SETTLEMENT_NOT_FOUND"]);
    }
  });

  test("needs a reason", async () => {
    const { settlementId } = await settledOutpatient();
    const { status, body } = await service.call("reverse-settlement", { params: { settlementId }, body: {} });
    expect([status, body.errors[0].pointer]).toEqual([422, "/reason"]);
  });
});

describe("a stay is undone in strict reverse order", () => {
  test("settlement, discharge, registration; each refused while a later step stands", async () => {
    const visitId = await openStay();
    await upload(visitId, "1");
    await discharge(visitId);
    const settlementId = await settle(visitId);
    const code = async (operation: string) =>
      (await service.call(operation, { params: { visitId } })).body.code;
    expect([await code("cancel-discharge"), await code("cancel-visit")]).toEqual([
      "VISIT_SETTLED",
      "VISIT_SETTLED",
    ]);
    await reverse(settlementId);
    expect(await statusOf(visitId)).toBe("DISCHARGED");
    expect(await code("cancel-visit")).toBe("VISIT_NOT_OPEN");
    const { body: open } = await service.must("cancel-discharge", { params: { visitId } });
    expect(open).toMatchObject({ status: "OPEN" });
    expect(open).not.toHaveProperty("dischargedAt");
    expect(open).not.toHaveProperty("outcome");
    expect(await code("cancel-discharge")).toBe("VISIT_NOT_DISCHARGED");
    expect((await service.must("cancel-visit", { params: { visitId } })).body.status).toBe("CANCELLED");
    expect([await code("cancel-visit"), await code("settle-visit")]).toEqual([
      "VISIT_CANCELLED",
      "VISIT_CANCELLED",
    ]);
  });

  test("a cancelled discharge needs the bed, which another stay may have taken", async () => {
    const visitId = await openStay();
    await discharge(visitId);
    const other = await openVisit(service, {
      visitType: "INPATIENT",
      admittedAt: "2026-03-10T08:00:00+08:00",
    });
    const refused = await service.call("cancel-discharge", { params: { visitId } });
    expect([refused.status, refused.body.code]).toEqual([409, "ADMITTED_ELSEWHERE"]);
    await service.must("cancel-visit", { params: { visitId: other } });
    await service.must("cancel-discharge", { params: { visitId } });
    await service.must("cancel-visit", { params: { visitId } });
  });

  test("a cancelled registration frees bed and visit number", async () => {
    const body = visitBody("ZY-AGAIN", { visitType: "INPATIENT" });
    const first = await service.must("register-visit", { body });
    await service.must("cancel-visit", { params: { visitId: first.body.visitId } });
    const second = await service.must("register-visit", { body });
    expect(second.body.visitId).not.toBe(first.body.visitId);
    await service.must("cancel-visit", { params: { visitId: second.body.visitId } });
  });

  test("a repeat of each is answered the same and changes nothing more", async () => {
    const visitId = await openStay();
    await discharge(visitId);
    for (const operation of ["cancel-discharge", "cancel-visit"]) {
      const input = { params: { visitId }, key: `${operation}-again` };
      const first = await service.must(operation, input);
      expect((await service.must(operation, input)).text).toBe(first.text);
    }
  });
});
