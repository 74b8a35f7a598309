import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import {
  atom,
  bytes,
  condition,
  conditionAtom,
  maybeCondition,
  small,
  toExpressions,
  update,
  word,
} from "./random-expressions.ts";
import type { StoreCommand } from "./send.ts";
import type { Item } from "./values.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
const sortKey = fc.constantFrom("A", "A#1", "A#2", "B", "é", "～", "😀");
const orders = ["1", "2", "3"];

/** Keys of a few items in partitions that nobody else uses; a few of the keys are none. */
function randomKeys(prefix: string): fc.Arbitrary<Item> {
  const partition = fc.constantFrom("P", "Q").map((each) => `${prefix}${each}`);
  const key = fc.record({ pk: partition, sk: sortKey });
  const badKey = fc.oneof(
    fc.constantFrom<Item>(
      { pk: "", sk: "A" },
      { pk: prefix },
      { pk: prefix, sk: 1 },
      { pk: prefix, sk: "A", n: 1 },
    ),
    fc.constant<Item>({ pk: prefix, sk: "k".repeat(1_025) }),
  );
  return fc.oneof({ weight: 60, arbitrary: key }, { weight: 1, arbitrary: badKey });
}

function randomItems(prefix: string, keys: fc.Arbitrary<Item>): fc.Arbitrary<Item> {
  const indexKeys = fc.record(
    {
      employerKey: fc.constantFrom("E", "F").map((each) => `${prefix}${each}`),
      employerStatusKey: fc.constantFrom("E#OPEN", "E#SETTLED").map((each) => `${prefix}${each}`),
      order: fc.constantFrom(...orders),
    },
    { requiredKeys: [] },
  );
  const attributes = fc.record(
    {
      n: small,
      s: word,
      m: fc.constantFrom({ x: 1 }, { x: 2, y: [null] }),
      l: fc.constantFrom([1], ["z", 0]),
      b: bytes,
    },
    { requiredKeys: [] },
  );
  return fc.tuple(keys, attributes, indexKeys).map(
    ([itsKey, rest, { order, ...keys }]): Item => ({
      ...rest,
      ...keys,
      ...itsKey,
      // Unlike in every item, because nothing is said of the order of equal ones.
      ...(order === undefined ? {} : { claimOrder: `${order}#${String(itsKey.pk)}${String(itsKey.sk)}` }),
      nothing: undefined,
    }),
  );
}

/** The inputs of all kinds of writes, for single ones and for transactions. */
function randomWrites(TableName: string, prefix: string) {
  const keys = randomKeys(prefix);
  const item = randomItems(prefix, keys);
  const put = fc.tuple(item, maybeCondition).map(([Item, ConditionExpression]) => ({
    TableName,
    Item,
    ...toExpressions({ ConditionExpression }),
  }));
  const remove = fc.tuple(keys, maybeCondition).map(([Key, ConditionExpression]) => ({
    TableName,
    Key,
    ...toExpressions({ ConditionExpression }),
  }));
  const change = fc
    .tuple(keys, maybeCondition, update)
    .map(([Key, ConditionExpression, UpdateExpression]) => ({
      TableName,
      Key,
      ...toExpressions({ ConditionExpression, UpdateExpression }),
    }));
  const check = fc.tuple(keys, condition).map(([Key, ConditionExpression]) => ({
    TableName,
    Key,
    ConditionExpression: "",
    ...toExpressions({ ConditionExpression }),
  }));
  return { put, remove, change, check };
}

function randomSingleWrites(table: string, prefix: string): fc.Arbitrary<StoreCommand> {
  const { put, remove, change } = randomWrites(table, prefix);
  const returns = fc.constantFrom("NONE" as const, "ALL_OLD" as const);
  // The engine says otherwise than DynamoDB what the old item was where there was none.
  const updateReturns = fc.constantFrom("NONE" as const, "ALL_NEW" as const);
  return fc.oneof(
    fc.tuple(put, returns).map(([input, ReturnValues]) => new PutCommand({ ...input, ReturnValues })),
    fc.tuple(remove, returns).map(([input, ReturnValues]) => new DeleteCommand({ ...input, ReturnValues })),
    fc
      .tuple(change, updateReturns)
      .map(([input, ReturnValues]) => new UpdateCommand({ ...input, ReturnValues })),
  );
}

const identityOf = ({ Put, Update, Delete, ConditionCheck }: TransactItem): string => {
  const key = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key;
  return JSON.stringify([key?.pk, key?.sk]);
};

