import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  caseBody,
  lineBody,
  openVisit,
  stateAnotherWorker,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

/** A bill can always be mended: until it is settled, whatever else the worker does meanwhile. */
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const on = (day: number, hour = 9) => `2026-03-0${day}T${String(hour).padStart(2, "0")}:00:00+08:00`;
const line = (lineNo: string, day: number, overrides: object = {}) =>
  lineBody(lineNo, { serviceAt: on(day), ...overrides });
const refund = (lineNo: string, refundOf: string, day: number) =>
  line(lineNo, day, { quantity: "-2", amount: "-23.00", refundOf });

let visitId: string;
const call = (operation: string, body?: object, key?: string) =>
  service.call(operation, {
    params: { visitId },
    ...(body === undefined ? {} : { body }),
    ...(key === undefined ? {} : { key }),
  });
const upload = (lines: object[], key?: string) => call("upload-charges", { lines }, key);
const codes = ({ status, body }: Awaited<ReturnType<typeof call>>) => [
  status,
  body.errors?.[0]?.code ?? body.code,
];

let otherStay: string | undefined;
/** Discharged on the 5th, not settled, and then in another hospital's bed. */
beforeEach(async () => {
  if (otherStay !== undefined)
    await service.must("cancel-visit", { institution: OTHER_HOSPITAL, params: { visitId: otherStay } });
  const another = await stateAnotherWorker(service);
  visitId = await openVisit(service, { visitType: "INPATIENT", ...another });
  await service.must("upload-charges", {
    params: { visitId },
    body: { lines: [line("1", 2), line("2", 3)] },
  });
  await service.must("discharge-worker", { params: { visitId }, body: { dischargedAt: on(5, 15) } });
  const body = visitBody(`OTHER-${visitId}`, { visitType: "INPATIENT", admittedAt: on(5, 17), ...another });
  const other = await service.must("register-visit", { institution: OTHER_HOSPITAL, body });
  otherStay = String(other.body.visitId);
});

