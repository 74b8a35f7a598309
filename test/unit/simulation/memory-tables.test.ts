import { GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";

const TableName = "Ledger";
const visit = (sk: string, rest: object = {}) => ({ pk: "VISIT#1", sk, ...rest });
const put = (item: Record<string, unknown>) => new PutCommand({ TableName, Item: item });
const get = (sk: string) => new GetCommand({ TableName, Key: visit(sk) });
const claims = (employerKey: string) =>
  new QueryCommand({
    TableName,
    IndexName: "claims-by-employer",
    KeyConditionExpression: "employerKey = :employer",
    ExpressionAttributeValues: { ":employer": employerKey },
  });
const claim = (employerKey: string, version: number) =>
  visit("HEADER", { employerKey, claimOrder: "2026-01-01#V1", version });

describe("an index that lags", () => {
  it("shows each write only once it was let through, in the order of the writes", async () => {
    const tables = makeMemoryTables({ lateIndexes: true });
    const client = toClient(tables.send);
    const versions = async (employer: string) =>
      (await client.send(claims(employer))).Items?.map(({ version }) => version);
    await client.send(put(claim("A", 1)));
    await client.send(put(claim("A", 2)));
    await client.send(put(claim("B", 3)));
    expect((await client.send(get("HEADER"))).Item).toEqual(claim("B", 3));
    expect([await versions("A"), await versions("B")]).toEqual([[], []]);
    expect(tables.advanceIndexes(2)).toBe(2);
    expect([await versions("A"), await versions("B")]).toEqual([[2], []]);
    expect(tables.pendingIndexWrites()).toBe(1);
    expect(tables.advanceIndexes()).toBe(1);
    expect([await versions("A"), await versions("B")]).toEqual([[], [3]]);
  });

  it("is not what a simulation gets that did not ask for it", async () => {
    const tables = makeMemoryTables();
    await tables.send(put(claim("A", 1)));
    expect((await toClient(tables.send).send(claims("A"))).Count).toBe(1);
    expect(tables.pendingIndexWrites()).toBe(0);
  });
});

describe("a stored item", () => {
  it("shares nothing with what was handed in or out, and lacks what was undefined", async () => {
    const client = toClient(makeMemoryTables().send);
    const item = visit("A", { list: [{ n: 1 }, undefined], bytes: Buffer.from([1, 2]), nothing: undefined });
    const stored = visit("A", { list: [{ n: 1 }], bytes: new Uint8Array([1, 2]) });
    await client.send(put(item));
    Object.assign(item, { list: "changed" });
    const first = (await client.send(get("A"))).Item;
    expect(first).toStrictEqual(stored);
    first?.list.push("changed");
    first?.bytes.fill(9);
    expect((await client.send(get("A"))).Item).toStrictEqual(stored);
  });

  it("does not change when a copy of the tables does, nor when it is updated within", async () => {
    const tables = makeMemoryTables();
    await tables.send(put(visit("A", { map: { n: 1 } })));
    const before = tables.dump(TableName);
    const copy = tables.fork();
    const update = { UpdateExpression: "SET map.n = :n", ExpressionAttributeValues: { ":n": 2 } };
    await copy.send(new UpdateCommand({ TableName, Key: visit("A"), ...update }));
    await copy.send(put(visit("B")));
    expect(tables.dump(TableName)).toEqual(before);
    expect(copy.dump(TableName)).toEqual([visit("A", { map: { n: 2 } }), visit("B")]);
  });

  it.each([
    ["a number that is none", Number.NaN],
    ["a number that is too large", 2 ** 60],
    ["a date", new Date(0)],
    ["a set", new Set([1])],
  ])("is refused where it holds %s", async (_what, value) => {
    const tables = makeMemoryTables();
    await expect(tables.send(put(visit("A", { value })))).rejects.toThrow();
    expect(tables.dump(TableName)).toEqual([]);
  });
});

it("keys come in the order of their UTF-8 bytes", async () => {
  const client = toClient(makeMemoryTables().send);
  for (const sk of ["😀", "～", "é", "a", "B"]) await client.send(put(visit(sk)));
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": "VISIT#1" },
    }),
  );
  expect(Items?.map(({ sk }) => sk)).toEqual(["B", "a", "é", "～", "😀"]);
});

it("a scan goes through every item, page by page", async () => {
  const tables = makeMemoryTables();
  const client = toClient(tables.send);
  const items = ["1", "2", "3"].flatMap((pk) => ["a", "b"].map((sk) => ({ pk, sk })));
  for (const item of items.toReversed()) await client.send(put(item));
  const found: unknown[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, Limit: 4, ...(start && { ExclusiveStartKey: start }) }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  expect(found).toEqual(items);
  expect(tables.snapshot()).toEqual({ Registry: [], Ledger: items });
  tables.clear();
  expect(tables.snapshot()).toEqual({ Registry: [], Ledger: [] });
});
