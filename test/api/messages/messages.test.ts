import { beforeAll, describe, expect, test } from "vitest";
import { lineBody, openVisit, stateRegistry, today, visitBody } from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const ask = async (key: string) => (await service.must("get-message", { params: { key } })).body;
const cancel = (key: string, ownKey?: string) =>
  service.call("cancel-message", { params: { key }, ...(ownKey === undefined ? {} : { key: ownKey }) });
const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const post = (operation: string, visitId: string, key: string, body?: object) =>
  service.must(operation, { params: { visitId }, key, ...(body === undefined ? {} : { body }) });
const upload = (visitId: string, key: string, ...lineNos: string[]) =>
  post("upload-charges", visitId, key, { lines: lineNos.map((lineNo) => lineBody(lineNo)) });
const discharge = { dischargedAt: "2026-03-09T15:00:00+08:00", outcome: "CURED" };
const netTotal = async (): Promise<string> => {
  const query = { ...today, groupBy: "month" };
  return (await service.must("summarise-settlements", { query })).body.totals.total;
};
const stayBody = (no: string) => visitBody(no, { visitType: "INPATIENT" });

describe("what became of a message", () => {
  test("that took effect: its operation, its time and its first answer", async () => {
    const visitId = await openVisit(service);
    const { body: first } = await upload(visitId, "asked-1", "1");
    await post("settle-visit", visitId, "asked-2");
    expect(await ask("asked-1")).toMatchObject({
      key: "asked-1",
      status: "APPLIED",
      operation: "upload-charges",
      answer: { status: 201, body: first },
    });
  });

  test("that never arrived, or belongs to another hospital: nothing so far", async () => {
    await openVisit(service).then((visitId) => upload(visitId, "of-one-hospital", "1"));
    expect((await ask("never-sent")).status).toBe("NOT_APPLIED");
    const input = { institution: OTHER_HOSPITAL, params: { key: "of-one-hospital" } };
    expect((await service.must("get-message", input)).body).toMatchObject({ status: "NOT_APPLIED" });
  });

  test("that was refused: nothing, and its key is free", async () => {
    const visitId = await openVisit(service);
    const input = { params: { visitId }, key: "was-refused" };
    expect((await service.call("settle-visit", input)).status).toBe(409);
    expect((await ask("was-refused")).status).toBe("NOT_APPLIED");
  });
});

