import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { caseBody, EMPLOYER, hospitalBody, stateAnotherWorker, visitBody } from "../../support/demo-case.ts";
import { type ExampleBill, readBillFolder } from "../../support/example-bills.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const BESIDE_THE_PROJECT = "../shared/examples";

let service: TestService;
let bills = 0;

beforeAll(async () => {
  service = await startTestService();
  const { must } = service;
  for (const tier of [1, 2, 3] as const) {
    await must("put-hospital", { params: { code: `H3303040000${tier}` }, body: hospitalBody(tier) });
  }
  const insured = [{ from: "2020-01-01", to: null }];
  await must("put-employer", { params: { uscc: EMPLOYER }, body: { name: "云渚市试验五金厂", insured } });
});

/** Every bill gets its own item codes, because all of them use the same ones for other things. */
async function postBill({ bill }: ExampleBill) {
  const { must } = service;
  bills += 1;
  const institution = `H3303040000${bill.tier}`;
  const own = <T extends { itemCode: string }>(each: T): T => ({
    ...each,
    itemCode: `B${bills}-${each.itemCode}`,
  });
  const { visitType, admittedAt, dischargedAt, employerNotice } = bill.visit;
  const authorisations = [{ benefit: visitType, from: "2026-01-10", to: null }];
  const injuries = bill.case.injuries.map((injury) => ({ bodyPart: "右手", description: "骨折", ...injury }));
  const caseNo = `CASE-${bills}`;
  await must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: bill.policy });
  // A worker of its own: the stays of one worker share no day.
  const { idNumber } = await stateAnotherWorker(service, caseNo);
  await must("put-case", { params: { caseNo }, body: caseBody({ idNumber, injuries, authorisations }) });
  await must("import-catalogue", { body: { items: bill.items.map(own) } });
  const visit = await must("register-visit", {
    institution,
    body: visitBody(`BILL-${bills}`, { idNumber, visitType, admittedAt, caseNo, employerNotice }),
  });
  const params = { visitId: String(visit.body.visitId) };
  const upload = await must("upload-charges", { institution, params, body: { lines: bill.lines.map(own) } });
  await must("discharge-worker", { institution, params, body: { dischargedAt } });
  const preview = await must("preview-settlement", { institution, params });
  const settlement = await must("settle-visit", { institution, params });
  return { institution, upload, preview, settlement };
}

async function readLines(institution: string, settlementId: string) {
  const lines: Record<string, unknown> = {};
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = cursor === null ? {} : { cursor };
    const page = await service.must("list-settlement-lines", {
      institution,
      params: { settlementId },
      query,
    });
    for (const { lineNo, allocation, reasons } of page.body.items) lines[lineNo] = { allocation, reasons };
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  return lines;
}

async function expectAsWorked(example: ExampleBill): Promise<void> {
  const { institution, upload, preview, settlement } = await postBill(example);
  const { total, allocation, settlementId } = settlement.body;
  expect({ total, allocation }).toEqual({
    total: example.expected.total,
    allocation: example.expected.allocation,
  });
  expect(preview.body).toMatchObject({ total, allocation, reasons: settlement.body.reasons });
  expect(await readLines(institution, settlementId)).toEqual(example.expected.lines);
  for (const { lineNo, nettedInto, ...said } of upload.body.lines) {
    if (nettedInto === undefined) expect(said).toEqual(example.expected.lines[lineNo]);
  }
}

const named = (folder: string) => readBillFolder(folder).map((example) => [example.name, example] as const);

describe("posted bill by bill, every line is allocated at upload, in preview and in settlement as worked out", () => {
  test.each(named("test/fixtures"))("%s", async (_name, example) => expectAsWorked(example));
});

describe.skipIf(!existsSync(BESIDE_THE_PROJECT))(`the bills of ${BESIDE_THE_PROJECT}, where they are`, () => {
  const examples = existsSync(BESIDE_THE_PROJECT) ? named(BESIDE_THE_PROJECT) : [];
  test.each(examples)("%s", async (_name, example) => expectAsWorked(example));
});
