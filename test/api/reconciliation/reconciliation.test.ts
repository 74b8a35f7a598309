import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { MAX_ROWS_OF_PAGE } from "../../../functions/kit/views.ts";
import { compareReconciliation } from "../../../functions/reconciliation/compare-reconciliation.ts";
import { MOST_PER_HOUR } from "../../../functions/reconciliation/hourly-limit.ts";
import { comparisonOfLedger } from "../../../infra/aws/jobs.ts";
import { makeUploads, type Uploads } from "../../../infra/local/uploads.ts";
import { CASE_NO, hospitalBody, ID_NUMBER, lineBody, stateRegistry } from "../../support/demo-case.ts";
import { dumpState, dumpTables } from "../../support/dump-tables.ts";
import { ailment, findTraces, identity, planted } from "../../support/planted-person.ts";
import {
  type CallInput,
  HOSPITAL,
  makeGrantedServices,
  startTestService,
  type TestService,
} from "../../support/service.ts";
import { textsOf } from "../../support/stored-texts.ts";

const DAY_MS = 86_400_000;
const KEY = "a-key-for-upload-urls-of-more-than-32-characters";

let service: TestService;
let uploads: Uploads;
let server: Server;
const directory = mkdtempSync(join(tmpdir(), "uploads-"));

beforeAll(async () => {
  server = createServer((request, response) => void uploads.serve(request, response)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const files = { FILES_DIR: directory, FILES_URL: `http://127.0.0.1:${port}`, FILES_KEY: KEY };
  Object.assign(process.env, files);
  service = await startTestService();
  await stateRegistry(service);
  const services = makeGrantedServices({ Ledger: comparisonOfLedger });
  uploads = makeUploads({
    directory,
    key: KEY,
    keysFile: String(process.env.PERSONAL_DATA_KEYS_FILE),
    onUploaded: async (key) => {
      expect((await compareReconciliation(services, key, "job")).ok).toBe(true);
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

const shanghaiDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
const today = shanghaiDay(Date.now());
const yesterday = shanghaiDay(Date.now() - DAY_MS);

const nothing = {
  fund: "0.00",
  employer: "0.00",
  hospital: "0.00",
  thirdParty: "0.00",
  otherInsurer: "0.00",
  personal: "0.00",
};
/** A bill of one line of the demo case: 20.00 the fund's, 3.00 above the cap. */
const bill = { total: "23.00", allocation: { ...nothing, fund: "20.00", hospital: "3.00" } };
const minus = (text: string): string => (text === "0.00" ? text : `-${text}`);
const negative = {
  total: "-23.00",
  allocation: Object.fromEntries(Object.entries(bill.allocation).map(([name, part]) => [name, minus(part)])),
};

const sum = (count: number, sign = 1) => {
  const times = (text: string): string => (Number(text) * count * sign || 0).toFixed(2);
  const allocation = Object.fromEntries(
    Object.entries(bill.allocation).map(([name, part]) => [name, times(part)]),
  );
  return { count, total: times(bill.total), allocation };
};
const totals = (settlements: number, reversals = 0, date = today) => ({
  date,
  settlements: sum(settlements),
  reversals: sum(reversals, -1),
});

let hospitals = 10;

/** A hospital of its own, so that each test has a day of its own. */
async function openHospital() {
  hospitals += 1;
  const institution = `H330304000${hospitals}`;
  await service.must("put-hospital", { params: { code: institution }, body: hospitalBody() });
  let visits = 0;
  const must = (id: string, input: CallInput = {}) => service.must(id, { institution, ...input });
  const call = (id: string, input: CallInput = {}) => service.call(id, { institution, ...input });
  const openBill = async (): Promise<{ visitId: string }> => {
    visits += 1;
    const body = {
      hospitalVisitNo: `${institution}-${visits}`,
      visitType: "OUTPATIENT",
      idNumber: ID_NUMBER,
      caseNo: CASE_NO,
      admittedAt: "2026-03-01T08:00:00+08:00",
      department: "骨科",
      diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
      employerNotice: { reference: "N1", at: "2026-03-01T08:00:00+08:00" },
    };
    const visitId = String((await must("register-visit", { body })).body.visitId);
    await must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    return { visitId };
  };
  /** A settled bill as the hospital's books have it. */
  const settle = async (key: string) => {
    const params = await openBill();
    const { body } = await must("settle-visit", { params, key });
    return { settlementId: String(body.settlementId), visitId: params.visitId, messageKey: key };
  };
  const post = (body: object) => must("reconcile-day", { body });
  /** Posts totals that do not agree and then these rows; gives the id and the differences. */
  const compare = async (rows: readonly object[], posted = totals(999)) => {
    const { reconciliationId } = (await post(posted)).body;
    const params = { reconciliationId: String(reconciliationId) };
    const details = await must("post-reconciliation-details", { params, body: { rows, last: true } });
    const list = details.body.status === "AGREED" ? undefined : await must("list-differences", { params });
    return { params, details: details.body, differences: list?.body.items ?? [] };
  };
  return { institution, must, call, openBill, settle, post, compare };
}

const row = (named: object) => ({ kind: "SETTLEMENT", ...named, ...bill });
const reversalRow = (named: object) => ({ kind: "REVERSAL", ...named, ...negative });

describe("a day's totals", () => {
  test("that both sides count the same agree at once, settlements and reversals apart", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { settlementId } = await hospital.settle("s2");
    await hospital.must("reverse-settlement", { params: { settlementId }, body: { reason: "录入有误" } });
    const { body, status } = await hospital.post(totals(2, 1));
    expect([status, body.status, body.reconciliationId]).toEqual([201, "AGREED", today]);
    expect(body.fund).toEqual(body.hospital);
    expect(body.differences.settlements).toEqual(sum(0));
    const params = { reconciliationId: today };
    expect((await hospital.must("get-reconciliation", { params })).body.status).toBe("AGREED");
  });

  test("of a day without anything agree with nothing", async () => {
    const hospital = await openHospital();
    expect((await hospital.post(totals(0, 0, yesterday))).body.status).toBe("AGREED");
  });

  test("that differ say by how much; each posting is a new round that leaves the earlier one as it was", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const first = (await hospital.post(totals(2))).body;
    expect([first.status, first.round]).toEqual(["DIFFERS", 1]);
    expect(first.differences.settlements).toEqual(sum(1));
    const second = (await hospital.post(totals(1))).body;
    expect([second.status, second.round, second.reconciliationId]).toEqual(["AGREED", 2, `${today}-2`]);
    const earlier = await hospital.must("get-reconciliation", { params: { reconciliationId: today } });
    expect([earlier.body.status, earlier.body.hospital.settlements.count]).toEqual(["DIFFERS", 2]);
    const late = await hospital.call("post-reconciliation-details", {
      params: { reconciliationId: today },
      body: { rows: [], last: true },
    });
    expect(late.body.code).toBe("RECONCILIATION_SUPERSEDED");
  });

  test("posted again under the same key get the same bytes and are one round", async () => {
    const hospital = await openHospital();
    const posts = [1, 2, 3].map(() => hospital.must("reconcile-day", { body: totals(0), key: "again" }));
    const texts = (await Promise.all(posts)).map(({ text }) => text);
    expect(new Set(texts).size).toBe(1);
    expect((await hospital.post(totals(0))).body.round).toBe(2);
  });

  test("that do not add up, have the wrong sign or are of a day to come are refused by field", async () => {
    const hospital = await openHospital();
    const faultsOf = async (body: object) =>
      (await hospital.call("reconcile-day", { body })).body.errors.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      );
    const wrong = { ...totals(1), settlements: { ...sum(1), total: "24.00" } };
    expect(await faultsOf(wrong)).toEqual(["/settlements/allocation ALLOCATION_NOT_TOTAL"]);
    expect(await faultsOf({ ...totals(1), reversals: sum(1) })).toEqual(["/reversals/total WRONG_SIGN"]);
    const tomorrow = shanghaiDay(Date.now() + 2 * DAY_MS);
    expect(await faultsOf(totals(0, 0, tomorrow))).toEqual(["/date DAY_IN_FUTURE"]);
  });

  test("that agreed are told to have changed when a message of that day is cancelled", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    await hospital.settle("s2");
    await hospital.post(totals(2));
    await hospital.must("cancel-message", { params: { key: "s2" } });
    const read = await hospital.must("get-reconciliation", { params: { reconciliationId: today } });
    expect(read.body.status).toBe("CHANGED_SINCE");
    expect((await hospital.post(totals(1))).body.status).toBe("AGREED");
  });

  test("of another hospital are not found", async () => {
    const [hospital, other] = [await openHospital(), await openHospital()];
    await hospital.post(totals(5));
    const params = { reconciliationId: today };
    const answers = await Promise.all([
      other.call("get-reconciliation", { params }),
      other.call("list-differences", { params }),
      other.call("post-reconciliation-details", { params, body: { rows: [] } }),
      other.call("open-reconciliation-upload", { params }),
    ]);
    expect(answers.map(({ body }) => body.code)).toEqual(Array(4).fill("RECONCILIATION_NOT_FOUND"));
  });
});

describe("the details of a day", () => {
  test("without any difference make the day agree, whatever totals were posted", async () => {
    const hospital = await openHospital();
    const settled = await hospital.settle("s1");
    const { details, params } = await hospital.compare([row(settled)]);
    expect([details.status, details.rowCount]).toEqual(["AGREED", 1]);
    expect((await hospital.must("get-reconciliation", { params })).body.status).toBe("AGREED");
  });

  test("a settlement that the hospital never heard of: cancelled or recorded, the day agrees", async () => {
    const hospital = await openHospital();
    const known = await hospital.settle("known");
    const { settlementId } = await hospital.settle("lost");
    const { details, differences } = await hospital.compare([row(known)]);
    expect(details.causes).toMatchObject({ MISSING_AT_HOSPITAL: 1, MISSING_AT_FUND: 0 });
    expect(differences).toMatchObject([
      {
        cause: "MISSING_AT_HOSPITAL",
        settlementId,
        messageKey: "lost",
        fund: bill,
        action: { do: "RECORD_OR_CANCEL", messageKey: "lost", settlementId },
      },
    ]);
    expect(differences[0].action.sentence.zh).toContain("冲正报文 lost");
    // Recorded after all, it agrees; cancelled, the day without it does.
    const lost = row({ messageKey: "lost" });
    expect((await hospital.compare([row(known), lost])).details.status).toBe("AGREED");
    await hospital.must("cancel-message", { params: { key: "lost" } });
    expect((await hospital.post(totals(1))).body.status).toBe("AGREED");
    expect((await hospital.compare([row(known)])).details.status).toBe("AGREED");
  });

  test("a message that never arrived is named to be posted again, and then the day agrees", async () => {
    const hospital = await openHospital();
    const params = await hospital.openBill();
    const { differences } = await hospital.compare([row({ messageKey: "unsent", hospitalVisitNo: "MZ1" })]);
    expect(differences).toMatchObject([
      {
        cause: "MISSING_AT_FUND",
        hospitalVisitNo: "MZ1",
        hospital: bill,
        action: { do: "REPOST_MESSAGE", messageKey: "unsent" },
      },
    ]);
    await hospital.must("settle-visit", { params, key: "unsent" });
    expect((await hospital.post(totals(1))).body.status).toBe("AGREED");
  });

  test("amounts that differ, in the total or in a bearer only", async () => {
    const hospital = await openHospital();
    const settled = await hospital.settle("s1");
    const allocation = { ...nothing, fund: "19.00", hospital: "4.00" };
    const { differences } = await hospital.compare([{ ...row(settled), allocation }]);
    expect(differences).toMatchObject([
      { cause: "AMOUNT_DIFFERS", hospital: { allocation }, fund: bill, action: { do: "CORRECT_AMOUNTS" } },
    ]);
  });

  test("a reversal at the fund only, and one at the hospital only", async () => {
    const hospital = await openHospital();
    const [first, second] = [await hospital.settle("s1"), await hospital.settle("s2")];
    const { settlementId } = first;
    await hospital.must("reverse-settlement", {
      params: { settlementId },
      body: { reason: "录入有误" },
      key: "r1",
    });
    const rows = [row(first), row(second), reversalRow({ settlementId: second.settlementId })];
    const { differences } = await hospital.compare(rows);
    expect(differences).toMatchObject([
      {
        cause: "REVERSED_AT_ONE_SIDE",
        kind: "REVERSAL",
        hospital: negative,
        action: { do: "REVERSE_OR_CANCEL", settlementId: second.settlementId },
      },
      {
        cause: "REVERSED_AT_ONE_SIDE",
        kind: "REVERSAL",
        fund: negative,
        action: { do: "RECORD_REVERSAL", messageKey: "r1", settlementId },
      },
    ]);
    // The hospital names its own reversal by what it takes back, the fund's by its message.
    await hospital.must("reverse-settlement", {
      params: { settlementId: second.settlementId },
      body: { reason: "录入有误" },
    });
    const mended = [...rows, reversalRow({ messageKey: "r1" })];
    expect((await hospital.compare(mended)).details.status).toBe("AGREED");
  });

  test("a settlement whose message was cancelled or barred is to be taken out of the books", async () => {
    const hospital = await openHospital();
    const settled = await hospital.settle("s1");
    await hospital.must("cancel-message", { params: { key: "s1" } });
    await hospital.must("cancel-message", { params: { key: "never-sent" } });
    const { differences } = await hospital.compare([row(settled), row({ messageKey: "never-sent" })]);
    expect(differences).toMatchObject([
      {
        cause: "REVERSED_AT_ONE_SIDE",
        action: { do: "REMOVE_CANCELLED", settlementId: settled.settlementId },
      },
      { cause: "REVERSED_AT_ONE_SIDE", action: { do: "REMOVE_CANCELLED", messageKey: "never-sent" } },
    ]);
  });

  test("the same settlement or message twice in the hospital's rows", async () => {
    const hospital = await openHospital();
    const settled = await hospital.settle("s1");
    const rows = [
      row(settled),
      row({ messageKey: "s1" }),
      row({ messageKey: "x" }),
      row({ messageKey: "x" }),
    ];
    const { differences } = await hospital.compare(rows);
    expect(differences.map((each: { cause: string }) => each.cause)).toEqual([
      "DUPLICATE_AT_HOSPITAL",
      "MISSING_AT_FUND",
      "DUPLICATE_AT_HOSPITAL",
    ]);
    expect(differences[0]).toMatchObject({
      settlementId: settled.settlementId,
      action: { do: "REMOVE_DUPLICATE" },
    });
  });

  test("a settlement of another day is told with its day, by its id or by its message", async () => {
    const hospital = await openHospital();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - DAY_MS });
    const settled = await hospital.settle("s1");
    const reversed = await hospital.settle("s2");
    const { settlementId } = reversed;
    await hospital.must("reverse-settlement", { params: { settlementId }, body: { reason: "录入有误" } });
    vi.useRealTimers();
    const rows = [row({ messageKey: "s1" }), reversalRow({ settlementId })];
    const { differences } = await hospital.compare(rows);
    expect(differences).toMatchObject([
      {
        cause: "OTHER_DAY",
        settlementId: settled.settlementId,
        action: { do: "COUNT_ON_DAY", day: yesterday },
      },
      { cause: "OTHER_DAY", kind: "REVERSAL", action: { do: "COUNT_ON_DAY", day: yesterday } },
    ]);
    expect((await hospital.post(totals(2, 1, yesterday))).body.status).toBe("AGREED");
    expect((await hospital.post(totals(0))).body.status).toBe("AGREED");
  });

  test("come in several calls, each counted once, and are compared with the last", async () => {
    const hospital = await openHospital();
    const [first, second] = [await hospital.settle("s1"), await hospital.settle("s2")];
    const params = { reconciliationId: String((await hospital.post(totals(1))).body.reconciliationId) };
    const call = { params, body: { rows: [row(first)] }, key: "part-1" };
    const [one, again] = await Promise.all([
      hospital.must("post-reconciliation-details", call),
      hospital.must("post-reconciliation-details", call),
    ]);
    expect([one.text, one.body.rowCount]).toEqual([again.text, 1]);
    const last = await hospital.must("post-reconciliation-details", {
      params,
      body: { rows: [row(second)], last: true },
    });
    expect([last.body.status, last.body.rowCount]).toEqual(["AGREED", 2]);
    const more = await hospital.call("post-reconciliation-details", { params, body: { rows: [] } });
    expect([more.status, more.body.code]).toEqual([409, "RECONCILIATION_COMPARED"]);
  });

  test("with rows that name nothing or do not add up are refused by row", async () => {
    const hospital = await openHospital();
    const params = { reconciliationId: String((await hospital.post(totals(1))).body.reconciliationId) };
    const rows = [row({ visitId: "V1" }), { ...row({ messageKey: "m" }), total: "1.00" }];
    const { body } = await hospital.call("post-reconciliation-details", { params, body: { rows } });
    expect(
      body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    ).toEqual([
      ["/rows/0", "SETTLEMENT_OR_MESSAGE_REQUIRED"],
      ["/rows/1/allocation", "ALLOCATION_NOT_TOTAL"],
    ]);
    const early = await hospital.call("list-differences", { params });
    expect(early.body.code).toBe("RECONCILIATION_NOT_COMPARED");
  });
});

