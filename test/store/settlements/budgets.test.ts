import { beforeAll, describe, expect, test } from "vitest";
import { bindAll } from "../../../functions/entry/hospital-routes.ts";
import { makeAccessAudit } from "../../../functions/kit/access-audit.ts";
import { makeApiHandler } from "../../../functions/kit/api-handler.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { type CapacityMeter, meterCapacity } from "../../support/capacity-meter.ts";
import { caseBody, itemBody, lineBody, stateRegistry, visitBody } from "../../support/demo-case.ts";
import { makeCursor } from "../../support/make-cursor.ts";
import { makeCall, startTestService, type TestService } from "../../support/service.ts";

/** The budgets of the design, section 7: sequential round trips and write units, without index arms. */
let service: TestService;
const ITEMS = 400;

beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const items = Array.from({ length: ITEMS }, (_, index) => itemBody(`R${index}`));
  await service.must("import-catalogue", { body: { items } });
  await service.must("put-case", { params: { caseNo: "GS2026000001" }, body: caseBody() });
});

/** A function that was just started: nothing in its memory. */
function startCold(): { call: TestService["must"]; meter: CapacityMeter } {
  const services = makeServices();
  const meter = meterCapacity(services.db.client);
  const handler = makeApiHandler(bindAll(services), services, makeAccessAudit(services), fullAdvice);
  return { call: makeCall({ hospital: handler }).must, meter };
}

const department = "创伤骨科与手外科(一病区)";
const diagnoses = [
  { code: "S62.301", name: "第二掌骨骨折", primary: true },
  { code: "S61.001", name: "手指开放性伤口", primary: false },
  { code: "S66.201", name: "拇指伸肌腱损伤", primary: false },
];

/** Lines as hospitals write them: names, odd prices, times, an own code. */
const line = (index: number) => {
  const cents = 1_000 + ((index * 7_919) % 90_000);
  const price = (cents / 100).toFixed(2);
  return lineBody(String(index).padStart(6, "0"), {
    itemCode: `R${index % ITEMS}`,
    hospitalItemCode: `YY${10_000 + (index % ITEMS)}`,
    name: `治疗项目第 ${index % ITEMS} 号(单侧)`,
    quantity: "1",
    unitPrice: price,
    amount: price,
    serviceAt: `2026-03-0${1 + (index % 9)}T${String(8 + (index % 12)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}:00+08:00`,
  });
};

async function openVisit(lineCount: number): Promise<{ visitId: string }> {
  const body = visitBody(`BUDGET-${lineCount}-${Math.random()}`, {
    caseNo: "GS2026000001",
    department,
    diagnoses,
  });
  const { body: visit } = await service.must("register-visit", { body });
  const params = { visitId: String(visit.visitId) };
  for (let start = 0; start < lineCount; start += 500) {
    const lines = Array.from({ length: Math.min(500, lineCount - start) }, (_, index) => line(start + index));
    await service.must("upload-charges", { params, body: { lines } });
  }
  return params;
}

describe("settling", () => {
  test.each([10, 1_000, 10_000])(
    "a bill of %i lines takes 3 round trips at most, cold or warm",
    async (lineCount) => {
      const { call, meter } = startCold();
      const params = await openVisit(lineCount);
      const preview = await meter.measure(() => call("preview-settlement", { params }));
      // Two to calculate, and one because somebody's bill was looked at.
      expect(preview.roundTrips).toBeLessThanOrEqual(3);
      const warm = await meter.measure(() => call("settle-visit", { params }));
      expect(warm.roundTrips).toBeLessThanOrEqual(3);

      const another = await openVisit(lineCount);
      const { call: coldCall, meter: coldMeter } = startCold();
      const cold = await coldMeter.measure(() => coldCall("settle-visit", { params: another }));
      expect(cold.roundTrips).toBeLessThanOrEqual(3);
    },
  );

  test("a bill of 10 lines takes 14 write units, two of them for its lines: 16 and, without them, 12 are allowed", async () => {
    const { call, meter } = startCold();
    const params = await openVisit(10);
    const { writeUnits } = await meter.measure(() => call("settle-visit", { params }));
    expect(writeUnits).toBe(14);
  });

  test("right after a change of the catalogue takes no more round trips", async () => {
    const { call, meter } = startCold();
    const params = await openVisit(20);
    await call("preview-settlement", { params });
    await service.must("import-catalogue", { body: { items: [itemBody("R1", { restricted: true })] } });
    const { roundTrips } = await meter.measure(() => call("settle-visit", { params }));
    expect(roundTrips).toBeLessThanOrEqual(3);
  });
});

test("registering a stay takes 18 write units at most", async () => {
  const { call, meter } = startCold();
  const body = visitBody("BUDGET-STAY", { visitType: "INPATIENT", department, diagnoses });
  const { writeUnits } = await meter.measure(() => call("register-visit", { body }));
  expect(writeUnits).toBeLessThanOrEqual(18);
});

test("uploading 100 lines takes 2 round trips and 30 write units at most, also onto earlier lines", async () => {
  const { call, meter } = startCold();
  const params = await openVisit(30);
  const lines = Array.from({ length: 100 }, (_, index) => line(1_000 + index));
  const { roundTrips, writeUnits } = await meter.measure(() =>
    call("upload-charges", { params, body: { lines } }),
  );
  expect(roundTrips).toBeLessThanOrEqual(2);
  expect(writeUnits).toBeLessThanOrEqual(30);
});

test("a stay of 10,000 lines is answered within Lambda's 6 MB and its lines page through", async () => {
  const params = await openVisit(10_000);
  const preview = await service.must("preview-settlement", { params });
  const settlement = await service.must("settle-visit", { params });
  expect(settlement.body).toMatchObject({ lineCount: 10_000, total: preview.body.total });
  const { settlementId } = settlement.body;
  const lines = { params: { settlementId: String(settlementId) } };
  const cursor = makeCursor("list-settlement-lines", lines, "9950");
  const page = await service.must("list-settlement-lines", { ...lines, query: { cursor } });
  expect(page.body.items).toHaveLength(50);
  expect(page.body.nextCursor).toBeNull();
  for (const { text } of [preview, settlement, page]) expect(Buffer.byteLength(text)).toBeLessThan(6_000_000);
});
