import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { beforeAll, expect, inject, test } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { type MemoryTables, makeMemoryTables } from "../../simulation/memory-tables.ts";
import { Answer, inOrder, outcomeOf } from "../../simulation/outcomes.ts";
import { randomCommands } from "../../simulation/random-commands.ts";
import { type Send, type StoreCommand, toSend } from "../../simulation/send.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** The stand-in and the embedded engine hear the same commands and have to say the same. */
const names = { Registry: `Registry-${randomUUID()}`, Ledger: `Ledger-${randomUUID()}` };
let memory: MemoryTables;
let engine: Send;
beforeAll(async () => {
  const endpoint = inject("engineEndpoint");
  await createTables(endpoint, names);
  memory = makeMemoryTables({ names });
  const client = new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  engine = toSend(DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }));
});

const withoutMessage = <Outcome extends object>(outcome: Outcome) => ({ ...outcome, message: undefined });

async function compare(command: StoreCommand): Promise<Record<string, unknown> | undefined> {
  const [said, expected] = [await outcomeOf(memory.send, command), await outcomeOf(engine, command)];
  expect(withoutMessage(said), JSON.stringify([command.input, said, expected])).toEqual(
    withoutMessage(expected),
  );
  return "LastEvaluatedKey" in said ? said.LastEvaluatedKey : undefined;
}

/** Compares a command's outcomes, and of a query those of the pages after it. */
async function compareAll(command: StoreCommand): Promise<void> {
  let last = await compare(command);
  while (last !== undefined && command instanceof QueryCommand) {
    last = await compare(new QueryCommand({ ...command.input, ExclusiveStartKey: last }));
  }
}

async function dumpEngine(): Promise<unknown[]> {
  const items: unknown[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = Answer.parse(
      await engine(new ScanCommand({ TableName: names.Ledger, ...(start && { ExclusiveStartKey: start }) })),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return inOrder(items);
}

const RUNS = 80;
const COMMANDS_PER_RUN = 60;
/** The same commands every time, so that this test fails by what was changed and not by chance. */
const SEED = 2026;

test("whatever commands come, the stand-in answers as the engine does and ends with the same items", async () => {
  for (let run = 1; run <= RUNS; run += 1) {
    const commands = fc.array(randomCommands(names.Ledger, `${run}`), {
      minLength: COMMANDS_PER_RUN,
      maxLength: COMMANDS_PER_RUN,
    });
    for (const command of fc.sample(commands, { seed: SEED + run, numRuns: 1 }).flat())
      await compareAll(command);
  }
  expect(inOrder(memory.dump(names.Ledger))).toEqual(await dumpEngine());
});

const TableName = names.Ledger;
const key = (sk: string) => ({ pk: "fixed", sk });
const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`${index}`));
const text = (kilobytes: number): string => "x".repeat(kilobytes * 1_024);
const values = { ":v": 1 };
const transact = (...TransactItems: TransactItem[]) => new TransactWriteCommand({ TransactItems });
const putOf = (sk: string, rest: object = {}): TransactItem => ({
  Put: { TableName, Item: { ...key(sk), ...rest } },
});
const updateOf = (UpdateExpression: string, rest: object = {}): TransactItem => ({
  Update: { TableName, Key: key("absent"), UpdateExpression, ...rest },
});
const putIf = (ConditionExpression: string, ExpressionAttributeValues?: Record<string, unknown>) =>
  new PutCommand({ TableName, Item: key("a"), ConditionExpression, ExpressionAttributeValues });
const queryOf = (rest: Partial<QueryCommandInput>) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": "fixed" },
    ...rest,
  });
const INVALID = "ValidationException";
const FAILED = "ConditionalCheckFailedException";
const CANCELLED = "TransactionCanceledException";