describe("a stay that is discharged and not settled, of a worker whom another hospital has", () => {
  test("takes lines, refunds, revocations and what was left out, and settles what then stands", async () => {
    expect(codes(await upload([line("3", 5)]))).toEqual([201, undefined]);
    expect(codes(await upload([refund("4", "1", 4)]))).toEqual([201, undefined]);
    expect(codes(await call("revoke-charges", { lineNos: ["2"] }))).toEqual([200, undefined]);
    const settled = await service.must("settle-visit", { params: { visitId } });
    expect(settled.body).toMatchObject({ kind: "FINAL", lineCount: 3, total: "23.00" });
    expect(codes(await upload([line("5", 3)]))).toEqual([409, "VISIT_SETTLED"]);
  });

  test("takes no line of a day outside the stay, and says which line, which day and which days may be", async () => {
    const refused = await upload([line("3", 5), line("4", 6)]);
    expect(codes(refused)).toEqual([422, "SERVICE_DATE_OUTSIDE_VISIT"]);
    const { detail } = refused.body.errors[0];
    expect(detail).toContain("第 2 条明细为 2026-03-06，须不早于 2026-03-01、不晚于 2026-03-05");
    expect(detail).toContain(
      "2026-03-06 of line 2 in the message; it must be not before 2026-03-01 and not after 2026-03-05",
    );
    expect(codes(await upload([lineBody("3", { serviceAt: "2026-02-28T09:00:00+08:00" })]))).toEqual([
      422,
      "SERVICE_DATE_OUTSIDE_VISIT",
    ]);
  });

  test("lets a message of lines, and one of a revocation, be cancelled", async () => {
    await upload([line("3", 4)], `up-${visitId}`);
    const cancel = (key: string) => service.call("cancel-message", { params: { key } });
    expect((await cancel(`up-${visitId}`)).body).toMatchObject({ effect: "REVERSED" });
    await call("revoke-charges", { all: true }, `rev-${visitId}`);
    expect((await call("settle-visit")).body.code).toBe("NOTHING_TO_SETTLE");
    expect((await cancel(`rev-${visitId}`)).body).toMatchObject({ effect: "REVERSED" });
    const { body } = await service.must("list-charges", { params: { visitId } });
    expect(body.items.map(({ lineNo }: { lineNo: string }) => lineNo)).toEqual(["1", "2"]);
  });

  test("gets no line back whose revocation is cancelled, of a day after a discharge that was dated earlier since", async () => {
    const key = `revocation-${visitId}`;
    await call("revoke-charges", { lineNos: ["2"] }, key);
    const dateDischarge = (dischargedAt: string) => call("amend-visit", { dischargedAt });
    const cancel = () => service.call("cancel-message", { params: { key } });
    const linesOf = async () =>
      (await service.must("list-charges", { params: { visitId } })).body.items.map(
        ({ lineNo }: { lineNo: string }) => lineNo,
      );
    expect((await dateDischarge(on(2, 15))).status).toBe(200);
    expect(codes(await cancel())).toEqual([422, "SERVICE_DATE_OUTSIDE_VISIT"]);
    expect(await linesOf()).toEqual(["1"]);
    expect((await dateDischarge(on(5, 15))).status).toBe(200);
    expect((await cancel()).body).toMatchObject({ effect: "REVERSED" });
    expect((await linesOf()).sort()).toEqual(["1", "2"]);
  });

  test("is mended again after its settlement was reversed", async () => {
    const { body } = await service.must("settle-visit", { params: { visitId } });
    const params = { settlementId: String(body.settlementId) };
    await service.must("reverse-settlement", { params, body: { reason: "漏传费用" } });
    expect(codes(await upload([line("3", 5)]))).toEqual([201, undefined]);
    expect((await service.must("settle-visit", { params: { visitId } })).body.lineCount).toBe(3);
  });

  test("is given another day of discharge, within its lines and not in the future", async () => {
    const amend = (dischargedAt: string) => call("amend-visit", { dischargedAt });
    expect(codes(await amend(on(2, 20)))).toEqual([422, "SERVICE_DATE_OUTSIDE_VISIT"]);
    expect(codes(await amend("2026-02-20T08:00:00+08:00"))).toEqual([422, "DISCHARGED_BEFORE_ADMISSION"]);
    expect(codes(await amend("2099-01-01T08:00:00+08:00"))).toEqual([422, "DAY_IN_FUTURE"]);
    const amended = await amend(on(4, 10));
    expect(amended.body).toMatchObject({
      status: "DISCHARGED",
      dischargedAt: "2026-03-04T10:00:00+08:00",
    });
    expect(codes(await upload([line("3", 5)]))).toEqual([422, "SERVICE_DATE_OUTSIDE_VISIT"]);
    const settled = await service.must("settle-visit", { params: { visitId } });
    expect(settled.body.benefits).toMatchObject([{ days: 3, amount: "45.00" }]);
    expect(codes(await amend(on(5, 10)))).toEqual([409, "VISIT_SETTLED"]);
  });
});

