import { beforeAll, describe, expect, test } from "vitest";
import { itemBody, lineBody, openStayOfAnother, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { makeIncompressible } from "../../support/incompressible.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
const noise = makeIncompressible(1);
const LIMITED = Array.from({ length: 100 }, () => noise.code(40));
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const limits = { caps: null, maxPerDay: "1" };
  await service.must("import-catalogue", { body: { items: LIMITED.map((code) => itemBody(code, limits)) } });
});

const MESSAGE_LINES = 500;
const DAY = "2026-03-0";

/** A line with every field as long as it may be, of text that does not shrink. */
const largestLine = (index: number) =>
  lineBody(noise.printable(64), {
    itemCode: LIMITED[index % LIMITED.length],
    hospitalItemCode: noise.printable(64),
    name: noise.words(200),
    diagnosisCode: `S62.3${noise.code(12).replaceAll(/[_:]/g, "x")}`,
    consent: { signedBy: "WORKER", reference: noise.words(100) },
    serviceAt: `${DAY}${1 + (index % 9)}T0${index % 10}:00:00+08:00`,
  });
const smallLine = (index: number) => lineBody(`L${index}`);
const times = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));

const call = (operation: string, visitId: string, body?: object) =>
  service.call(operation, { params: { visitId }, body });
const upload = (visitId: string, lines: object[]) => call("upload-charges", visitId, { lines });
/** Uploads so many lines in messages of 500; what the last one was answered. */
async function uploadAll(visitId: string, count: number, make: (index: number) => object) {
  for (let start = 0; start < count; start += MESSAGE_LINES) {
    const lines = times(Math.min(MESSAGE_LINES, count - start), (index) => make(start + index));
    const { status, body } = await upload(visitId, lines);
    if (status !== 201) return { taken: start, status, code: body.code };
  }
  return { taken: count, status: 201, code: undefined };
}
const openStay = () => openStayOfAnother(service);
const settle = (visitId: string, kind = "FINAL") => call("settle-visit", visitId, { kind });
const discharge = (visitId: string) =>
  call("discharge-worker", visitId, { dischargedAt: `${DAY}9T15:00:00+08:00` });

/** Every line of a settlement, page by page. */
async function settledLines(settlementId: string): Promise<string[]> {
  const lineNos: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { limit: "100", ...(cursor === undefined ? {} : { cursor }) };
    const { body } = await service.must("list-settlement-lines", { params: { settlementId }, query });
    lineNos.push(...body.items.map(({ lineNo }: { readonly lineNo: string }) => lineNo));
    if (body.nextCursor === null) return lineNos;
    cursor = body.nextCursor;
  }
}

