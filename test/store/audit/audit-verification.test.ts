import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  paginateScan,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { sealAuditTrail } from "../../../functions/audit/seal-audit-trail.ts";
import { createTables } from "../../../infra/local/create-tables.ts";
import { readConfig } from "../../../shared/config.ts";
import { addDays, type Day, day, instantOf } from "../../../shared/domain/dates.ts";
import { recordAccess } from "../../../shared/store/audit/audit-store.ts";
import { type Checked, checkTrail } from "../../../shared/store/audit/audit-verification.ts";
import { hashOfSeal, readSealable } from "../../../shared/store/audit/seal-store.ts";
import { connectDatabase, type Database } from "../../../shared/store/kit/database.ts";
import { auditKeys, DAY_SHARDS, type Key } from "../../../shared/store/kit/keys.ts";
import { pack } from "../../../shared/store/kit/packed.ts";

const FIRST = day("2026-03-01");
const LAST = day("2026-03-05");
const DESTROYED = day("2026-03-03");
const HOUR_MS = 3_600_000;
const SUBJECTS = Array.from({ length: 12 }, (_, index) => `V${index}`);
const shards = Array.from({ length: DAY_SHARDS }, (_, shard) => shard);
const days = (from: Day, to: Day): Day[] => (from > to ? [] : [from, ...days(addDays(from, 1), to)]);
const at = (on: Day, hour: number) => instantOf(Date.parse(`${on}T00:00:00+08:00`) + hour * HOUR_MS);

type Item = Record<string, unknown> & Key;
let db: Database;

/** Everybody is looked at twice a day. */
async function lookAtAll(on: Day): Promise<void> {
  for (const hour of [9, 15]) {
    const looks = SUBJECTS.map((subject) =>
      recordAccess(db, {
        at: at(on, hour),
        kind: "READ",
        who: "clerk-1",
        role: "hospital",
        institution: "H33030400001",
        operation: "get-visit",
        subject,
        result: "DONE",
        requestId: `${on}-${hour}`,
      }),
    );
    await Promise.all(looks);
    await seal(on, hour + 1);
  }
}

const seal = (on: Day, hour: number) => sealAuditTrail({ db, now: () => at(on, hour) }, () => false);

async function readPartition(pk: string): Promise<Item[]> {
  const { Items = [] } = await db.client.send(
    new QueryCommand({
      TableName: db.ledger,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    }),
  );
  return Items.map((item) => ({ ...item, pk: String(item.pk), sk: String(item.sk) }));
}
const sealsOf = async (begins: (from: string) => boolean): Promise<Item[]> => {
  const all = await Promise.all(shards.map((shard) => readPartition(auditKeys.sealPartition(shard))));
  return all.flat().filter(({ sk }) => begins(sk));
};
const entriesOf = async (on: Day): Promise<Item[]> =>
  (await Promise.all(shards.map((shard) => readPartition(auditKeys.partition(on, shard))))).flat();
const put = (item: Item) => db.client.send(new PutCommand({ TableName: db.ledger, Item: item }));
const remove = ({ pk, sk }: Key) =>
  db.client.send(new DeleteCommand({ TableName: db.ledger, Key: { pk, sk } }));
const removeAll = (items: readonly Key[]) => Promise.all(items.map(remove));

const isOf =
  (on: Day) =>
  (from: string): boolean =>
    from.startsWith(on);
const any = (): boolean => true;

/** Who was looked at on that day is somebody else now. */
async function alterEntries(on: Day): Promise<void> {
  const entries = await entriesOf(on);
  expect(entries.length).toBe(2 * SUBJECTS.length);
  await Promise.all(entries.map((entry) => put({ ...entry, who: "somebody-else" })));
}

/** Looks a week further back than the trail goes; how far where nobody says so is a test of its own. */
const verify = (asked: Partial<Checked> = {}) =>
  checkTrail(db, { expected: [], emptyDays: 7, now: at(LAST, 17), ...asked });
/** The faults that are found, each once. */
const faultsOf = async (asked: Partial<Checked> = {}): Promise<string[]> => {
  const { findings } = await verify(asked);
  return [...new Set(findings.map(({ fault }) => fault))].toSorted();
};

/** Tables of their own, with nothing in them. */
async function openTables(): Promise<Database> {
  const endpoint = inject("engineEndpoint");
  const [registry, ledger] = [`Registry-${randomUUID()}`, `Ledger-${randomUUID()}`];
  await createTables(endpoint, { Registry: registry, Ledger: ledger });
  return {
    ...connectDatabase(readConfig({ REGISTRY_TABLE: registry, LEDGER_TABLE: ledger })),
    client: DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint,
        region: "local",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      }),
    ),
  };
}