describe("what a hospital may do only so often within an hour", () => {
  test.each(["ROUNDS", "UPLOADS"] as const)(
    "%s end in 429 with the seconds until the next one, change nothing, and repeats go on",
    async (work) => {
      const hospital = await openHospital();
      const { reconciliationId } = (await hospital.post(totals(1))).body;
      const params = { reconciliationId: String(reconciliationId) };
      const attempt = (key: string) =>
        work === "ROUNDS"
          ? hospital.call("reconcile-day", { body: totals(2), key })
          : hospital.call("open-reconciliation-upload", { params, key });
      const first = await attempt("first");
      expect(first.status).toBe(201);
      const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
      const hour = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 13);
      const Key = { pk: `LOOKUPS#${hospital.institution}`, sk: `${hour}#${work}` };
      const { Item: counted } = await client.send(new GetCommand({ TableName: service.ledgerTable, Key }));
      expect(counted?.lookups).toBe(work === "ROUNDS" ? 2 : 1);
      await client.send(
        new PutCommand({ TableName: service.ledgerTable, Item: { ...Key, lookups: MOST_PER_HOUR[work] } }),
      );
      const before = await dumpState(service);
      const refused = await attempt("second");
      expect([refused.status, refused.body.code]).toEqual([429, "TOO_MANY_RECONCILIATIONS"]);
      expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(3_600);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
      expect(await dumpState(service)).toEqual(before);
      expect((await attempt("first")).text).toBe(first.text);
      expect((await openHospital().then((other) => other.post(totals(0)))).status).toBe(201);
    },
  );
});

