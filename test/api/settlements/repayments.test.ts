import { beforeAll, describe, expect, test } from "vitest";
import {
  caseBody,
  itemBody,
  lineBody,
  openStayOfAnother,
  openVisit,
  stateAnotherWorker,
  stateRegistry,
} from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  await service.must("import-catalogue", { body: { items: [itemBody("WHOLE", { caps: null })] } });
});

const body = async (operation: string, params: Record<string, string>, sent?: object, key?: string) =>
  (await service.must(operation, { params, body: sent, ...(key === undefined ? {} : { key }) })).body;
const openStay = () => openStayOfAnother(service);
/** A line of so many yuan that the fund bears whole. */
const bill = (visitId: string, lineNo: string, yuan: string) =>
  body(
    "upload-charges",
    { visitId },
    {
      lines: [lineBody(lineNo, { itemCode: "WHOLE", quantity: "1", unitPrice: yuan, amount: `${yuan}.00` })],
    },
  );
const advance = (visitId: string, paidBy: string, amount: string, receipt: string, key?: string) =>
  body("record-advance", { visitId }, { paidBy, amount, receipt }, key);
const settle = (visitId: string, kind: string) => body("settle-visit", { visitId }, { kind });
const discharge = (visitId: string) =>
  body("discharge-worker", { visitId }, { dischargedAt: "2026-03-09T15:00:00+08:00" });
const reverse = (settlementId: string) =>
  body("reverse-settlement", { settlementId }, { reason: "录入有误" });

const fenOf = (yuan: string): number => Math.round(Number(yuan) * 100);

/** What a visit's settlements and reversals come to, for whoever is paid. */
async function paidFor(visitId: string): Promise<Record<string, number>> {
  const { settlementIds } = await body("get-visit", { visitId });
  const paid: Record<string, number> = { HOSPITAL: 0, WORKER: 0, EMPLOYER: 0 };
  for (const settlementId of settlementIds) {
    const { payableToHospital, repayments = [] } = await body("get-settlement", { settlementId });
    paid.HOSPITAL = (paid.HOSPITAL ?? 0) + fenOf(payableToHospital);
    for (const { payee, amount } of repayments) paid[payee] = (paid[payee] ?? 0) + fenOf(amount);
  }
  return paid;
}

describe("500.00 that the worker advanced of a stay of 1,050.00 goes back whole, and the hospital gets 550.00,", () => {
  const expected = { HOSPITAL: 55_000, WORKER: 50_000, EMPLOYER: 0 };

  test("when the advance is recorded before an interim settlement", async () => {
    const visitId = await openStay();
    await bill(visitId, "A", "1000");
    await advance(visitId, "WORKER", "500.00", "R1");
    expect(await settle(visitId, "INTERIM")).toMatchObject({
      payableToHospital: "500.00",
      repayments: [{ payee: "WORKER", amount: "500.00", receipt: "R1" }],
    });
    await bill(visitId, "B", "50");
    await discharge(visitId);
    expect(await settle(visitId, "FINAL")).toMatchObject({ payableToHospital: "50.00", repayments: [] });
    expect(await paidFor(visitId)).toEqual(expected);
  });

  test("when it is recorded after one: the hospital gives back what it was paid twice", async () => {
    const visitId = await openStay();
    await bill(visitId, "A", "1000");
    await settle(visitId, "INTERIM");
    await advance(visitId, "WORKER", "500.00", "R1");
    await bill(visitId, "B", "50");
    await discharge(visitId);
    const preview = await body("preview-settlement", { visitId });
    const final = await settle(visitId, "FINAL");
    expect(final).toMatchObject({ total: "50.00", payableToHospital: "-450.00" });
    expect(preview.payableToHospital).toBe("-450.00");
    expect(await paidFor(visitId)).toEqual(expected);
    const reversal = await reverse(final.settlementId);
    expect(reversal.payableToHospital).toBe("450.00");
    expect(await paidFor(visitId)).toEqual({ HOSPITAL: 100_000, WORKER: 0, EMPLOYER: 0 });
    await settle(visitId, "FINAL");
    expect(await paidFor(visitId)).toEqual(expected);
  });

  test("when the final settlement is of nothing more", async () => {
    const visitId = await openStay();
    await bill(visitId, "A", "1050");
    await settle(visitId, "INTERIM");
    await advance(visitId, "WORKER", "500.00", "R1");
    await discharge(visitId);
    expect(await settle(visitId, "FINAL")).toMatchObject({ total: "0.00", payableToHospital: "-500.00" });
    expect(await paidFor(visitId)).toEqual(expected);
  });

  test("when everything is reversed, settled anew in one, and that reversal is cancelled", async () => {
    const visitId = await openStay();
    await bill(visitId, "A", "1000");
    await advance(visitId, "WORKER", "500.00", "R1");
    const interim = await settle(visitId, "INTERIM");
    await bill(visitId, "B", "50");
    await discharge(visitId);
    const final = await settle(visitId, "FINAL");
    await reverse(final.settlementId);
    await body("cancel-discharge", { visitId });
    await reverse(interim.settlementId);
    await discharge(visitId);
    const whole = await settle(visitId, "FINAL");
    expect(whole).toMatchObject({ payableToHospital: "550.00" });
    const key = `reversal-${visitId}`;
    await body("reverse-settlement", { settlementId: whole.settlementId }, { reason: "错" }, key);
    expect(await paidFor(visitId)).toEqual({ HOSPITAL: 0, WORKER: 0, EMPLOYER: 0 });
    await body("cancel-message", { key });
    expect(await paidFor(visitId)).toEqual(expected);
  });
});