const MAX_BATCH = 25;
const trail: Record<string, unknown>[] = [];

/** The job seals five days once; each test begins with a copy of what it left. */
beforeAll(async () => {
  db = await openTables();
  for (const on of days(FIRST, LAST)) await lookAtAll(on);
  for await (const page of paginateScan({ client: db.client }, { TableName: db.ledger }))
    trail.push(...(page.Items ?? []));
});
beforeEach(async () => {
  db = await openTables();
  const puts = trail.map((Item) => ({ PutRequest: { Item } }));
  for (let start = 0; start < puts.length; start += MAX_BATCH) {
    const RequestItems = { [db.ledger]: puts.slice(start, start + MAX_BATCH) };
    await db.client.send(new BatchWriteCommand({ RequestItems }));
  }
});

describe("a trail that nobody touched is whole", () => {
  test("as far as it goes, and for each of its days and periods", async () => {
    const all = await verify();
    expect([all.findings, all.entryCount]).toEqual([[], 2 * SUBJECTS.length * 5]);
    for (const from of days(FIRST, LAST)) {
      for (const to of days(from, LAST)) {
        const { findings, entryCount } = await verify({ from, to });
        const count = days(from, to).length * 2 * SUBJECTS.length;
        expect([from, to, findings, entryCount]).toEqual([from, to, [], count]);
      }
      expect((await verify({ from })).findings).toEqual([]);
    }
  });

  test("and its period may reach further than it, on both sides", async () => {
    expect((await verify({ from: day("2026-02-01"), to: day("9999-12-31") })).findings).toEqual([]);
    expect((await verify({ from: day("2026-02-01"), to: day("2026-02-20") })).findings).toEqual([]);
  });

  test("and has an anchor of each shard, which is found again as long as it is there", async () => {
    const { anchors } = await verify({ to: DESTROYED });
    expect(anchors).toHaveLength(DAY_SHARDS);
    expect(await faultsOf({ expected: anchors })).toEqual([]);
    expect(await faultsOf({ expected: ["none"] })).toEqual(["SEAL_NOT_FOUND"]);
  });
});

describe("when the service was stopped", () => {
  test.each([
    ["an hour", LAST, 17],
    ["a night", addDays(LAST, 1), 8],
    ["a month", addDays(LAST, 30), 12],
  ])(
    "after all was sealed, the trail is whole %s later, and how far it is sealed is told",
    async (_, on, hour) => {
      const { findings, sealedUntil } = await verify({ now: at(on, hour) });
      expect(findings).toEqual([]);
      // The last looks were at 15:00, and sealed up to two minutes before 16:00.
      expect(sealedUntil).toBe(`${LAST}T15:58:00+08:00`);
    },
  );

  test("before the last look was sealed, that is named by shard, until it runs again", async () => {
    const look = { kind: "READ", role: "hospital", institution: "H1", operation: "get-visit" } as const;
    const entry = { ...look, subject: "V0", result: "DONE", requestId: "late", who: "clerk-1" };
    await recordAccess(db, { ...entry, at: at(LAST, 16) });
    const [late] = (await entriesOf(LAST)).filter(({ sk }) => sk.includes("#late#"));
    if (late === undefined) throw new Error("there is no entry");
    const partition = late.pk.replace(`AUDIT#${LAST}`, "SEALS");
    for (const now of [at(LAST, 17), at(addDays(LAST, 30), 12)]) {
      const { findings } = await verify({ now });
      expect(findings).toEqual([{ fault: "UNSEALED_SINCE", partition, place: `${LAST}T15:58:00+08:00` }]);
    }
    await seal(addDays(LAST, 30), 12);
    expect((await verify({ now: at(addDays(LAST, 30), 12) })).findings).toEqual([]);
  });
});

describe("when all seals of a day are gone in all shards, and its entries altered, that is found", () => {
  beforeEach(async () => {
    await removeAll(await sealsOf(isOf(DESTROYED)));
    await alterEntries(DESTROYED);
  });

  test.each([
    ["by that day alone", DESTROYED, DESTROYED],
    ["by the next day alone", addDays(DESTROYED, 1), addDays(DESTROYED, 1)],
    ["by the day before alone", addDays(DESTROYED, -1), addDays(DESTROYED, -1)],
    ["by what came since", addDays(DESTROYED, 1), undefined],
    ["by the whole trail", undefined, undefined],
  ])("%s", async (_by, from, to) => {
    const { findings } = await verify({ from, to });
    const missing = findings.filter(({ fault }) => fault === "SEAL_MISSING");
    expect(new Set(missing.map(({ partition }) => partition)).size).toBe(DAY_SHARDS);
  });
});

