import { beforeAll, expect, test } from "vitest";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { stateRegistry } from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const zero = { fund: "0.00", employer: "0.00", hospital: "0.00" };
const allocation = { ...zero, thirdParty: "0.00", otherInsurer: "0.00", personal: "0.00" };
const sums = { count: 1, total: "0.00", allocation };

/** A round whose totals differ, so that it takes details. */
async function openRound(): Promise<(rows: readonly object[], last?: boolean) => ReturnType<typeof post>> {
  const date = dayOf(instantOf(Date.now()));
  const { body } = await service.must("reconcile-day", {
    body: { date, settlements: sums, reversals: { ...sums, count: 0 } },
  });
  const params = { reconciliationId: String(body.reconciliationId) };
  return (rows, last = false) => post(params, rows, last);
}
const post = (params: Record<string, string>, rows: readonly object[], last: boolean) =>
  service.call("post-reconciliation-details", { params, body: { rows, last } });

test("a round takes 200 calls of details, and says of the next one that it is too large", async () => {
  const postRows = await openRound();
  for (let calls = 0; calls < 200; calls += 1) expect((await postRows([])).status).toBe(201);
  for (const last of [false, true]) {
    const { status, body } = await postRows([], last);
    expect([status, body.code]).toEqual([422, "RECONCILIATION_TOO_LARGE"]);
  }
  // A new round starts from nothing.
  expect((await (await openRound())([], true)).status).toBe(201);
});

test("a round takes 20,000 rows in calls of 1,000, and refuses the next one", async () => {
  const postRows = await openRound();
  const rowsOf = (call: number) =>
    Array.from({ length: 1_000 }, (_, index) => {
      const messageKey = `unknown-${call}-${index}`;
      return { kind: "SETTLEMENT", messageKey, total: "0.00", allocation };
    });
  for (let calls = 0; calls < 20; calls += 1) expect((await postRows(rowsOf(calls))).status).toBe(201);
  const { status, body } = await postRows(rowsOf(20).slice(0, 1), true);
  expect([status, body.code]).toEqual([422, "RECONCILIATION_TOO_LARGE"]);
});
