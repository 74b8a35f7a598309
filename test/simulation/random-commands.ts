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
import type { StoreCommand } from "./send.ts";
import type { Item } from "./values.ts";

/** An expression's text with `?` in place of its values: the numbers come when the whole request is there. */
interface Template {
  readonly text: string;
  readonly values: readonly unknown[];
}

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
type TemplateKind =
  | "ConditionExpression"
  | "UpdateExpression"
  | "KeyConditionExpression"
  | "FilterExpression";
type Templates = Partial<Record<TemplateKind, Template | undefined>>;

/** The request's expressions, as the SDK wants them. */
function toExpressions(templates: Templates): object {
  const values: Item = {};
  const expressions: Record<string, string> = {};
  for (const [kind, template] of Object.entries(templates)) {
    if (template === undefined) continue;
    let index = 0;
    expressions[kind] = template.text.replaceAll("?", () => {
      const name = `:${kind.charAt(0)}${index}`;
      values[name] = template.values[index];
      index += 1;
      return name;
    });
  }
  const usesName = Object.values(expressions).some((text) => text.includes("#s"));
  return {
    ...expressions,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ...(usesName ? { ExpressionAttributeNames: { "#s": "s" } } : {}),
  };
}

const small = fc.integer({ min: -1, max: 3 });
const word = fc.constantFrom("a", "ab", "b", "", "é", "～", "😀");
const sortKey = fc.constantFrom("A", "A#1", "A#2", "B", "é", "～", "😀");
const orders = ["1", "2", "3"];
const bytes = fc.constantFrom(new Uint8Array([1]), new Uint8Array([1, 2]), new Uint8Array());
const value = fc.oneof(small, word, fc.constantFrom(null, true, 0.5, [], {}), bytes);

const atom = (text: string, ...values: fc.Arbitrary<unknown>[]): fc.Arbitrary<Template> =>
  fc.tuple(...values).map((drawn) => ({ text, values: drawn }));

const joined = (a: Template, word: string, b: Template): Template => ({
  text: `${a.text} ${word} ${b.text}`,
  values: [...a.values, ...b.values],
});

const grouped = (not: string, { text, values }: Template): Template => ({ text: `${not} (${text})`, values });

const conditionAtom = fc.oneof(
  ...["pk", "n", "#s", "m.x", "l[1]"].flatMap((path) => [
    atom(`attribute_exists(${path})`),
    atom(`attribute_not_exists(${path})`),
  ]),
  ...["=", "<>", "<", "<=", ">", ">="].map((comparator) => atom(`n ${comparator} ?`, small)),
  ...["=", "<>", "<", ">="].map((comparator) => atom(`#s ${comparator} ?`, word)),
  ...["n", "#s", "b", "m", "l"].map((path) => atom(`${path} = ?`, value)),
  atom("? = n", small),
  atom("n BETWEEN ? AND ?", fc.constantFrom(-1, 0, 1), fc.constantFrom(1, 2)),
  atom("n IN (?, ?)", small, small),
  atom("begins_with(#s, ?)", word),
  atom("begins_with(sk, ?)", fc.constantFrom("A", "A#", "😀")),
  atom("contains(l, ?)", value),
  atom("contains(#s, ?)", word),
  atom("size(#s) > ?", small),
  atom("size(l) = ?", small),
  atom("attribute_type(m, ?)", fc.constantFrom("M", "S")),
  atom("m.x = l[0]"),
);

const { condition } = fc.letrec<{ condition: Template }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 3, arbitrary: conditionAtom },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("AND", "OR"), tie("condition"))
        .map(([a, word, b]) => joined(a, word, b)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("NOT", ""), conditionAtom, fc.constantFrom("AND", "OR"), conditionAtom)
        .map(([not, a, word, b]) => grouped(not, joined(a, word, b))),
    },
  ),
}));

/** The actions of an update by the attribute that they change; of each attribute at most one is drawn. */
const changes = {
  n: [
    ["SET", atom("n = ?", value)],
    ["SET", atom("n = n + ?", small)],
    ["SET", atom("n = if_not_exists(n, ?) - ?", small, small)],
    ["ADD", atom("n ?", small)],
    ["REMOVE", atom("n")],
  ],
  s: [
    ["SET", atom("#s = ?", word)],
    ["SET", atom("#s = if_not_exists(#s, ?)", word)],
    ["REMOVE", atom("#s")],
  ],
  m: [
    ["SET", atom("m = ?", fc.constantFrom({ x: 1 }, {}))],
    ["SET", atom("m.x = ?", small)],
    ["SET", atom("m = ?, m.x = ?", fc.constant({}), small)],
    ["REMOVE", atom("m.x")],
    ["ADD", atom("count ?", small)],
  ],
  l: [
    ["SET", atom("l = ?", fc.constantFrom([], [1, 2]))],
    ["SET", atom("l = list_append(l, ?)", fc.constantFrom([0], ["z"]))],
    ["SET", atom("l[0] = ?", small)],
    ["SET", atom("copied = n")],
  ],
  keys: [
    ["REMOVE", atom("employerKey")],
    ["SET", atom("employerStatusKey = ?", fc.constantFrom("", 5))],
  ],
} as const;