describe("when all seals are gone, that is found", () => {
  beforeEach(async () => {
    await alterEntries(DESTROYED);
    await removeAll(await sealsOf(any));
  });

  test("before the job runs again: there are entries and no seals", async () => {
    expect(await faultsOf()).toEqual(["ENTRY_UNSEALED"]);
    expect(await faultsOf({ from: DESTROYED, to: DESTROYED })).toEqual(["ENTRY_UNSEALED"]);
  });

  test("after it has run once, days later: there are entries older than the first seal", async () => {
    const later = addDays(LAST, 4);
    await seal(later, 12);
    const now = at(later, 13);
    expect((await verify({ now, from: addDays(LAST, 3) })).findings).toEqual([]);
    const { findings } = await verify({ now });
    expect(new Set(findings.map(({ fault }) => fault))).toEqual(new Set(["ENTRY_UNSEALED"]));
    const found = new Set(findings.map(({ partition }) => partition.slice("AUDIT#".length, -2)));
    expect([...found].toSorted()).toEqual(days(FIRST, LAST));
    for (const to of [DESTROYED, later])
      expect(await faultsOf({ now, from: DESTROYED, to })).toEqual(["ENTRY_UNSEALED"]);
  });
});

describe("a hash that was noted is not found again", () => {
  const anchorsOf = async () => {
    const { anchors } = await verify();
    expect(anchors).toHaveLength(DAY_SHARDS);
    return anchors;
  };
  const fake = (shard: number, on: Day, hash = "") =>
    put({
      ...auditKeys.seal(shard, at(on, 0)),
      ...{ until: at(on, 24), previous: "", hash, count: 0, entries: pack([]) },
    });
  const lostOf = async (asked: Partial<Checked>) => {
    const { findings } = await verify(asked);
    return findings.filter(({ fault }) => fault === "SEAL_NOT_FOUND").map(({ place }) => place);
  };

  test.each([
    ["before the period", addDays(DESTROYED, -1), { from: DESTROYED }],
    ["in the period", DESTROYED, { from: DESTROYED }],
    ["after the period", addDays(DESTROYED, 1), { from: DESTROYED, to: DESTROYED }],
    ["long after the period", addDays(DESTROYED, 3), { from: DESTROYED, to: DESTROYED }],
  ])("in a made-up seal that only carries it, %s", async (_where, on, asked) => {
    const expected = await anchorsOf();
    for (const each of days(FIRST, LAST)) await alterEntries(each);
    await removeAll(await sealsOf(any));
    await Promise.all(shards.map((shard) => fake(shard, on, expected[shard])));
    expect(await lostOf({ ...asked, expected })).toEqual(expected);
  });

  test("beyond the first seal after the period, where nothing is verified", async () => {
    const expected = await anchorsOf();
    expect(await lostOf({ from: LAST, to: LAST, expected })).toEqual([]);
    expect(await lostOf({ to: FIRST, expected })).toEqual(expected);
  });
});

test("a seal that claims more than the day on which it begins is found, whatever its hash", async () => {
  const [first] = await sealsOf(isOf(DESTROYED));
  if (first === undefined) throw new Error("there is no seal");
  const shard = Number(first.pk.slice("SEALS#".length));
  const seal = { shard, from: at(DESTROYED, 0), until: at(LAST, 24), previous: String(first.previous) };
  await removeAll((await sealsOf((from) => from > DESTROYED)).filter(({ pk }) => pk === first.pk));
  const entries = await readSealable(db, shard, seal.from, at(DESTROYED, 24));
  const hash = hashOfSeal({ ...seal, entries });
  await put({ ...first, until: seal.until, hash, entries: pack(entries) });
  const { findings } = await verify({ now: at(addDays(LAST, 1), 1) });
  expect(findings).toEqual([{ fault: "SEAL_ALTERED", partition: first.pk, place: first.sk }]);
});

test("where nobody says how far to look, entries are found behind up to 91 days without any", async () => {
  const [entry] = await entriesOf(FIRST);
  if (entry === undefined) throw new Error("there is no entry");
  const shard = Number(entry.pk.slice(-1));
  const found = async () => (await checkTrail(db, { expected: [], now: at(LAST, 17) })).findings;
  const putOn = async (on: Day) => {
    const older = { ...entry, pk: auditKeys.partition(on, shard), sk: `${at(on, 9)}#request#V1` };
    await put(older);
    return { fault: "ENTRY_UNSEALED", partition: older.pk, place: older.sk };
  };
  const [oldest = ""] = (await sealsOf(any)).map(({ sk }) => sk.slice(0, 10)).toSorted();
  const tooFar = addDays(day(oldest), -93);
  await putOn(tooFar);
  expect(await found()).toEqual([]);
  const nearer = await putOn(addDays(day(oldest), -92));
  const missing = (await found()).filter(({ fault }) => fault === "ENTRY_UNSEALED");
  expect(missing).toEqual([
    nearer,
    expect.objectContaining({ partition: auditKeys.partition(tooFar, shard) }),
  ]);
});