describe("a bill that was accepted is settled,", () => {
  test("with random names of 200 characters in a thousand lines, and reversed, and settled again", async () => {
    const visitId = await openVisit(service);
    const lines = times(1_000, (index) => ({ ...smallLine(index), name: noise.printable(200) }));
    expect((await upload(visitId, lines.slice(0, 500))).status).toBe(201);
    expect((await upload(visitId, lines.slice(500))).status).toBe(201);
    const first = await settle(visitId);
    expect(first.status).toBe(201);
    const expected = times(1_000, smallLine).map((line) => (line as { lineNo: string }).lineNo);
    expect(await settledLines(first.body.settlementId)).toEqual(expected);
    const params = { settlementId: first.body.settlementId };
    const reversal = await service.must("reverse-settlement", { params, body: { reason: "错" } });
    expect(await settledLines(reversal.body.settlementId)).toEqual(expected);
    expect((await settle(visitId)).status).toBe(201);
  });

  test("with every field of every line at its limit, until no more is accepted, by interim settlements too", async () => {
    const visitId = await openStay();
    const full = await uploadAll(visitId, 10_000, largestLine);
    expect(full).toMatchObject({ status: 422, code: "BILL_TOO_LARGE" });
    expect(full.taken).toBeGreaterThanOrEqual(3_000);
    const interim = await settle(visitId, "INTERIM");
    expect(interim.body).toMatchObject({ kind: "INTERIM", lineCount: full.taken });
    expect(await settledLines(interim.body.settlementId)).toHaveLength(full.taken);
    // What was used up of limits counts for later lines, however many items keep it.
    const again = lineBody("again", { itemCode: LIMITED[0], serviceAt: `${DAY}1T23:00:00+08:00` });
    expect((await upload(visitId, [again])).body.lines[0].allocation.hospital).toBe("23.00");
    const key = `reversal-of-${visitId}`;
    const params = { settlementId: interim.body.settlementId };
    await service.must("revoke-charges", { params: { visitId }, body: { all: true } });
    await service.must("reverse-settlement", { params, body: { reason: "错" }, key });
    await service.must("cancel-message", { params: { key } });
    expect((await upload(visitId, [again])).body.lines[0].allocation.hospital).toBe("23.00");
    await discharge(visitId);
    expect((await settle(visitId)).body).toMatchObject({ kind: "FINAL", lineCount: 1 });
  }, 180_000);

  test("with ten thousand line numbers that do not shrink, which are revoked, and stand again", async () => {
    const visitId = await openVisit(service);
    const make = () => lineBody(noise.printable(64));
    expect(await uploadAll(visitId, 10_000, make)).toMatchObject({ taken: 10_000 });
    const key = `all-of-${visitId}`;
    const sent = { params: { visitId }, body: { all: true }, key };
    const revoked = await service.must("revoke-charges", sent);
    expect(revoked.body.revoked).toHaveLength(10_000);
    const replayed = await service.must("revoke-charges", sent);
    expect(replayed.text).toBe(revoked.text);
    const told = await service.must("get-message", { params: { key } });
    expect(told.body.answer.body).toEqual(revoked.body);
    expect((await settle(visitId)).body.code).toBe("NOTHING_TO_SETTLE");
    await service.must("cancel-message", { params: { key } });
    expect((await settle(visitId)).body).toMatchObject({ lineCount: 10_000 });
  }, 180_000);

  test("with a thousand refunds of one line; more are refused", async () => {
    const visitId = await openVisit(service);
    const original = lineBody("1", { quantity: "1000", unitPrice: "1", amount: "1000.00" });
    const refund = () =>
      lineBody(noise.printable(64), { refundOf: "1", quantity: "-0.1", unitPrice: "1", amount: "-0.10" });
    await upload(visitId, [original]);
    expect(await uploadAll(visitId, 1_000, refund)).toMatchObject({ status: 201 });
    const refused = await upload(visitId, [refund()]);
    expect([refused.status, refused.body.code]).toEqual([422, "TOO_MANY_REFUNDS"]);
    const { body } = await settle(visitId);
    expect(body).toMatchObject({ total: "900.00", lineCount: 1_001 });
  });
});

test("a long stay has no dead end: what is settled takes no room, and a reversal is refused that would leave too much", async () => {
  const visitId = await openStay();
  expect(await uploadAll(visitId, 10_000, smallLine)).toMatchObject({ taken: 10_000 });
  const refused = await upload(visitId, [smallLine(10_000)]);
  expect([refused.status, refused.body.code]).toEqual([422, "TOO_MANY_LINES"]);
  const first = await settle(visitId, "INTERIM");
  expect(first.body.lineCount).toBe(10_000);
  expect((await upload(visitId, [smallLine(10_000)])).status).toBe(201);
  const params = { settlementId: first.body.settlementId };
  const kept = await service.call("reverse-settlement", { params, body: { reason: "错" } });
  expect([kept.status, kept.body.code]).toEqual([422, "TOO_MANY_LINES"]);
  await call("revoke-charges", visitId, { lineNos: ["L10000"] });
  await service.must("reverse-settlement", { params, body: { reason: "错" } });
  await settle(visitId, "INTERIM");
  expect((await upload(visitId, [smallLine(10_001)])).status).toBe(201);
  await discharge(visitId);
  expect((await settle(visitId)).body).toMatchObject({ kind: "FINAL", lineCount: 1 });
}, 120_000);
