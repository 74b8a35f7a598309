import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { sealAuditTrail } from "../../../functions/audit/seal-audit-trail.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import { readConfig } from "../../../shared/config.ts";
import { instantOf } from "../../../shared/domain/dates.ts";
import { checkTrail } from "../../../shared/store/audit/audit-verification.ts";
import { connectDatabase, type Database } from "../../../shared/store/kit/database.ts";
import { CARD_NUMBER, ID_NUMBER } from "../../support/builders.ts";
import { caseBody } from "../../support/demo-case.ts";
import { makeGrantedServices, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let db: Database;
let client: DynamoDBDocumentClient;

const NAME = "严测试";
const MINUTES = 60_000;
const SHARDS = [0, 1, 2, 3];
const later = () => instantOf(Date.now() + 10 * MINUTES);
const today = () => instantOf(Date.now()).slice(0, 10);

type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string };

async function readPartition(pk: string): Promise<Item[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: service.ledgerTable,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    }),
  );
  return Items as Item[];
}

const readOwnEntries = async (): Promise<Item[]> =>
  (await Promise.all(SHARDS.map((shard) => readPartition(`AUDIT#${today()}#${shard}`)))).flat();

/** Events in whose items an entry lies. */
const readHolders = async (): Promise<Item[]> => {
  const events = await Promise.all(SHARDS.map((shard) => readPartition(`EVENTS#${today()}#${shard}`)));
  return events.flat().filter(({ auditEntry }) => auditEntry !== undefined);
};

/** Entries wherever they lie, each with its key. */
const readEntries = async (): Promise<Item[]> => [
  ...(await readOwnEntries()),
  ...(await readHolders()).map(({ pk, sk, auditEntry }) => ({ ...Object(auditEntry), pk, sk })),
];

/** The entries that a call leaves. */
async function entriesOf(work: () => Promise<unknown>): Promise<Item[]> {
  const before = new Set((await readEntries()).map(({ pk, sk }) => `${pk} ${sk}`));
  await work();
  return (await readEntries()).filter(({ pk, sk }) => !before.has(`${pk} ${sk}`));
}

const verify = (expected: readonly string[] = []) => checkTrail(db, { expected, now: later() });
const put = (item: Item) => client.send(new PutCommand({ TableName: service.ledgerTable, Item: item }));
const remove = ({ pk, sk }: Item) =>
  client.send(new DeleteCommand({ TableName: service.ledgerTable, Key: { pk, sk } }));

beforeAll(async () => {
  service = await startTestService();
  db = connectDatabase(
    readConfig({
      DYNAMODB_ENDPOINT: service.endpoint,
      REGISTRY_TABLE: service.registryTable,
      LEDGER_TABLE: service.ledgerTable,
    }),
  );
  client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
});

const worker = () => ({
  idNumber: ID_NUMBER,
  cardNumber: CARD_NUMBER,
  name: NAME,
  frozen: false,
});