describe("found is also", () => {
  test("that the oldest seals are gone", async () => {
    await removeAll(await sealsOf((from) => from < DESTROYED));
    expect(await faultsOf()).toEqual(["ENTRY_UNSEALED", "SEAL_MISSING"]);
    expect(await faultsOf({ from: DESTROYED })).toContain("SEAL_MISSING");
  });

  test("that the latest seals are gone, and no more come", async () => {
    await removeAll(await sealsOf((from) => from > DESTROYED));
    expect(await faultsOf()).toEqual(["UNSEALED_SINCE"]);
    expect(await faultsOf({ from: DESTROYED, to: DESTROYED })).toEqual(["UNSEALED_SINCE"]);
    expect(await faultsOf({ to: addDays(DESTROYED, -2) })).toEqual([]);
  });

  test("that a seal before the period was altered, which the period's first one follows", async () => {
    const [seal] = (await sealsOf(isOf(addDays(DESTROYED, -1)))).toReversed();
    if (seal === undefined) throw new Error("there is no seal");
    await put({ ...seal, hash: "another" });
    expect(await faultsOf({ from: DESTROYED, to: DESTROYED })).toEqual(["SEAL_ALTERED", "SEAL_MISSING"]);
  });

  test("that the seal after the period was altered to follow another one", async () => {
    const [seal] = await sealsOf(isOf(addDays(DESTROYED, 1)));
    if (seal === undefined) throw new Error("there is no seal");
    await put({ ...seal, previous: "another" });
    expect(await faultsOf({ from: DESTROYED, to: DESTROYED })).toEqual(["SEAL_ALTERED", "SEAL_MISSING"]);
  });

  test.each(["", "0", "~", "\u{10ffff}", `${addDays(DESTROYED, 1)}T00:00:00+08:00`])(
    "an entry that was added to a day at no time of it: %s",
    async (start) => {
      const [entry] = await entriesOf(DESTROYED);
      if (entry === undefined) throw new Error("there is no entry");
      const added = { ...entry, sk: `${start}#request#V1` };
      await put(added);
      const found = [{ fault: "ENTRY_ADDED", partition: added.pk, place: added.sk }];
      expect((await verify({ from: DESTROYED, to: DESTROYED })).findings).toEqual(found);
      expect((await verify()).findings).toEqual(found);
    },
  );
});

describe("what somebody put among the seals and is none", () => {
  test.each([
    ["junk", {}],
    [`${LAST}T09:00:00+08:00`, { until: "never", previous: "", hash: "", entries: new Uint8Array([1, 2]) }],
    [`${LAST}T16:00:00+08:00junk`, {}],
  ])(
    "is named, and fails the job where it lies behind the last seal, which is followed all the same: %s",
    async (sk, fields) => {
      const pk = auditKeys.sealPartition(0);
      await put({ pk, sk, ...fields });
      const found = [{ fault: "SEAL_ALTERED", partition: pk, place: sk }];
      expect((await verify()).findings).toEqual(found);
      const isBehind = sk > at(LAST, 10);
      const sealing = seal(addDays(LAST, 2), 12);
      if (isBehind) await expect(sealing).rejects.toThrow(`shard 0: at ${sk} lies what is no seal`);
      else expect(await sealing).toBeGreaterThan(0);
      const { findings, sealedUntil } = await verify({ now: at(addDays(LAST, 2), 12) });
      expect([findings, sealedUntil]).toEqual([found, at(addDays(LAST, 2), 0)]);
    },
  );

  test("before the period is named as well", async () => {
    const [pk, sk] = [auditKeys.sealPartition(0), `${addDays(DESTROYED, -1)}T23:00:00+08:00`];
    await put({ pk, sk });
    const found = [{ fault: "SEAL_ALTERED", partition: pk, place: sk }];
    expect((await verify({ from: DESTROYED })).findings).toEqual(found);
  });

  test("but dated in the future, fails the job, and other shards are sealed", async () => {
    const [first] = await sealsOf(isOf(DESTROYED));
    if (first === undefined) throw new Error("there is no seal");
    await put({ ...first, sk: "2999-01-01T00:00:00+08:00", until: "2999-01-02T00:00:00+08:00" });
    await expect(seal(addDays(LAST, 2), 12)).rejects.toThrow("2999-01-01T00:00:00+08:00 ends in the future");
    const putSeals = await sealsOf((from) => from > addDays(LAST, 1) && from < "2999");
    expect(new Set(putSeals.map(({ pk }) => pk)).size).toBe(DAY_SHARDS - 1);
    const { findings } = await verify({ now: at(addDays(LAST, 2), 12) });
    const place = "2999-01-01T00:00:00+08:00";
    expect(findings).toContainEqual({ fault: "SEAL_ALTERED", partition: first.pk, place });
  });
});