function randomTransactions(table: string, prefix: string): fc.Arbitrary<StoreCommand> {
  const { put, remove, change, check } = randomWrites(table, prefix);
  const item = fc.oneof<fc.Arbitrary<TransactItem>[]>(
    put.map((Put) => ({ Put })),
    put.map((Put) => ({ Put })),
    remove.map((Delete) => ({ Delete })),
    change.map((Update) => ({ Update: { UpdateExpression: "", ...Update } })),
    check.map((ConditionCheck) => ({ ConditionCheck })),
  );
  const unlike = fc.uniqueArray(item, { minLength: 1, maxLength: 5, selector: identityOf });
  const any = fc.array(item, { minLength: 2, maxLength: 3 });
  return fc
    .oneof({ weight: 3, arbitrary: unlike }, { weight: 1, arbitrary: any })
    .map((TransactItems) => new TransactWriteCommand({ TransactItems }));
}

function randomGets(table: string, prefix: string): fc.Arbitrary<StoreCommand> {
  const keys = randomKeys(prefix);
  const toGet = (Key: Item) => ({ Get: { TableName: table, Key } });
  return fc.oneof(
    keys.map((Key) => new GetCommand({ TableName: table, Key })),
    fc
      .array(keys, { minLength: 1, maxLength: 5 })
      .map((Keys) => new BatchGetCommand({ RequestItems: { [table]: { Keys } } })),
    fc
      .array(keys, { minLength: 1, maxLength: 3 })
      .map((each) => new TransactGetCommand({ TransactItems: each.map(toGet) })),
  );
}

const keyCondition = (
  names: readonly [string, string],
  partitions: readonly string[],
  sorts: fc.Arbitrary<unknown>,
) =>
  fc.oneof(
    ...[`${names[0]} = ?`].map((text) => atom(text, fc.constantFrom(...partitions))),
    ...["=", "<", "<=", ">", ">="].map((comparator) =>
      atom(`${names[0]} = ? AND ${names[1]} ${comparator} ?`, fc.constantFrom(...partitions), sorts),
    ),
    atom(`${names[0]} = ? AND ${names[1]} BETWEEN ? AND ?`, fc.constantFrom(...partitions), sorts, sorts),
    atom(`begins_with(${names[1]}, ?) AND ${names[0]} = ?`, sorts, fc.constantFrom(...partitions)),
    atom(`${names[0]} = ? AND ${names[1]} <> ?`, fc.constantFrom(...partitions), sorts),
  );

function randomQueries(table: string, prefix: string): fc.Arbitrary<StoreCommand> {
  const ranges = fc.oneof(
    {
      weight: 2,
      arbitrary: keyCondition(["pk", "sk"], [`${prefix}P`, `${prefix}Q`], sortKey).map((range) => ({
        range,
      })),
    },
    {
      weight: 1,
      arbitrary: keyCondition(
        ["employerKey", "claimOrder"],
        [`${prefix}E`, `${prefix}F`],
        fc.constantFrom(...orders),
      ).map((range) => ({ range, IndexName: "claims-by-employer" })),
    },
    {
      weight: 1,
      arbitrary: keyCondition(
        ["employerStatusKey", "claimOrder"],
        [`${prefix}E#OPEN`, `${prefix}E#SETTLED`],
        fc.constantFrom(...orders),
      ).map((range) => ({ range, IndexName: "claims-by-employer-and-status" })),
    },
  );
  return fc
    .tuple(
      ranges,
      fc.option(conditionAtom, { nil: undefined, freq: 1 }),
      fc.record(
        { ScanIndexForward: fc.boolean(), Limit: fc.integer({ min: 1, max: 4 }) },
        { requiredKeys: [] },
      ),
    )
    .map(
      ([{ range, ...index }, filter, options]) =>
        new QueryCommand({
          TableName: table,
          ...index,
          ...options,
          ...toExpressions({
            KeyConditionExpression: range,
            // A filter may not look at the key.
            FilterExpression: filter === undefined || /\b[ps]k\b/.test(filter.text) ? undefined : filter,
          }),
        }),
    );
}

/** Commands on a few keys of partitions that nobody else uses, so that most of them meet each other. */
export const randomCommands = (table: string, prefix: string): fc.Arbitrary<StoreCommand> =>
  fc.oneof(
    { weight: 3, arbitrary: randomSingleWrites(table, prefix) },
    { weight: 4, arbitrary: randomTransactions(table, prefix) },
    { weight: 3, arbitrary: randomGets(table, prefix) },
    { weight: 2, arbitrary: randomQueries(table, prefix) },
  );