test("an advance after a release goes back once the injury is recognised after all, and once only", async () => {
  const { idNumber, caseNo } = await stateAnotherWorker(service);
  const decide = (status: string) => body("put-case", { caseNo }, caseBody({ idNumber, status }));
  await decide("APPLIED");
  const visitId = await openVisit(service, { idNumber, caseNo });
  await bill(visitId, "A", "1000");
  expect(await settle(visitId, "FINAL")).toMatchObject({ kind: "DEFERRED" });
  await decide("NOT_RECOGNISED");
  expect(await settle(visitId, "FINAL")).toMatchObject({ kind: "RELEASE" });
  await advance(visitId, "WORKER", "1000.00", "R1");
  await advance(visitId, "WORKER", "999.00", "R2", `wrong-${visitId}`);
  await body("cancel-message", { key: `wrong-${visitId}` });
  await decide("RECOGNISED");
  const repaid = {
    kind: "FINAL",
    payableToHospital: "0.00",
    repayments: [{ amount: "1000.00", receipt: "R1" }],
  };
  const final = await settle(visitId, "FINAL");
  expect(final).toMatchObject(repaid);
  const late = { params: { visitId }, body: { paidBy: "WORKER", amount: "1.00", receipt: "R3" } };
  expect((await service.call("record-advance", late)).body.code).toBe("VISIT_SETTLED");
  expect(await reverse(final.settlementId)).toMatchObject({ repayments: [{ amount: "-1000.00" }] });
  expect(await settle(visitId, "FINAL")).toMatchObject(repaid);
});

test("several advances go back in the order in which they were paid, over all settlements", async () => {
  const visitId = await openStay();
  await advance(visitId, "EMPLOYER", "300.00", "R1");
  await bill(visitId, "A", "100");
  await settle(visitId, "INTERIM");
  await advance(visitId, "WORKER", "400.00", "R2");
  await bill(visitId, "B", "250");
  expect((await settle(visitId, "INTERIM")).repayments).toEqual([
    { payee: "EMPLOYER", amount: "200.00", receipt: "R1" },
    { payee: "WORKER", amount: "50.00", receipt: "R2" },
  ]);
  await bill(visitId, "C", "100");
  await discharge(visitId);
  await settle(visitId, "FINAL");
  expect(await paidFor(visitId)).toEqual({ HOSPITAL: 0, EMPLOYER: 30_000, WORKER: 15_000 });
});

test("an advance that was paid back is not cancelled before its settlement is reversed", async () => {
  const visitId = await openStay();
  await bill(visitId, "A", "100");
  await advance(visitId, "WORKER", "60.00", "R1", `first-${visitId}`);
  const interim = await settle(visitId, "INTERIM");
  await advance(visitId, "WORKER", "60.00", "R2", `second-${visitId}`);
  const refused = await service.call("cancel-message", { params: { key: `first-${visitId}` } });
  expect([refused.status, refused.body.code]).toEqual([409, "ADVANCE_REPAID"]);
  await body("cancel-message", { key: `second-${visitId}` });
  await reverse(interim.settlementId);
  await body("cancel-message", { key: `first-${visitId}` });
  await discharge(visitId);
  expect((await settle(visitId, "FINAL")).payableToHospital).toBe("100.00");
});