test.each([
  ["later today", LAST, 20],
  ["tomorrow", addDays(LAST, 1), 9],
])("an entry that is dated in the future is named, and fails the job: %s", async (_when, on, hour) => {
  const [entry] = await entriesOf(LAST);
  if (entry === undefined) throw new Error("there is no entry");
  const shard = entry.pk.slice(-1);
  const ahead = { ...entry, pk: auditKeys.partition(on, Number(shard)), sk: `${at(on, hour)}#r#V1` };
  await put(ahead);
  expect((await verify()).findings).toEqual([{ fault: "ENTRY_AHEAD", partition: ahead.pk, place: ahead.sk }]);
  await expect(seal(LAST, 17)).rejects.toThrow("lies in the future");
});

describe("a shard that is taken away together with its entries is named:", () => {
  /** Everything of one shard that begins with a day of the range, in seals, entries and what lies in events. */
  const removeShard = async (shard: number, isTaken: (on: string) => boolean): Promise<void> => {
    const seals = await readPartition(auditKeys.sealPartition(shard));
    await removeAll(seals.filter(({ sk }) => isTaken(sk.slice(0, 10))));
    for (const on of days(FIRST, LAST).filter(isTaken))
      await removeAll(await readPartition(auditKeys.partition(on, shard)));
  };

  test("whole, whatever period is asked", async () => {
    await removeShard(2, any);
    const whole = { fault: "SHARD_MISSING", partition: auditKeys.sealPartition(2) };
    for (const asked of [{}, { from: DESTROYED }, { to: DESTROYED }, { from: DESTROYED, to: DESTROYED }])
      expect((await verify(asked)).findings).toMatchObject([whole]);
    await removeShard(0, any);
    expect((await verify()).findings).toMatchObject([
      { fault: "SHARD_MISSING", partition: auditKeys.sealPartition(0) },
      whole,
    ]);
  });

  test("its last days, also where it then looks as if the service had stopped", async () => {
    await removeShard(1, (on) => on >= DESTROYED);
    const { findings } = await verify();
    expect(findings).toEqual([
      { fault: "SEAL_MISSING", partition: auditKeys.sealPartition(1), place: at(DESTROYED, 0) },
    ]);
    expect(await faultsOf({ from: FIRST, to: addDays(DESTROYED, 1) })).toEqual(["SEAL_MISSING"]);
    expect(await faultsOf({ from: FIRST, to: FIRST })).toEqual([]);
  });

  test("its first days, also where the rest is chained anew as if it had begun there", async () => {
    await removeShard(3, (on) => on <= LAST);
    await sealAuditTrail({ db, now: () => at(LAST, 17) }, () => false);
    expect((await verify({ now: at(LAST, 18) })).findings).toMatchObject([
      { fault: "SEAL_MISSING", partition: auditKeys.sealPartition(3) },
    ]);
  });
});

test("a long trail is looked at page by page: never more than a few seals are in one answer", async () => {
  const sizes: number[] = [];
  db.client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const pk: unknown = Object(Object(Object(args.input).ExpressionAttributeValues)[":pk"]).S;
      if (String(pk).startsWith("SEALS#")) sizes.push(Object(result.output).Items.length);
      return result;
    },
    { step: "initialize", name: "sizes", priority: "low" },
  );
  for (let hour = 18; hour < 24; hour += 1) {
    await recordAccess(db, {
      ...{ at: at(LAST, hour), kind: "READ", role: "hospital", institution: "H1", operation: "get-visit" },
      ...{ subject: "V0", result: "DONE", requestId: `late-${hour}`, who: "clerk-1" },
    });
    await sealAuditTrail({ db, now: () => instantOf(Date.parse(at(LAST, hour)) + 600_000) }, () => false);
  }
  sizes.length = 0;
  const { sealCount, findings } = await verify({ now: at(addDays(LAST, 1), 0) });
  expect(findings).toEqual([]);
  expect(sealCount).toBeGreaterThan(40);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(16);
});
