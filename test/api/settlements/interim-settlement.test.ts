import { beforeAll, describe, expect, test } from "vitest";
import { lineBody, openStayOfAnother, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const at = (date: number, hour: string) => `2026-03-0${date}T${hour}:00:00+08:00`;
const upload = (visitId: string, ...lines: object[]) =>
  service.must("upload-charges", { params: { visitId }, body: { lines } });
const settle = (visitId: string, kind?: string) =>
  service.call("settle-visit", { params: { visitId }, body: kind === undefined ? {} : { kind } });
const reverse = (settlementId: string) =>
  service.call("reverse-settlement", { params: { settlementId }, body: { reason: "录入有误" } });
/** One unit of an item of which one a day is payable. */
const limited = (lineNo: string, serviceAt: string) =>
  lineBody(lineNo, { itemCode: "A2", quantity: "1", unitPrice: "10", amount: "10.00", serviceAt });
const discharge = (visitId: string) =>
  service.must("discharge-worker", { params: { visitId }, body: { dischargedAt: at(9, "15") } });

test("a long stay is settled so far, goes on, and the final settlement settles the rest", async () => {
  const visitId = await openStayOfAnother(service);
  await upload(visitId, lineBody("1"), limited("2", at(2, "09")));
  const preview = await service.must("preview-settlement", {
    params: { visitId },
    body: { kind: "INTERIM" },
  });
  const first = await settle(visitId, "INTERIM");
  expect(first.body).toMatchObject({ kind: "INTERIM", total: "33.00", lineCount: 2 });
  expect(preview.body).toMatchObject({ kind: "INTERIM", total: "33.00", allocation: first.body.allocation });
  const { body: visit } = await service.must("get-visit", { params: { visitId } });
  expect(visit).toMatchObject({ status: "OPEN", settled: { total: "33.00" } });

  const answer = await upload(visitId, limited("3", at(2, "08")), limited("4", at(3, "08")));
  const borne = [{ hospital: "10.00" }, { fund: "10.00" }];
  expect(answer.body.lines).toMatchObject(borne.map((allocation) => ({ allocation })));
  const second = await settle(visitId, "INTERIM");
  expect(second.body).toMatchObject({
    settlementId: `${visitId}-2`,
    total: "20.00",
    lineCount: 2,
    allocation: { fund: "10.00", hospital: "10.00" },
  });

  await upload(visitId, lineBody("5", { serviceAt: at(5, "09") }));
  await discharge(visitId);
  const final = await settle(visitId);
  expect(final.body).toMatchObject({ kind: "FINAL", total: "23.00", lineCount: 1 });
  const { body: closed } = await service.must("get-visit", { params: { visitId } });
  expect(closed).toMatchObject({ status: "SETTLED", settled: { total: "76.00" } });
});

test("the final settlement of a stay whose lines are all settled is of nothing, and closes it", async () => {
  const visitId = await openStayOfAnother(service);
  await upload(visitId, lineBody("1"));
  await settle(visitId, "INTERIM");
  const nothing = await settle(visitId, "INTERIM");
  expect([nothing.status, nothing.body.code]).toEqual([409, "NOTHING_TO_SETTLE"]);
  await discharge(visitId);
  const final = await settle(visitId);
  expect(final.body).toMatchObject({ kind: "FINAL", total: "0.00", lineCount: 0, reasons: [] });
});

describe("settled lines", () => {
  test("are neither revoked nor refunded before their settlement is reversed", async () => {
    const visitId = await openStayOfAnother(service);
    await upload(visitId, lineBody("1"));
    const { body: first } = await settle(visitId, "INTERIM");
    await upload(visitId, lineBody("2"));
    const revoke = (body: object) => service.call("revoke-charges", { params: { visitId }, body });
    expect((await revoke({ lineNos: ["1"] })).body.code).toBe("LINE_SETTLED");
    const refund = lineBody("1R", { refundOf: "1", quantity: "-2", amount: "-23.00" });
    const refused = await service.call("upload-charges", { params: { visitId }, body: { lines: [refund] } });
    expect([refused.status, refused.body.code]).toEqual([422, "REFUND_ORIGINAL_SETTLED"]);
    expect((await revoke({ all: true })).body).toMatchObject({ revoked: ["2"], lineCount: 1 });
    await reverse(first.settlementId);
    expect((await revoke({ lineNos: ["1"] })).body.lineCount).toBe(0);
    await service.must("cancel-visit", { params: { visitId } });
  });

  test("keep a stay from being cancelled", async () => {
    const visitId = await openStayOfAnother(service);
    await upload(visitId, lineBody("1"));
    const { body } = await settle(visitId, "INTERIM");
    const refused = await service.call("cancel-visit", { params: { visitId } });
    expect([refused.status, refused.body.code]).toEqual([409, "VISIT_HAS_SETTLEMENTS"]);
    await reverse(body.settlementId);
    await service.must("cancel-visit", { params: { visitId } });
  });
});

test("only the latest unreversed settlement can be reversed, and limits are free again", async () => {
  const visitId = await openStayOfAnother(service);
  await upload(visitId, limited("1", at(2, "09")));
  const { body: first } = await settle(visitId, "INTERIM");
  await upload(visitId, limited("2", at(2, "08")));
  const { body: second } = await settle(visitId, "INTERIM");
  expect(second.allocation.hospital).toBe("10.00");
  expect((await reverse(first.settlementId)).body).toMatchObject({
    code: "SETTLEMENT_NOT_LATEST",
    settlementId: second.settlementId,
  });
  expect((await reverse(second.settlementId)).status).toBe(201);
  expect((await reverse(second.settlementId)).body.code).toBe("SETTLEMENT_REVERSED");
  expect((await reverse(first.settlementId)).status).toBe(201);
  const { body: both } = await settle(visitId, "INTERIM");
  expect(both).toMatchObject({ total: "20.00", allocation: { fund: "10.00", hospital: "10.00" } });

  await discharge(visitId);
  expect((await reverse(both.settlementId)).status).toBe(201);
  await service.must("cancel-discharge", { params: { visitId } });
  await service.must("cancel-visit", { params: { visitId } });
});

test("there is none of an attendance, nor of a stay that is discharged", async () => {
  const attendance = await openVisit(service);
  await upload(attendance, lineBody("1"));
  expect((await settle(attendance, "INTERIM")).body.code).toBe("VISIT_NOT_A_STAY");
  const stay = await openStayOfAnother(service);
  await upload(stay, lineBody("1"));
  await discharge(stay);
  expect((await settle(stay, "INTERIM")).body.code).toBe("VISIT_NOT_OPEN");
  expect((await settle(stay, "WEEKLY")).status).toBe(422);
});