describe("the differences", () => {
  test("are read page by page, and as a table that Excel opens and never calculates", async () => {
    const hospital = await openHospital();
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      row({ messageKey: `m-${index}`, hospitalVisitNo: index === 0 ? "=1+1" : "-7" }),
    );
    const expected = rows.map((_row, index) => `m-${index}`);
    const { params } = await hospital.compare(rows);
    const keys: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: "75", ...(cursor === null ? {} : { cursor }) };
      const { body } = await hospital.must("list-differences", { params, query });
      keys.push(...body.items.map((each: { messageKey: string }) => each.messageKey));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(keys).toEqual(expected);

    const csv = await hospital.must("list-differences", { params, query: { format: "csv" } });
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const fileName = `differences-${params.reconciliationId}.csv`;
    expect(fileName).toMatch(/^differences-\d{4}-\d{2}-\d{2}(-\d+)?\.csv$/);
    expect(csv.headers["content-disposition"]).toBe(`attachment; filename="${fileName}"`);
    const lines = csv.text.split("\r\n");
    expect(csv.text.startsWith("\uFEFF原因 cause,")).toBe(true);
    expect(lines).toHaveLength(1_002);
    expect(lines[1]).toContain(",'=1+1,23.00,20.00,");
    expect(lines[2]).toContain(",-7,23.00,");
  });
});