describe("a stay that was settled in part before its discharge, of a worker whom another hospital has", () => {
  /** A line of 1,000.00 that an interim settlement settled; then the discharge, and the other hospital's bed. */
  async function settledInPart(isWhole = false): Promise<string> {
    const another = await stateAnotherWorker(service);
    visitId = await openVisit(service, { visitType: "INPATIENT", ...another });
    const amounts = { quantity: "1", unitPrice: "1000", amount: "1000.00" };
    await upload([line("wrong", 2, amounts)]);
    const { body } = await service.must("settle-visit", {
      params: { visitId },
      body: { kind: "INTERIM" },
      key: `interim-${visitId}`,
    });
    await service.must("discharge-worker", { params: { visitId }, body: { dischargedAt: on(5, 15) } });
    if (isWhole) {
      const final = await service.must("settle-visit", { params: { visitId } });
      await reverse(String(final.body.settlementId));
    }
    const admission = visitBody(`B-${visitId}`, {
      visitType: "INPATIENT",
      admittedAt: on(5, 17),
      ...another,
    });
    await service.must("register-visit", { institution: OTHER_HOSPITAL, body: admission });
    return String(body.settlementId);
  }
  const reverse = (settlementId: string) =>
    service.call("reverse-settlement", { params: { settlementId }, body: { reason: "单价有误" } });

  test("has its interim settlement reversed, its line mended within its days, and is settled anew", async () => {
    const settlementId = await settledInPart();
    expect(codes(await call("revoke-charges", { lineNos: ["wrong"] }))).toEqual([422, "LINE_SETTLED"]);
    expect(codes(await reverse(settlementId))).toEqual([201, undefined]);
    expect((await service.must("get-visit", { params: { visitId } })).body).toMatchObject({
      status: "DISCHARGED",
      dischargedAt: on(5, 15),
    });
    expect(codes(await call("revoke-charges", { lineNos: ["wrong"] }))).toEqual([200, undefined]);
    expect(codes(await upload([line("late", 6)]))).toEqual([422, "SERVICE_DATE_OUTSIDE_VISIT"]);
    expect(codes(await upload([line("right", 5)]))).toEqual([201, undefined]);
    const settled = await service.must("settle-visit", { params: { visitId } });
    expect(settled.body).toMatchObject({ kind: "FINAL", lineCount: 1, total: "23.00" });
  });

  test("likewise once its final settlement was reversed, and by a refund", async () => {
    const settlementId = await settledInPart(true);
    expect(codes(await reverse(settlementId))).toEqual([201, undefined]);
    const back = { quantity: "-1", unitPrice: "1000", amount: "-1000.00", refundOf: "wrong" };
    expect(codes(await upload([line("back", 3, back), line("right", 3)]))).toEqual([201, undefined]);
    const settled = await service.must("settle-visit", { params: { visitId } });
    expect(settled.body).toMatchObject({ kind: "FINAL", lineCount: 3, total: "23.00" });
  });

  test("has the message of its interim settlement cancelled, and the reversal's in turn", async () => {
    const settlementId = await settledInPart();
    const cancel = (key: string) => service.must("cancel-message", { params: { key } });
    const { body } = await cancel(`interim-${visitId}`);
    expect(body).toMatchObject({ effect: "REVERSED", visit: { status: "DISCHARGED" } });
    expect((await reverse(settlementId)).body.code).toBe("SETTLEMENT_REVERSED");
    const again = await settledInPart();
    const params = { settlementId: again };
    const key = `reversal-${visitId}`;
    await service.must("reverse-settlement", { params, body: { reason: "错" }, key });
    expect((await cancel(key)).body).toMatchObject({
      visit: { status: "DISCHARGED" },
      settlement: { kind: "INTERIM", total: "1000.00" },
    });
    expect((await service.must("settle-visit", { params: { visitId } })).body).toMatchObject({
      kind: "FINAL",
      total: "0.00",
    });
  });
});

test("a stay that is open, and an attendance, have no discharge to correct", async () => {
  const stay = String(otherStay);
  const input = { params: { visitId: stay }, institution: OTHER_HOSPITAL, body: { dischargedAt: on(6) } };
  expect((await service.call("amend-visit", input)).body.code).toBe("VISIT_NOT_DISCHARGED");
  const attendance = await openVisit(service);
  const ofAttendance = { params: { visitId: attendance }, body: { dischargedAt: on(6) } };
  expect((await service.call("amend-visit", ofAttendance)).body.code).toBe("VISIT_NOT_DISCHARGED");
});

test("of a stay that waits for the decision, the deferral is reversed first, and then it is mended", async () => {
  const caseNo = "GS-MEND-1";
  await service.must("put-case", { params: { caseNo }, body: caseBody({ status: "ACCEPTED" }) });
  visitId = await openVisit(service, { caseNo });
  await upload([lineBody("1")]);
  const deferred = await service.must("settle-visit", { params: { visitId } });
  expect(codes(await upload([lineBody("2")]))).toEqual([409, "VISIT_NOT_OPEN"]);
  const params = { settlementId: String(deferred.body.settlementId) };
  await service.must("reverse-settlement", { params, body: { reason: "漏传费用" } });
  expect(codes(await upload([lineBody("2")]))).toEqual([201, undefined]);
});