describe("the audit trail", () => {
  test("a change leaves one entry, and its repetition none", async () => {
    const input = { body: worker(), key: "worker-1" };
    const made = await entriesOf(() => service.call("put-worker", input));
    expect(made).toMatchObject([
      { kind: "CHANGE", operation: "put-worker", role: "agency", institution: "A330304", result: "DONE" },
    ]);
    expect(String(made[0]?.subject)).toMatch(/^W/);
    expect(await entriesOf(() => service.call("put-worker", input))).toEqual([]);
  });

  test("a statement that changes something leaves one entry", async () => {
    const body = { name: "示例单位", insured: [{ from: "2020-01-01", to: null }] };
    const uscc = "91999999DEM000006M";
    const made = await entriesOf(() => service.must("put-employer", { params: { uscc }, body }));
    expect(made).toMatchObject([{ kind: "CHANGE", operation: "put-employer", subject: uscc }]);
  });

  test("what an event tells of has its entry in the event's item, with who did it", async () => {
    const name = "示例医院";
    const agreement = { from: "2020-01-01", to: "2099-12-31", status: "ACTIVE" };
    const hospital = { name, tier: 3, services: ["OUTPATIENT"], agreement };
    await service.must("put-hospital", { params: { code: "H33030400001" }, body: hospital });
    const caseNo = "GS-AUDIT";
    const made = await entriesOf(() =>
      service.must("put-case", {
        params: { caseNo },
        body: caseBody({ idNumber: worker().idNumber }),
        who: "clerk-7",
      }),
    );
    expect(made).toMatchObject([
      { kind: "CHANGE", operation: "put-case", subject: caseNo, who: "clerk-7", role: "agency" },
    ]);
    expect(made[0]?.pk).toMatch(/^EVENTS#/);
    const { body } = await service.must("list-audit-events", {
      query: { from: today(), to: today(), who: "clerk-7" },
    });
    expect(body.items).toMatchObject([{ operation: "put-case", subject: caseNo, who: "clerk-7" }]);
    expect(body.items[0].at).toBe(made[0]?.sk.slice(0, made[0].sk.indexOf("#")));
  });

  test("an attempt on what a caller may not use or know of is on record", async () => {
    const params = { visitId: "V00000000000000000000" };
    const unknown = await entriesOf(() => service.call("get-visit", { params }));
    expect(unknown).toMatchObject([
      { kind: "REFUSED", operation: "get-visit", subject: params.visitId, result: "VISIT_NOT_FOUND" },
    ]);
    const other = await entriesOf(() => service.call("get-visit", { params, role: "enterprise" }));
    expect(other).toMatchObject([{ kind: "REFUSED", role: "enterprise", result: "FORBIDDEN" }]);
  });

  test("a path with somebody's number in it leaves no number", async () => {
    const params = { visitId: ID_NUMBER };
    const made = await entriesOf(() => service.call("get-visit", { params }));
    expect(made).toHaveLength(1);
    expect(JSON.stringify(made)).not.toContain(ID_NUMBER);
  });

  test("a check of eligibility tells of the worker by id", async () => {
    const body = { idNumber: worker().idNumber, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
    const made = await entriesOf(() => service.must("check-eligibility", { body }));
    expect(made).toMatchObject([{ kind: "READ", operation: "check-eligibility", result: "DONE" }]);
    expect(String(made[0]?.subject)).toMatch(/^W/);
  });

  test("no entry carries a name or a number", async () => {
    const text = JSON.stringify(await readEntries());
    expect(text.length).toBeGreaterThan(100);
    for (const planted of [NAME, worker().idNumber, worker().cardNumber]) {
      expect(text).not.toContain(planted);
    }
  });
});

describe("sealing", () => {
  test("leaves alone what is younger than two minutes, then seals everything once", async () => {
    const entries = await readEntries();
    const { db: granted } = makeGrantedServices(jobs["seal-audit-trail"].tables);
    await sealAuditTrail({ db: granted, now: () => instantOf(Date.now()) }, () => false);
    const early = await verify();
    expect(early.entryCount).toBe(0);
    await Promise.all([
      sealAuditTrail({ db: granted, now: later }, () => false),
      sealAuditTrail({ db: granted, now: later }, () => false),
    ]);
    const { entryCount, findings } = await verify();
    expect([entryCount, findings]).toEqual([entries.length, []]);
  });

  test("lets an altered, a removed and an added entry be found, each by its place", async () => {
    const [entry, another] = await readOwnEntries();
    if (entry === undefined || another === undefined) throw new Error("there are no entries");
    const found = async () => (await verify()).findings;
    const at = (fault: string, { pk, sk }: Item) => [{ fault, partition: pk, place: sk }];
    await put({ ...entry, institution: "SOMEBODY-ELSE" });
    expect(await found()).toEqual(at("ENTRY_ALTERED", entry));
    await remove(entry);
    expect(await found()).toEqual(at("ENTRY_REMOVED", entry));
    await put(entry);
    const added = { ...entry, sk: `${entry.sk}-2` };
    await put(added);
    expect(await found()).toEqual(at("ENTRY_ADDED", added));
    await remove(added);
    // Two that changed places.
    const swapped = [
      { ...another, pk: entry.pk, sk: entry.sk },
      { ...entry, pk: another.pk, sk: another.sk },
    ];
    await Promise.all(swapped.map(put));
    expect((await found()).map(({ fault }) => fault)).toEqual(["ENTRY_ALTERED", "ENTRY_ALTERED"]);
    await Promise.all([entry, another].map(put));
    expect(await found()).toEqual([]);
  });

  test("covers entries that lie in the items of events", async () => {
    const [holder] = await readHolders();
    if (holder === undefined) throw new Error("there is no event with an entry");
    const { auditEntry, ...event } = holder;
    const found = async () => (await verify()).findings;
    const at = (fault: string) => [{ fault, partition: holder.pk, place: holder.sk }];
    await put({ ...event, auditEntry: { ...Object(auditEntry), who: "somebody-else" } });
    expect(await found()).toEqual(at("ENTRY_ALTERED"));
    await put(event);
    expect(await found()).toEqual(at("ENTRY_REMOVED"));
    await remove(holder);
    expect(await found()).toEqual(at("ENTRY_REMOVED"));
    const moved = { ...holder, sk: holder.sk.replace(/\d$/, (last) => (last === "9" ? "8" : "9")) };
    await put(moved);
    const faults = (await found()).map(({ fault }) => fault).toSorted();
    expect(faults).toEqual(["ENTRY_ADDED", "ENTRY_REMOVED"]);
    await remove(moved);
    await put(holder);
    expect(await found()).toEqual([]);
  });

  test("lets an altered, a removed and a rewritten seal be found", async () => {
    const seals = (await Promise.all(SHARDS.map((shard) => readPartition(`SEALS#${shard}`)))).flat();
    const pairs = seals.filter(({ pk }, index) => seals[index + 1]?.pk === pk);
    const [first] = pairs;
    if (first === undefined) throw new Error("there is no chain");
    const anchors = (await verify()).anchors;
    await put({ ...first, previous: "x" });
    expect((await verify()).findings).toContainEqual({
      fault: "SEAL_ALTERED",
      partition: first.pk,
      place: first.sk,
    });
    await remove(first);
    expect((await verify()).findings).toContainEqual(
      expect.objectContaining({ fault: "SEAL_MISSING", partition: first.pk }),
    );
    await put(first);
    expect((await verify(anchors)).findings).toEqual([]);
    const last = seals.findLast(({ pk }) => pk === first.pk);
    if (last === undefined) throw new Error("there is no last seal");
    await remove(last);
    expect((await verify(anchors)).findings.map(({ fault }) => fault)).toContain("SEAL_NOT_FOUND");
    await put(last);
    expect((await verify(anchors)).findings).toEqual([]);
  });
});