type Change = readonly [clause: string, template: fc.Arbitrary<Template>];

const oneOf = (options: readonly Change[]): fc.Arbitrary<{ clause: string; template: Template }> =>
  fc.oneof(...options.map(([clause, template]) => template.map((drawn) => ({ clause, template: drawn }))));

const update = fc
  .tuple(
    fc.option(oneOf(changes.n), { nil: undefined }),
    fc.option(oneOf(changes.s), { nil: undefined }),
    fc.option(oneOf(changes.m), { nil: undefined, freq: 1 }),
    fc.option(oneOf(changes.l), { nil: undefined, freq: 1 }),
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: oneOf(changes.keys) }),
  )
  .map((drawn): Template => {
    const byClause = Map.groupBy(
      drawn.filter((each) => each !== undefined),
      ({ clause }) => clause,
    );
    const parts = [...byClause].map(
      ([clause, group]): Template => ({
        text: `${clause} ${group.map(({ template }) => template.text).join(", ")}`,
        values: group.flatMap(({ template }) => template.values),
      }),
    );
    const [first, ...rest] = parts;
    return first === undefined
      ? { text: "REMOVE n", values: [] }
      : rest.reduce((a, b) => joined(a, "", b), first);
  });

const maybeCondition = fc.option(condition, { nil: undefined, freq: 2 });

/** Commands on a few keys of partitions that nobody else uses, so that most of them meet each other. */
export function randomCommands(table: string, prefix: string): fc.Arbitrary<StoreCommand> {
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
  const anyKey: fc.Arbitrary<Item> = fc.oneof(
    { weight: 60, arbitrary: key },
    { weight: 1, arbitrary: badKey },
  );
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
  const item = fc.tuple(anyKey, attributes, indexKeys).map(
    ([itsKey, rest, { order, ...keys }]): Item => ({
      ...rest,
      ...keys,
      ...itsKey,
      // Unlike in every item, because nothing is said of the order of equal ones.
      ...(order === undefined ? {} : { claimOrder: `${order}#${String(itsKey.pk)}${String(itsKey.sk)}` }),
      nothing: undefined,
    }),
  );

  const put = fc.tuple(item, maybeCondition).map(([Item, ConditionExpression]) => ({
    TableName: table,
    Item,
    ...toExpressions({ ConditionExpression }),
  }));
  const remove = fc.tuple(anyKey, maybeCondition).map(([Key, ConditionExpression]) => ({
    TableName: table,
    Key,
    ...toExpressions({ ConditionExpression }),
  }));
  const change = fc
    .tuple(anyKey, maybeCondition, update)
    .map(([Key, ConditionExpression, UpdateExpression]) => ({
      TableName: table,
      Key,
      ...toExpressions({ ConditionExpression, UpdateExpression }),
    }));
  const check = fc.tuple(anyKey, condition).map(([Key, ConditionExpression]) => ({
    TableName: table,
    Key,
    ConditionExpression: "",
    ...toExpressions({ ConditionExpression }),
  }));
  const transactItem = fc.oneof<fc.Arbitrary<TransactItem>[]>(
    put.map((Put) => ({ Put })),
    put.map((Put) => ({ Put })),
    remove.map((Delete) => ({ Delete })),
    change.map((Update) => ({ Update: { UpdateExpression: "", ...Update } })),
    check.map((ConditionCheck) => ({ ConditionCheck })),
  );
  const returns = fc.constantFrom("NONE" as const, "ALL_OLD" as const);

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
  const queries = fc
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

  return fc.oneof(
    fc.tuple(put, returns).map(([input, ReturnValues]) => new PutCommand({ ...input, ReturnValues })),
    fc.tuple(remove, returns).map(([input, ReturnValues]) => new DeleteCommand({ ...input, ReturnValues })),
    fc
      .tuple(change, fc.constantFrom("NONE" as const, "ALL_NEW" as const))
      .map(([input, ReturnValues]) => new UpdateCommand({ ...input, ReturnValues })),
    anyKey.map((Key) => new GetCommand({ TableName: table, Key })),
    fc
      .array(anyKey, { minLength: 1, maxLength: 5 })
      .map((Keys) => new BatchGetCommand({ RequestItems: { [table]: { Keys } } })),
    fc
      .array(anyKey, { minLength: 1, maxLength: 3 })
      .map(
        (keys) =>
          new TransactGetCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName: table, Key } })) }),
      ),
    ...[1, 2, 3].map(() =>
      fc
        .uniqueArray(transactItem, {
          minLength: 1,
          maxLength: 5,
          selector: ({ Put, Update, Delete, ConditionCheck }) =>
            JSON.stringify([
              (Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key)?.pk,
              (Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key)?.sk,
            ]),
        })
        .map((TransactItems) => new TransactWriteCommand({ TransactItems })),
    ),
    fc
      .array(transactItem, { minLength: 2, maxLength: 3 })
      .map((TransactItems) => new TransactWriteCommand({ TransactItems })),
    ...[1, 2].map(() => queries),
  );
}
