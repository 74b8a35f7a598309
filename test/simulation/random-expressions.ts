import fc from "fast-check";
import type { Item } from "./values.ts";

/** An expression's text with `?` in place of its values: the numbers come when the whole request is there. */
export interface Template {
  readonly text: string;
  readonly values: readonly unknown[];
}

type TemplateKind =
  | "ConditionExpression"
  | "UpdateExpression"
  | "KeyConditionExpression"
  | "FilterExpression";
type Templates = Partial<Record<TemplateKind, Template | undefined>>;

/** The request's expressions, as the SDK wants them. */
export function toExpressions(templates: Templates): object {
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

export const small = fc.integer({ min: -1, max: 3 });
export const word = fc.constantFrom("a", "ab", "b", "", "é", "～", "😀");
export const bytes = fc.constantFrom(new Uint8Array([1]), new Uint8Array([1, 2]), new Uint8Array());
const value = fc.oneof(small, word, fc.constantFrom(null, true, -2, [], {}), bytes);

export const atom = (text: string, ...values: fc.Arbitrary<unknown>[]): fc.Arbitrary<Template> =>
  fc.tuple(...values).map((drawn) => ({ text, values: drawn }));

const joined = (a: Template, word: string, b: Template): Template => ({
  text: `${a.text} ${word} ${b.text}`,
  values: [...a.values, ...b.values],
});

const grouped = (not: string, { text, values }: Template): Template => ({ text: `${not} (${text})`, values });

export const conditionAtom = fc.oneof(
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

export const { condition } = fc.letrec<{ condition: Template }>((tie) => ({
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

export const update = fc
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

export const maybeCondition = fc.option(condition, { nil: undefined, freq: 2 });
