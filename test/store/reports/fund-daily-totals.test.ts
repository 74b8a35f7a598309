import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../../shared/config.ts";
import { DaySchema } from "../../../shared/domain/dates.ts";
import { addEntries, NO_DAY_TOTALS } from "../../../shared/domain/reconciliation/day-totals.ts";
import { connectDatabase, type Database } from "../../../shared/store/kit/database.ts";
import {
  readFundDay,
  readFundDays,
  readFundEntries,
} from "../../../shared/store/reports/fund-daily-totals.ts";
import { beforeEachCall } from "../../support/before-each-call.ts";
import { lineBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let db: Database;

beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const { endpoint, ledgerTable, registryTable } = service;
  const env = { DYNAMODB_ENDPOINT: endpoint, LEDGER_TABLE: ledgerTable, REGISTRY_TABLE: registryTable };
  db = connectDatabase(readConfig(env));
});

/** Settles, reverses and cancels at random, many at once. */
async function liveThroughADay(): Promise<string[]> {
  const settledAt: string[] = [];
  const live = async (index: number): Promise<void> => {
    const visitId = await openVisit(service);
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    const [settle, reverse] = [`settle-${index}`, `reverse-${index}`];
    const { body } = await service.must("settle-visit", { params: { visitId }, key: settle });
    settledAt.push(body.settledAt);
    const params = { settlementId: String(body.settlementId) };
    if (index % 3 === 0) {
      await service.must("reverse-settlement", { params, body: { reason: "录入有误" }, key: reverse });
      if (index % 2 === 0) await service.must("cancel-message", { params: { key: reverse } });
    }
    if (index % 4 === 1) await service.call("cancel-message", { params: { key: settle } });
  };
  for (let index = 0; index < 24; index += 4) {
    await Promise.all([0, 1, 2, 3].map((place) => live(index + place)));
  }
  return settledAt;
}

describe("what the fund counts on a day", () => {
  test("by its summary rows and its marks is the fold of the entries that count", async () => {
    const days = new Set((await liveThroughADay()).map((at) => at.slice(0, 10)));
    for (const text of days) {
      const day = DaySchema.parse(text);
      let folded = NO_DAY_TOTALS;
      for await (const page of readFundEntries(db, HOSPITAL, day)) folded = addEntries(folded, page);
      expect(folded.settlements.count + folded.reversals.count).toBeGreaterThan(0);
      expect(await readFundDay(db, HOSPITAL, day)).toEqual(folded);
      const found = (await readFundDays(db, day, day)).get(`${day}#${HOSPITAL}`);
      expect(found).toEqual({ hospitalCode: HOSPITAL, day, totals: folded });
    }
  });
});

test("a day that changes whenever it is read is read again after pauses, and then not answered at all", async () => {
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  const { body } = await service.must("settle-visit", { params: { visitId } });
  const on = DaySchema.parse(String(body.settledAt).slice(0, 10));
  const { endpoint, ledgerTable, registryTable } = service;
  const env = { DYNAMODB_ENDPOINT: endpoint, LEDGER_TABLE: ledgerTable, REGISTRY_TABLE: registryTable };
  const pauses: number[] = [];
  const busy: Database = {
    ...connectDatabase(readConfig(env)),
    pause: async (longestMs) => {
      pauses.push(longestMs);
    },
  };
  // Somebody settles before each look at the marks, and so between two looks at the sums.
  beforeEachCall(busy, async ({ input }) => {
    if (!input.includes("begins_with(sk, :void)")) return;
    const other = await openVisit(service);
    await service.must("upload-charges", { params: { visitId: other }, body: { lines: [lineBody("1")] } });
    await service.must("settle-visit", { params: { visitId: other } });
  });
  await expect(readFundDay(busy, HOSPITAL, on)).rejects.toThrow("as of one moment");
  expect(pauses).toEqual([40, 80, 160, 320, 640, 1_280, 2_560]);
});