test.each<[string, StoreCommand, string]>([
  ["101 writes in a transaction", transact(...keys(101).map(({ sk }) => putOf(sk))), INVALID],
  ["a transaction without writes", transact(), INVALID],
  ["two writes to one item", transact(putOf("a"), updateOf("ADD n :v"), putOf("a")), INVALID],
  [
    "101 keys in a batch",
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys(101) } } }),
    INVALID,
  ],
  [
    "a key twice in a batch",
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key("a"), key("a")] } } }),
    INVALID,
  ],
  ["a batch without keys", new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [] } } }), INVALID],
  ["an empty key", new PutCommand({ TableName, Item: key("") }), INVALID],
  ["an empty key in a transaction", transact(putOf("a"), putOf("")), INVALID],
  ["an empty index key", transact(putOf("a", { employerKey: "" })), INVALID],
  ["an index key that is no text", transact(putOf("a", { claimOrder: 7 })), CANCELLED],
  [
    "an item of more than 400 KB",
    new PutCommand({ TableName, Item: { ...key("a"), t: text(400) } }),
    INVALID,
  ],
  ["such an item in a transaction", transact(putOf("a", { t: text(400) }), putOf("b")), INVALID],
  [
    "an update to such an item",
    transact(updateOf("SET t = :v", { ExpressionAttributeValues: { ":v": text(400) } })),
    CANCELLED,
  ],
  [
    "more than 4 MB in a transaction",
    transact(...keys(14).map(({ sk }) => putOf(sk, { t: text(300) }))),
    INVALID,
  ],
  ["a value that is not given", putIf("n = :v"), INVALID],
  ["a value that is undefined", putIf("n = :v", { ":v": undefined }), INVALID],
  ["a name that is not given", putIf("attribute_exists(#n)"), INVALID],
  ["a range that ends before it begins", putIf("n BETWEEN :v AND :w", { ":v": 1, ":w": 0 }), INVALID],
  ["parentheses twice", putIf("((n = :v))", values), INVALID],
  ["half a condition", putIf("n = :v AND", values), INVALID],
  ["a condition that fails", putIf("attribute_exists(n)"), FAILED],
  ["no such table", new GetCommand({ TableName: "None", Key: key("a") }), "ResourceNotFoundException"],
  ["no such index", queryOf({ IndexName: "none" }), INVALID],
  ["a page of no items", queryOf({ Limit: 0 }), INVALID],
  ["a key condition on no key", queryOf({ KeyConditionExpression: "n = :pk" }), INVALID],
  [
    "a consistent read of an index",
    queryOf({
      IndexName: "claims-by-employer",
      KeyConditionExpression: "employerKey = :pk",
      ConsistentRead: true,
    }),
    INVALID,
  ],
  ["a start that is no key", queryOf({ ExclusiveStartKey: { pk: "fixed" } }), INVALID],
  [
    "an update of the key",
    new UpdateCommand({
      TableName,
      Key: key("a"),
      UpdateExpression: "SET sk = :v",
      ExpressionAttributeValues: { ":v": "b" },
    }),
    INVALID,
  ],
])("both refuse %s", async (_what, command, failure) => {
  expect(await outcomeOf(memory.send, command)).toMatchObject({ failure });
  await compare(command);
});

test("both end a page at 1 MB, in either direction", async () => {
  for (const sk of ["1", "2", "3", "4", "5"]) {
    await compare(new PutCommand({ TableName, Item: { pk: "large", sk, t: text(300) } }));
  }
  for (const ScanIndexForward of [true, false]) {
    await compareAll(queryOf({ ScanIndexForward, ExpressionAttributeValues: { ":pk": "large" } }));
  }
});

/** Where the engine does not do what DynamoDB does, the stand-in does. */
test.each<[string, StoreCommand, object, object]>([
  [
    "what an update returns as the old item where there was none",
    new UpdateCommand({
      TableName,
      Key: key("new"),
      UpdateExpression: "SET n = :v",
      ExpressionAttributeValues: values,
      ReturnValues: "ALL_OLD",
    }),
    {},
    { Attributes: key("new") },
  ],
  [
    "a range that ends before it begins, in a transaction",
    transact({
      ConditionCheck: {
        TableName,
        Key: key("a"),
        ConditionExpression: "n BETWEEN :v AND :w",
        ExpressionAttributeValues: { ":v": 1, ":w": 0 },
      },
    }),
    { failure: INVALID },
    { failure: CANCELLED, codes: ["ConditionalCheckFailed"] },
  ],
  [
    "parentheses twice, in a transaction",
    transact({
      ConditionCheck: {
        TableName,
        Key: key("a"),
        ConditionExpression: "((n = :v))",
        ExpressionAttributeValues: values,
      },
    }),
    { failure: INVALID },
    { failure: CANCELLED, codes: ["ValidationError"] },
  ],
  [
    "an update of the key, in a transaction",
    transact(updateOf("SET sk = :v", { ExpressionAttributeValues: { ":v": "b" } })),
    { failure: INVALID },
    {},
  ],
  [
    "a value that is not used",
    putIf("attribute_exists(pk)", values),
    { failure: INVALID },
    { failure: FAILED, message: "The conditional request failed" },
  ],
  [
    "an order of what has none",
    putIf("n < :v", { ":v": true }),
    { failure: INVALID },
    { failure: FAILED, message: "The conditional request failed" },
  ],
  [
    "a start in another partition",
    queryOf({
      ExclusiveStartKey: { pk: "other", sk: "a" },
      ExpressionAttributeValues: { ":pk": "empty" },
    }),
    { failure: INVALID },
    { Items: [] },
  ],
  [
    "a key that is empty, in a query",
    queryOf({
      KeyConditionExpression: "pk = :pk AND sk > :sk",
      ExpressionAttributeValues: { ":pk": "empty", ":sk": "" },
    }),
    { failure: INVALID },
    { Items: [] },
  ],
  [
    "one place updated twice",
    transact(updateOf("SET n = :v ADD n :v", { ExpressionAttributeValues: values })),
    { failure: INVALID },
    {},
  ],
  ["an update that is empty, in a transaction", transact(updateOf("")), { failure: INVALID }, {}],
])("the engine differs from DynamoDB in %s", async (_what, command, expected, engines) => {
  expect(await outcomeOf(memory.send, command)).toMatchObject(expected);
  expect(await outcomeOf(engine, command)).toEqual(engines);
});
