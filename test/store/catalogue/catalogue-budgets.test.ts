import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { bindAll } from "../../../functions/entry/agency-routes.ts";
import { makeAccessAudit } from "../../../functions/kit/access-audit.ts";
import { makeApiHandler } from "../../../functions/kit/api-handler.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { makeCipher } from "../../../shared/personal-data/make-cipher.ts";
import { registryKeys } from "../../../shared/store/kit/keys.ts";
import { type CapacityMeter, meterCapacity } from "../../support/capacity-meter.ts";
import { itemBody } from "../../support/demo-case.ts";
import { makeCall, startTestService, type TestService } from "../../support/service.ts";

let agency: Pick<TestService, "call" | "must">;
let meter: CapacityMeter;
let readItem: (itemCode: string) => Promise<Record<string, object> | undefined>;

beforeAll(async () => {
  const { registryTable } = await startTestService();
  const services = makeServices();
  meter = meterCapacity(services.db.client);
  const own = { ...services, cipher: makeCipher(services.personalData) };
  agency = makeCall({ agency: makeApiHandler(bindAll(own), own, makeAccessAudit(own), fullAdvice) });
  readItem = async (itemCode) => {
    const { pk, sk } = registryKeys.catalogueItem(itemCode);
    const Key = { pk: { S: String(pk) }, sk: { S: String(sk) } };
    const { Item } = await services.db.client.send(new GetItemCommand({ TableName: registryTable, Key }));
    return Item;
  };
});

const MAX_ITEMS = 500;
const codes = Array.from({ length: MAX_ITEMS }, (_, index) => `FULL-${index}`);

/** Every field as long as it may be: 3 bytes a character in names, all digits of prices and quantities. */
const largestItem = (itemCode: string) => ({
  itemCode,
  name: "药".repeat(200),
  kind: "MATERIAL",
  unit: "次".repeat(40),
  periods: Array.from({ length: 50 }, (_, year) => ({
    from: `${1970 + year}-01-01`,
    to: `${1970 + year}-12-31`,
    medical: true,
    rehabilitation: true,
    restricted: false,
    caps: { "1": "8999999.99999999", "2": "8999999.99999999", "3": "8999999.99999999" },
    maxPerDay: "9999999.9999",
    maxPerVisit: "9999999.9999",
    fundRatio: "0.1234",
    ratioRemainderBearer: "OTHER_INSURER",
    overCapBearer: "OTHER_INSURER",
  })),
});

describe("importing a price list", () => {
  test("of 500 new items with a period takes 2,100 write units at most: four for each, two for the item and two for what its code looks like", async () => {
    const items = codes.map((code) => itemBody(code));
    const { writeUnits } = await meter.measure(() => agency.must("import-catalogue", { body: { items } }));
    expect(writeUnits).toBeGreaterThan(4 * MAX_ITEMS);
    expect(writeUnits).toBeLessThanOrEqual(2_100);
  });

  test("of 500 items that stand, with a new period, takes 1,100 write units at most", async () => {
    const items = codes.map((code) => itemBody(code, { from: "2099-01-01" }));
    const { writeUnits } = await meter.measure(() => agency.must("import-catalogue", { body: { items } }));
    expect(writeUnits).toBeGreaterThan(2 * MAX_ITEMS);
    expect(writeUnits).toBeLessThanOrEqual(1_100);
  });

  test("of 500 items that stand like this takes 50 write units at most", async () => {
    const items = codes.map((code) => itemBody(code, { from: "2099-01-01" }));
    const { writeUnits } = await meter.measure(() => agency.must("import-catalogue", { body: { items } }));
    expect(writeUnits).toBeLessThanOrEqual(50);
  });
});

test("taking a period away takes 10 write units at most", async () => {
  const { writeUnits } = await meter.measure(() =>
    agency.must("remove-catalogue-period", {
      params: { itemCode: "FULL-0" },
      body: { from: "2099-01-01", reason: "误录，未列入目录" },
    }),
  );
  expect(writeUnits).toBeLessThanOrEqual(10);
});

describe("an item of 50 periods with the largest fields", () => {
  test("has less than a tenth of the 400 KB that an item may have", async () => {
    await agency.must("import-catalogue", { body: { items: [largestItem("LARGEST")] } });
    const stored = await readItem("LARGEST");
    // More than the item itself: the names of types and the quotes are counted, too.
    const bytes = Buffer.byteLength(JSON.stringify(stored));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(40_000);
  });

  test("fills no transaction: 48 of them are changed by one call", async () => {
    const largest = Array.from({ length: 48 }, (_, index) => largestItem(`LARGEST-${index}`));
    const parts = Array.from({ length: 6 }, (_, part) => largest.slice(part * 8, (part + 1) * 8));
    for (const items of parts) await agency.must("import-catalogue", { body: { items } });
    const items = largest.map(({ periods, ...item }) => ({
      ...item,
      periods: [{ ...periods[49], restricted: true }],
    }));
    const { writeUnits } = await meter.measure(() => agency.must("import-catalogue", { body: { items } }));
    // A transaction takes 4 MB, and counts each of its kilobytes twice.
    expect(writeUnits / 2).toBeLessThan(2_000);
    expect((await readItem("LARGEST-47"))?.statedIn).toEqual((await readItem("LARGEST-0"))?.statedIn);
  });
});
