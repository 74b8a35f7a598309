import {
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { getItems, queryAll } from "../../../shared/store/kit/read.ts";
import { Crash, type Fault, makeFaultyClient } from "../../simulation/faulty-client.ts";
import { type MemoryTables, makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";

const TableName = "Ledger";
const item = (sk: string) => ({ pk: "VISIT#1", sk });
const put = (sk: string) => new PutCommand({ TableName, Item: item(sk) });
const transact = (...sortKeys: string[]) =>
  new TransactWriteCommand({ TransactItems: sortKeys.map((sk) => ({ Put: { TableName, Item: item(sk) } })) });
const all = {
  TableName,
  KeyConditionExpression: "pk = :pk",
  ExpressionAttributeValues: { ":pk": "VISIT#1" },
};

const pause = (): Promise<void> => Promise.resolve();

let tables: MemoryTables;
beforeEach(() => {
  tables = makeMemoryTables();
});

/** A client whose calls meet these faults, one each. */
function withFaults(...faults: (Fault | undefined)[]) {
  const faulty = makeFaultyClient(tables.send, ({ index }) => faults[index]);
  return { ...faulty, db: { client: toClient(faulty.send), registry: "Registry", ledger: TableName, pause } };
}

describe("a write that meets a fault", () => {
  it.each([
    ["THROTTLED", false],
    ["CONFLICT", false],
    ["TIMED_OUT_BEFORE", false],
    ["LOST_AFTER", true],
    ["CRASHED_BEFORE", false],
    ["CRASHED_AFTER", true],
  ] as const)("%s fails, and whether it took effect is %s", async (fault, tookEffect) => {
    for (const [command, count] of [[put("a"), 1] as const, [transact("a", "b"), 2] as const]) {
      tables.clear();
      await expect(withFaults(fault).send(command)).rejects.toThrow();
      expect(tables.dump(TableName)).toHaveLength(tookEffect ? count : 0);
    }
  });

  it("hears what DynamoDB and the SDK would say", async () => {
    const { send } = withFaults("THROTTLED", "TIMED_OUT_BEFORE", "LOST_AFTER", "CONFLICT", "CONFLICT");
    await expect(send(put("a"))).rejects.toThrow(ThrottlingException);
    await expect(send(put("a"))).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(send(put("a"))).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(send(put("a"))).rejects.toThrow(TransactionConflictException);
    const cancelled = await send(transact("a", "b", "c")).catch((error: unknown) => error);
    expect(cancelled).toBeInstanceOf(TransactionCanceledException);
    expect(cancelled).toMatchObject({
      CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }, { Code: "None" }],
    });
  });
});

describe("a process that has crashed", () => {
  it("does nothing any more, not even what it had begun", async () => {
    const turns: (() => void)[] = [];
    const turn = () => new Promise<void>((resolve) => turns.push(resolve));
    const faults: Record<number, Fault> = { 1: "CRASHED_BEFORE" };
    const { send, isDead } = makeFaultyClient(tables.send, ({ index }) => faults[index], turn);
    const begun = Promise.allSettled([send(put("a")), send(put("b"))]);
    expect(isDead()).toBe(false);
    turns.pop()?.();
    await Promise.resolve();
    turns.pop()?.();
    const outcomes = await begun;
    expect(outcomes.map((each) => each.status === "rejected" && each.reason instanceof Crash)).toEqual([
      true,
      true,
    ]);
    expect(isDead()).toBe(true);
    await expect(send(put("c"))).rejects.toThrow(Crash);
    expect(tables.dump(TableName)).toEqual([]);
  });
});

describe("the store's reads get everything,", () => {
  const sortKeys = ["a", "b", "c", "d", "e"];
  beforeEach(() => tables.send(transact(...sortKeys)));

  it("though half of a batch comes back unread", async () => {
    const { db, send } = withFaults("UNPROCESSED", "UNPROCESSED", "UNPROCESSED");
    const command = new BatchGetCommand({ RequestItems: { [TableName]: { Keys: sortKeys.map(item) } } });
    expect(await send(command)).toMatchObject({
      Responses: { [TableName]: [item("c"), item("b"), item("a")] },
      UnprocessedKeys: { [TableName]: { Keys: [item("d"), item("e")] } },
    });
    const found = await getItems(db, TableName, sortKeys.map(item));
    expect(found.map(({ sk }) => sk).sort()).toEqual(sortKeys);
  });

  it("though pages end early", async () => {
    const { db, send } = withFaults("SHORT_PAGE", "SHORT_PAGE", "SHORT_PAGE", "SHORT_PAGE", "SHORT_PAGE");
    expect(await send(new QueryCommand(all))).toMatchObject({ Count: 2, LastEvaluatedKey: item("b") });
    expect(await queryAll(db, all)).toEqual(sortKeys.map(item));
  });
});

it("a fault that a command cannot meet leaves it alone", async () => {
  const { send } = withFaults("CONFLICT", "UNPROCESSED", "SHORT_PAGE");
  const get = new GetCommand({ TableName, Key: item("a") });
  for (const command of [get, put("a"), get]) await expect(send(command)).resolves.toBeDefined();
});

it("a plan hears of each call, and a turn is taken before and after it", async () => {
  const events: unknown[] = [];
  const { send } = makeFaultyClient(
    (command) => {
      events.push("sent");
      return tables.send(command);
    },
    (call) => {
      events.push(call);
      return undefined;
    },
    async () => {
      events.push("turn");
    },
  );
  await send(transact("a"));
  await send(new QueryCommand(all));
  const around = ["turn", "sent", "turn"];
  expect(events).toEqual([
    { name: "TransactWriteCommand", isWrite: true, index: 0 },
    ...around,
    { name: "QueryCommand", isWrite: false, index: 1 },
    ...around,
  ]);
});
