import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { lineBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
const setClock = (instant: string) => vi.useFakeTimers({ toFake: ["Date"], now: new Date(instant) });
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});
afterEach(() => {
  vi.useRealTimers();
});

const IN_JULY = "2026-07-31T10:00:00+08:00";
const month = { from: "2026-07-01", to: "2026-07-31" };
let keys = 0;

/** What of a month must not change: sums, ledger entries and marks of its days. */
async function figuresOfJuly(): Promise<object[]> {
  const items = await dumpTables(service);
  return items.filter(({ pk }) => /^(LEDGER#.*#2026-07-\d\d|SUMMARY#2026-07#\d+)$/.test(String(pk)));
}
const cancel = async (key: string) => (await service.must("cancel-message", { params: { key } })).body;

/** A bill that was settled in July, by the message with this key. */
async function settleInJuly(): Promise<{ key: string; settlementId: string }> {
  setClock(IN_JULY);
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  keys += 1;
  const key = `july-${keys}`;
  const { body } = await service.must("settle-visit", { params: { visitId }, body: {}, key });
  return { key, settlementId: body.settlementId };
}

test("a message is struck out while its month is reconciled: neither side counts it", async () => {
  const { key } = await settleInJuly();
  const before = await figuresOfJuly();
  setClock("2026-08-05T23:59:00+08:00");
  const cancelled = await cancel(key);
  expect(cancelled).toMatchObject({ effect: "REVERSED", settlement: { kind: "REVERSAL" } });
  expect(cancelled.countsOn).toBeUndefined();
  expect(await figuresOfJuly()).not.toEqual(before);
});

test("once its month is closed, cancelling it is a reversal of today, and nothing of the month changes", async () => {
  const { key, settlementId } = await settleInJuly();
  setClock("2026-08-06T00:01:00+08:00");
  const before = await figuresOfJuly();
  const summary = await service.must("summarise-settlements", { query: { ...month, groupBy: "day" } });
  const cancelled = await cancel(key);
  expect(cancelled).toMatchObject({
    countsOn: "2026-08-06",
    settlement: { kind: "REVERSAL", reverses: settlementId, reversesEarlierMonth: true },
  });
  expect(await figuresOfJuly()).toEqual(before);
  const again = await service.must("summarise-settlements", { query: { ...month, groupBy: "day" } });
  expect(again.body).toEqual(summary.body);
  const today = { from: "2026-08-06", to: "2026-08-06", groupBy: "day" };
  const { body } = await service.must("summarise-settlements", { query: today });
  expect(body.totals).toMatchObject({ reversalCount: 1, total: "-23.00" });
});

test("nor does it when a reversal of a closed month is cancelled: the settlement that holds again is of today", async () => {
  const { settlementId } = await settleInJuly();
  const key = `reversal-${settlementId}`;
  const params = { settlementId };
  await service.must("reverse-settlement", { params, body: { reason: "录入有误" }, key });
  setClock("2026-09-10T10:00:00+08:00");
  const before = await figuresOfJuly();
  expect(await cancel(key)).toMatchObject({ countsOn: "2026-09-10", settlement: { kind: "FINAL" } });
  expect(await figuresOfJuly()).toEqual(before);
});

test("the agency says in its policy how long a month is reconciled", async () => {
  const { body } = await service.must("list-policies", {});
  const { effectiveFrom, ...terms } = body.items[0];
  const { key } = await settleInJuly();
  setClock("2026-08-02T10:00:00+08:00");
  const stated = await service.must("put-policy", {
    params: { effectiveFrom },
    body: { ...terms, monthClosesOn: 1 },
  });
  expect(stated.body.monthClosesOn).toBe(1);
  expect((await cancel(key)).countsOn).toBe("2026-08-02");
  const refused = await service.call("put-policy", {
    params: { effectiveFrom },
    body: { ...terms, monthClosesOn: 29 },
  });
  expect(refused.status).toBe(422);
});