describe("a message that did not arrive", () => {
  test("can never take effect once it is cancelled, also when it was on its way", async () => {
    const visitId = await openVisit(service);
    const { body } = await cancel("late");
    expect(body).toMatchObject({ key: "late", status: "CANCELLED", effect: "NEVER_APPLIES" });
    const late = await service.call("upload-charges", {
      params: { visitId },
      key: "late",
      body: { lines: [lineBody("1")] },
    });
    expect([late.status, late.body.code, late.body.retryable]).toEqual([409, "MESSAGE_CANCELLED", false]);
    expect((await visitOf(visitId)).lineCount).toBe(0);
    expect(await ask("late")).toMatchObject({
      status: "CANCELLED",
      cancellation: { effect: "NEVER_APPLIES" },
    });
  });

  test("is cancelled with the same answer by everybody who asks", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => cancel("asked-by-many")));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test("cannot be cancelled under its own key", async () => {
    const { status, body } = await cancel("own", "own");
    expect([status, body.code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
    expect((await ask("own")).status).toBe("NOT_APPLIED");
  });
});

test("a cancellation that races with its settlement ends with one of two truths", async () => {
  for (let round = 0; round < 12; round += 1) {
    const visitId = await openVisit(service);
    await upload(visitId, `race-upload-${round}`, "1");
    const before = await netTotal();
    const key = `race-settle-${round}`;
    const [settled, cancelled] = await Promise.all([
      service.call("settle-visit", { params: { visitId }, key }),
      cancel(key),
    ]);
    expect(cancelled.status).toBe(200);
    if (settled.status === 201) expect(cancelled.body.effect).toBe("REVERSED");
    else expect([settled.body.code, cancelled.body.effect]).toEqual(["MESSAGE_CANCELLED", "NEVER_APPLIES"]);
    expect((await visitOf(visitId)).status).toBe("OPEN");
    expect(await netTotal()).toBe(before);
  }
});

describe("cancelling a message that took effect", () => {
  test("registration: the visit is cancelled", async () => {
    const { body } = await service.must("register-visit", { body: stayBody("C-1"), key: "c-register" });
    const cancelled = await cancel("c-register");
    expect(cancelled.body).toMatchObject({
      effect: "REVERSED",
      operation: "register-visit",
      visit: { visitId: body.visitId, status: "CANCELLED" },
    });
    expect((await cancel("c-register")).text).toBe(cancelled.text);
    expect((await visitOf(body.visitId)).status).toBe("CANCELLED");
  });

  test("upload: its own lines go, those of other messages stay", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-upload-1", "1", "2");
    await upload(visitId, "c-upload-2", "3");
    await post("revoke-charges", visitId, "c-upload-3", { lineNos: ["2"] });
    await upload(visitId, "c-upload-4", "2");
    await cancel("c-upload-1");
    const { body } = await service.must("list-charges", { params: { visitId } });
    expect(body.items.map(({ lineNo }: { lineNo: string }) => lineNo)).toEqual(["3", "2"]);
    expect((await visitOf(visitId)).lineCount).toBe(2);
  });

  test("upload: refused while a refund of another message stands on it", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-refunded", "1");
    const refund = lineBody("1R", { refundOf: "1", quantity: "-1", amount: "-11.50" });
    await post("upload-charges", visitId, "c-refund", { lines: [refund] });
    const refused = await cancel("c-refunded");
    expect([refused.status, refused.body.code]).toEqual([422, "LINE_REFUNDED"]);
    expect((await ask("c-refunded")).status).toBe("APPLIED");
    expect((await cancel("c-refund")).status).toBe(200);
    expect((await cancel("c-refunded")).status).toBe(200);
  });

  test("revocation: the lines stand again", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-revoke-1", "1", "2");
    await post("revoke-charges", visitId, "c-revoke-2", { all: true });
    expect((await cancel("c-revoke-2")).body.effect).toBe("REVERSED");
    expect((await visitOf(visitId)).lineCount).toBe(2);
    const { body } = await post("settle-visit", visitId, "c-revoke-3");
    expect(body).toMatchObject({ total: "46.00", lineCount: 2 });
  });

  test("revocation: refused where a line number was used again", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-number-1", "1");
    await post("revoke-charges", visitId, "c-number-2", { all: true });
    await upload(visitId, "c-number-3", "1");
    const refused = await cancel("c-number-2");
    expect([refused.status, refused.body.code]).toEqual([422, "LINE_NUMBER_TAKEN"]);
  });

  test("revocation: refused where a refund would stand again whose original is gone", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-orphan-original", "1");
    const refund = lineBody("1R", { refundOf: "1", quantity: "-1", amount: "-11.50" });
    await post("upload-charges", visitId, "c-orphan-refund", { lines: [refund] });
    await post("revoke-charges", visitId, "c-orphan-revoked", { lineNos: ["1R"] });
    await post("revoke-charges", visitId, "c-orphan-all", { all: true });
    const refused = await cancel("c-orphan-revoked");
    expect([refused.status, refused.body.code]).toEqual([422, "REFUND_ORIGINAL_UNKNOWN"]);
  });

  test("discharge, its cancellation and the cancellation of a visit", async () => {
    const { body } = await service.must("register-visit", { body: stayBody("C-2") });
    const { visitId } = body;
    await post("discharge-worker", visitId, "c-discharge", discharge);
    await post("cancel-discharge", visitId, "c-undischarge");
    expect((await cancel("c-undischarge")).body.visit.status).toBe("DISCHARGED");
    expect(await visitOf(visitId)).toMatchObject({ status: "DISCHARGED", ...discharge });
    expect((await cancel("c-discharge")).body.visit.status).toBe("OPEN");
    await post("cancel-visit", visitId, "c-cancel-visit");
    expect((await cancel("c-cancel-visit")).body.visit.status).toBe("OPEN");
    const number = await service.call("register-visit", { body: stayBody("C-2") });
    expect([number.status, number.body.code, number.body.visitId]).toEqual([
      409,
      "VISIT_NUMBER_TAKEN",
      visitId,
    ]);
    const bed = await service.call("register-visit", { body: stayBody("C-2-another") });
    expect([bed.status, bed.body.code]).toEqual([409, "ADMITTED_ELSEWHERE"]);
    await post("cancel-visit", visitId, "c-cancel-visit-2");
  });

  test("discharge: refused where another message has discharged the worker since, whose effect stands", async () => {
    const visitId = await openVisit(service, { visitType: "INPATIENT" });
    await post("discharge-worker", visitId, "discharge-first", discharge);
    await post("cancel-discharge", visitId, "discharge-undone");
    await post("discharge-worker", visitId, "discharge-second", discharge);
    const { status, body } = await cancel("discharge-first");
    expect([status, body.code]).toEqual([409, "VISIT_CHANGED_SINCE"]);
    expect((await visitOf(visitId)).status).toBe("DISCHARGED");
    expect((await cancel("discharge-second")).body.visit.status).toBe("OPEN");
    await post("cancel-visit", visitId, "discharge-bed-free");
  });

  test("upload: its lines never stand again, not even when their revocation is cancelled", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "upload-cancelled", "1");
    await upload(visitId, "upload-kept", "2");
    await post("revoke-charges", visitId, "revoked-both", { all: true });
    expect((await cancel("upload-cancelled")).body.effect).toBe("REVERSED");
    expect((await cancel("revoked-both")).body.effect).toBe("REVERSED");
    const { items } = (await service.must("list-charges", { params: { visitId } })).body;
    expect(items.map(({ lineNo }: { lineNo: string }) => lineNo)).toEqual(["2"]);
    expect((await visitOf(visitId)).lineCount).toBe(1);
  });

  test("of an undo: refused where something has happened since", async () => {
    const { body } = await service.must("register-visit", { body: stayBody("C-3") });
    const { visitId } = body;
    await post("discharge-worker", visitId, "c-since-1", discharge);
    await post("cancel-discharge", visitId, "c-since-2");
    await upload(visitId, "c-since-3", "1");
    expect((await cancel("c-since-2")).body.code).toBe("VISIT_CHANGED_SINCE");
    await post("cancel-visit", visitId, "c-since-4");
  });

  test("settlement: reversed by its counter-entry, which the answer shows", async () => {
    const before = await netTotal();
    const visitId = await openVisit(service);
    await upload(visitId, "c-settle-1", "1");
    const { body: settlement } = await post("settle-visit", visitId, "c-settle-2");
    const { body } = await cancel("c-settle-2");
    expect(body).toMatchObject({
      effect: "REVERSED",
      visit: { status: "OPEN" },
      settlement: { kind: "REVERSAL", reverses: settlement.settlementId, total: "-23.00" },
    });
    expect(await netTotal()).toBe(before);
    const again = await service.call("settle-visit", { params: { visitId }, key: "c-settle-2" });
    expect([again.status, again.headers["idempotency-replayed"], again.body]).toEqual([
      201,
      "true",
      settlement,
    ]);
    expect((await visitOf(visitId)).status).toBe("OPEN");
  });

  test("settlement that was reversed already: refused, nothing is left of it", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-twice-1", "1");
    const { body } = await post("settle-visit", visitId, "c-twice-2");
    await service.must("reverse-settlement", {
      params: { settlementId: body.settlementId },
      body: { reason: "错" },
    });
    expect((await cancel("c-twice-2")).body.code).toBe("SETTLEMENT_REVERSED");
  });

  test("reversal: the settlement holds again, with the same amounts and lines", async () => {
    const visitId = await openVisit(service);
    await upload(visitId, "c-restore-1", "1");
    const { body: original } = await post("settle-visit", visitId, "c-restore-2");
    const before = await netTotal();
    const { body: reversal } = await service.must("reverse-settlement", {
      params: { settlementId: original.settlementId },
      body: { reason: "错" },
      key: "c-restore-3",
    });
    const { body } = await cancel("c-restore-3");
    expect(body.settlement).toMatchObject({
      settlementId: `${visitId}-3`,
      kind: "FINAL",
      reverses: reversal.settlementId,
      total: original.total,
      allocation: original.allocation,
    });
    expect(await netTotal()).toBe(before);
    expect(await visitOf(visitId)).toMatchObject({ status: "SETTLED", settled: { total: "23.00" } });
    const linesOf = async (settlementId: string) =>
      (await service.must("list-settlement-lines", { params: { settlementId } })).body.items;
    expect(await linesOf(body.settlement.settlementId)).toEqual(await linesOf(original.settlementId));
    const reversed = await service.must("reverse-settlement", {
      params: { settlementId: body.settlement.settlementId },
      body: { reason: "错" },
    });
    expect(reversed.body.total).toBe("-23.00");
  });

  test("reversal of an interim settlement: what it used up counts again", async () => {
    const { body } = await service.must("register-visit", { body: stayBody("C-4") });
    const { visitId } = body;
    const line = (lineNo: string) =>
      lineBody(lineNo, { itemCode: "A2", quantity: "1", unitPrice: "10", amount: "10.00" });
    await post("upload-charges", visitId, "c-used-1", { lines: [line("1")] });
    const { body: interim } = await post("settle-visit", visitId, "c-used-2", { kind: "INTERIM" });
    await service.must("reverse-settlement", {
      params: { settlementId: interim.settlementId },
      body: { reason: "错" },
      key: "c-used-3",
    });
    expect((await cancel("c-used-3")).body).toMatchObject({
      visit: { status: "OPEN" },
      settlement: { kind: "INTERIM", total: "10.00" },
    });
    const answer = await post("upload-charges", visitId, "c-used-4", { lines: [line("2")] });
    expect(answer.body.lines[0].allocation.hospital).toBe("10.00");
    await post("revoke-charges", visitId, "c-used-5", { all: true });
    await service.must("reverse-settlement", {
      params: { settlementId: `${visitId}-3` },
      body: { reason: "错" },
    });
    await post("cancel-visit", visitId, "c-used-6");
  });

  test("a cancellation itself cannot be cancelled: it is final", async () => {
    await cancel("final", "final-cancellation");
    const refused = await cancel("final-cancellation");
    expect([refused.status, refused.body.code]).toEqual([409, "MESSAGE_NOT_CANCELLABLE"]);
  });
});