const HEADER =
  "settlementId,messageKey,visitId,hospitalVisitNo,kind,total,fund,employer,hospital,thirdParty,otherInsurer,personal";
const csvOf = (lines: readonly string[]): string => `\uFEFF${[HEADER, ...lines].join("\r\n")}\r\n`;
const csvRow = (messageKey: string): string =>
  `,${messageKey},,,SETTLEMENT,23.00,20.00,0.00,3.00,0.00,0.00,0.00`;

describe("an uploaded file", () => {
  const open = async (hospital: Awaited<ReturnType<typeof openHospital>>) => {
    const params = { reconciliationId: String((await hospital.post(totals(99))).body.reconciliationId) };
    const upload = async (content: string | Uint8Array) => {
      const { url } = (await hospital.must("open-reconciliation-upload", { params })).body;
      const { status } = await fetch(url, { method: "PUT", body: content });
      expect(status).toBe(200);
      await uploads.settle();
      return (await hospital.must("get-reconciliation", { params })).body;
    };
    return { params, upload };
  };

  test("is compared when it has arrived, compressed or not", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    await hospital.settle("s2");
    const { params, upload } = await open(hospital);
    const compared = await upload(csvOf([csvRow("s1"), csvRow("s3")]));
    expect(compared.status).toBe("COMPARED");
    expect(compared.causes).toMatchObject({ MISSING_AT_HOSPITAL: 1, MISSING_AT_FUND: 1 });
    const { items } = (await hospital.must("list-differences", { params })).body;
    expect(items.map((each: { messageKey: string }) => each.messageKey)).toEqual(["s3", "s2"]);

    const again = await open(hospital);
    const agreed = await again.upload(gzipSync(csvOf([csvRow("s1"), csvRow("s2")])));
    expect([agreed.status, agreed.hospital.settlements.count]).toEqual(["AGREED", 2]);
  });

  test("with faults is not compared; they are told by row and field, and another file may follow", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { upload } = await open(hospital);
    const bad = csvOf([csvRow("s1"), csvRow("m1").replace("23.00", "x"), csvRow("m2")]);
    const failed = await upload(bad.replace("m2,,,SETTLEMENT", "m2,,,NONE"));
    expect(failed.status).toBe("FAILED");
    expect(failed.faults).toMatchObject([
      { row: 3, field: "total", column: 6, code: "NOT_AN_EXACT_DECIMAL" },
      { row: 4, field: "kind", column: 5, code: "NOT_ALLOWED" },
    ]);
    const wrongColumns = await upload("messageKey,amount\r\n");
    expect(wrongColumns.faults[0]).toMatchObject({ row: 1, field: "", column: 2, code: "UNKNOWN_FIELD" });
    expect((await upload(Buffer.from([0x1f, 0x8b, 0, 1, 2]))).faults[0].code).toBe("NOT_GZIP");
    expect((await upload(`${HEADER}\r\n"a"b,c\r\n`)).faults[0].code).toBe("NOT_A_CSV");
    expect((await upload("")).faults[0].code).toBe("TOO_FEW");
    expect((await upload(csvOf([csvRow("s1")]))).status).toBe("AGREED");
  });

  test("without its header row leaves nothing of its first row in the answer nor in the tables", async () => {
    const hospital = await openHospital();
    const { upload } = await open(hospital);
    const first = `${planted.name},${planted.idNumber},${planted.diagnosisName},${planted.cardNumber},23.00`;
    const halfHeader = `kind,${planted.name},${planted.phone},total`;
    for (const text of [`${first}\r\n${csvRow("s1")}\r\n`, `${halfHeader}\r\n${first}\r\n`]) {
      const failed = await upload(text);
      expect([failed.status, failed.faults.length > 0]).toEqual(["FAILED", true]);
      expect(findTraces(JSON.stringify(failed), [...identity, ...ailment])).toEqual([]);
    }
    const named = await upload(csvOf([csvRow("s1").replace(/^,/, `${planted.name},`)]));
    expect(named.faults).toMatchObject([{ row: 2, field: "settlementId", column: 1, code: "WRONG_FORMAT" }]);
    const texts = (await dumpTables(service)).flatMap(textsOf).join("\n");
    expect(texts).toContain("HEADER_MISSING");
    expect(findTraces(texts, [planted.name, planted.phone, planted.diagnosisName])).toEqual([]);
    expect((await upload(csvOf([]))).status).toBe("AGREED");
  });

  test("of 30 KB that unpacks to hundreds of thousands of rows is given up early", async () => {
    const hospital = await openHospital();
    const { upload } = await open(hospital);
    const packed = gzipSync(csvOf(Array.from({ length: 300_000 }, () => csvRow("m1"))), { level: 9 });
    expect(packed.byteLength).toBeLessThan(100_000);
    const started = performance.now();
    const { status, faults } = await upload(packed);
    expect([status, faults]).toMatchObject(["FAILED", [{ code: "TOO_COMPRESSED" }]]);
    expect(performance.now() - started).toBeLessThan(15_000);
    const blank = Buffer.from("\n".repeat(1_000_000));
    const lines = [Buffer.from(`${HEADER}\n`), ...Array.from({ length: 20 }, () => blank)];
    expect((await upload(gzipSync(Buffer.concat(lines)))).faults[0].code).toBe("TOO_COMPRESSED");
  }, 30_000);

  test("is read by nobody from the disk while it waits, and is gone once it was judged, right or wrong", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { params } = await open(hospital);
    const seen: string[] = [];
    let comparisons = 0;
    const services = makeGrantedServices({ Ledger: comparisonOfLedger });
    const slow = makeUploads({
      directory,
      key: KEY,
      keysFile: String(process.env.PERSONAL_DATA_KEYS_FILE),
      onUploaded: async (key) => {
        const [name = ""] = readdirSync(directory);
        const file = join(directory, name);
        const bytes = readFileSync(file);
        seen.push(...textsOf(bytes), (statSync(file).mode & 0o777).toString(8));
        comparisons += 1;
        if (comparisons > 2) throw new Error("it fails for good");
        expect((await compareReconciliation(services, key, "job")).ok).toBe(true);
      },
    });
    const own = createServer((request, response) => void slow.serve(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await new Promise((resolve) => own.once("listening", resolve));
    const { port } = Object(own.address());
    const put = async (content: string) => {
      const { url } = (await hospital.must("open-reconciliation-upload", { params })).body;
      const moved = Object.assign(new URL(url), { port });
      expect((await fetch(moved, { method: "PUT", body: content })).status).toBe(200);
      await slow.settle();
      return (await hospital.must("get-reconciliation", { params })).body;
    };
    const failed = await put(`${planted.name},${planted.idNumber}\r\n`);
    expect(failed.faults).toMatchObject([{ row: 1, code: "HEADER_MISSING" }]);
    expect(readdirSync(directory)).toEqual([]);
    expect((await put(csvOf([csvRow("s1").replace("s1", "s1,,MZ-77070707").slice(0, -1)]))).status).toBe(
      "FAILED",
    );
    expect(readdirSync(directory)).toEqual([]);
    await put(csvOf([csvRow("s1")]));
    expect(readdirSync(directory)).toEqual([]);
    expect(comparisons).toBe(3);
    expect(findTraces(seen.join("\n"), [...identity, "SETTLEMENT", "MZ-77070707"])).toEqual([]);
    expect(seen).toContain("600");
    own.close();
  });

  test("that a killed service had left is judged at the next start, and one that never arrived whole is removed", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { params } = await open(hospital);
    const { url } = (await hospital.must("open-reconciliation-upload", { params })).body;
    const kept = process.env.PERSONAL_DATA_KEYS_FILE ?? "";
    const killed = makeUploads({
      directory,
      key: KEY,
      keysFile: kept,
      onUploaded: () => new Promise(() => {}),
    });
    const own = createServer((request, response) => void killed.serve(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await new Promise((resolve) => own.once("listening", resolve));
    await fetch(Object.assign(new URL(url), { port: Object(own.address()).port }), {
      method: "PUT",
      body: csvOf([csvRow("s1")]),
    });
    own.close();
    writeFileSync(join(directory, encodeURIComponent("part 1")), "half");
    expect(readdirSync(directory)).toHaveLength(2);
    await uploads.recover();
    await uploads.settle();
    expect(readdirSync(directory)).toEqual([]);
    expect((await hospital.must("get-reconciliation", { params })).body.status).toBe("AGREED");
  });

  test("is taken in the length that was signed, and in no other; what is too long is refused unread", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { params } = await open(hospital);
    const content = csvOf([csvRow("s1")]);
    const bytes = Buffer.byteLength(content);
    const { url } = (await hospital.must("open-reconciliation-upload", { params, body: { bytes } })).body;
    const put = async (to: string, body: string) => (await fetch(to, { method: "PUT", body })).status;
    expect(await put(url, `${content}x`)).toBe(403);
    expect(await put(url.replace(`bytes=${bytes}`, `bytes=${bytes + 1}`), `${content}x`)).toBe(403);
    expect(await put(url.replace(`&bytes=${bytes}`, ""), content)).toBe(403);
    expect(await put(url, content)).toBe(200);
    await uploads.settle();
    expect((await hospital.must("get-reconciliation", { params })).body.status).toBe("AGREED");
    const tooLong = await hospital.call("open-reconciliation-upload", {
      params,
      body: { bytes: 250_000_001 },
    });
    expect(tooLong.body.errors).toMatchObject([{ pointer: "/bytes", code: "OUT_OF_RANGE" }]);
  });

  test("told of twice is compared once", async () => {
    const hospital = await openHospital();
    await hospital.settle("s1");
    const { params } = await open(hospital);
    const { url } = (await hospital.must("open-reconciliation-upload", { params })).body;
    const put = () => fetch(url, { method: "PUT", body: csvOf([csvRow("s2")]) });
    await put();
    await put();
    await uploads.settle();
    const first = await hospital.must("get-reconciliation", { params });
    await put();
    await uploads.settle();
    expect((await hospital.must("get-reconciliation", { params })).text).toBe(first.text);
    expect(first.body.causes).toMatchObject({ MISSING_AT_HOSPITAL: 1, MISSING_AT_FUND: 1 });
  });

  test("is taken only under the URL that was given out for it, until it expires", async () => {
    const hospital = await openHospital();
    const { params } = await open(hospital);
    const { url, expiresAt } = (await hospital.must("open-reconciliation-upload", { params })).body;
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(890_000);
    const put = async (to: string) => (await fetch(to, { method: "PUT", body: "x" })).status;
    expect(await put(url.replace("/U", "/X"))).toBe(403);
    expect(await put(url.replace(/signature=.{4}/, "signature=AAAA"))).toBe(403);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 901_000 });
    expect(await put(url)).toBe(403);
  });
});

describe("finance", () => {
  test("sees every hospital's day at a glance, as it is now", async () => {
    const names = ["silent", "agreed", "differing", "compared", "changed"] as const;
    const hospitalOf = new Map<string, Awaited<ReturnType<typeof openHospital>>>();
    for (const name of names) hospitalOf.set(name, await openHospital());
    for (const [name, { settle, post, compare, must }] of hospitalOf) {
      await settle("s1");
      if (name === "agreed" || name === "changed") await post(totals(1));
      if (name === "differing") await post(totals(3));
      if (name === "compared") await compare([]);
      if (name === "changed") await must("cancel-message", { params: { key: "s1" } });
    }
    const { body } = await service.must("list-reconciliations", { query: { from: yesterday, to: today } });
    const rowOf = (name: string) =>
      body.rows.find(
        (each: { hospitalCode: string; day: string }) =>
          each.hospitalCode === hospitalOf.get(name)?.institution && each.day === today,
      );
    expect(names.map((name) => rowOf(name).status)).toEqual([
      "NOT_POSTED",
      "AGREED",
      "DIFFERS",
      "COMPARED",
      "CHANGED_SINCE",
    ]);
    expect(rowOf("differing")).toMatchObject({
      fund: { settlements: sum(1) },
      hospital: { settlements: sum(3) },
    });
    expect(rowOf("compared").causes).toMatchObject({ MISSING_AT_HOSPITAL: 1 });
    expect(rowOf("changed").fund.settlements).toEqual(sum(0));
    const pages: { rows: object[]; nextCursor: string | null }[] = [];
    for (let cursor: string | null | undefined; cursor !== null; cursor = pages.at(-1)?.nextCursor) {
      const query = { from: yesterday, to: today, limit: "2", ...(cursor === undefined ? {} : { cursor }) };
      pages.push((await service.must("list-reconciliations", { query })).body);
    }
    expect(pages.flatMap(({ rows }) => rows)).toEqual(body.rows);
    expect(pages.every(({ rows }) => rows.length <= 2)).toBe(true);
    const widest = JSON.stringify(rowOf("compared")).length;
    expect(2 * widest * MAX_ROWS_OF_PAGE).toBeLessThan(6_000_000);
    const long = await service.call("list-reconciliations", { query: { from: "2026-01-01", to: today } });
    expect(long.body.errors[0].code).toBe("PERIOD_OVER_A_MONTH");
    expect(body.rows.every((each: { hospitalCode: string }) => each.hospitalCode !== HOSPITAL)).toBe(true);
  });
});
