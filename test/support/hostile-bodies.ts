import { requestExamples } from "../../functions/contract/examples.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";

type Path = readonly (string | number)[];

/** Texts that a check may be slow at, each repeated until the body is full. */
const units = {
  letters: "x",
  digits: "1",
  "spaced digits": "1 - ",
  "full-width digits": "９",
  characters: "工",
  blanks: " ",
  "joined letters": "e\u0301",
};

function* pathsOf(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  yield [path, value];
  if (Array.isArray(value)) yield* pathsOf(value[0], [...path, 0]);
  else if (typeof value === "object" && value !== null)
    for (const [name, part] of Object.entries(value)) yield* pathsOf(part, [...path, name]);
}

function replace(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return [replace(value[0], rest, by), ...value.slice(1)];
  return { ...Object(value), [first]: replace(Object(value)[first], rest, by) };
}

/** Below what one body may have of values and of different names, the names of an operation's own among them. */
const VALUES = 99_000;
const NAMES = 160;

/** As many unknown fields as may be, in an order of its own for each offset. */
const unknownFields = (offset: number) =>
  Object.fromEntries(
    Array.from({ length: NAMES }, (_, index) => [`f${(offset * 7 + index * 11) % NAMES}`, 1]),
  );

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** Bodies that fill what an operation takes, in whatever its example has a text or a list. */
export function* fillingBodies(
  definition: OperationContract,
  limit: number,
): Generator<readonly [name: string, body: string]> {
  const example = requestExamples[definition.id] ?? {};
  for (const [path, value] of pathsOf(example)) {
    const at = path.join("/");
    const room = limit - bytesOf(replace(example, path, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      yield [
        `unknown fields in /${at}`,
        JSON.stringify(replace(example, path, { ...value, ...unknownFields(0) })),
      ];
    if (typeof value === "string")
      for (const [name, unit] of Object.entries(units)) {
        const text = unit.repeat(Math.floor(room / Buffer.byteLength(unit)));
        yield [`${name} in /${at}`, JSON.stringify(replace(example, path, text))];
      }
    if (!Array.isArray(value)) continue;
    const many = (item: unknown) => {
      const count = Math.min(99_000, Math.floor((room - 2) / bytesOf(item)));
      return JSON.stringify(
        replace(
          example,
          path,
          Array.from({ length: count }, () => item),
        ),
      );
    };
    yield [`wrong items in /${at}`, many(0)];
    yield [`empty objects in /${at}`, many({})];
    const most = Math.min(VALUES / NAMES, (room - 2) / bytesOf(unknownFields(0)));
    const objects = Array.from({ length: Math.floor(most) }, (_, index) => unknownFields(index));
    yield [`objects of unknown fields in /${at}`, JSON.stringify(replace(example, path, objects))];
    yield [
      `500 objects of unknown fields in /${at}`,
      JSON.stringify(replace(example, path, objects.slice(0, 500))),
    ];
    if (value.length > 0) yield [`the same item in /${at}`, many(value[0])];
  }
}

const repeat = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / text.length));
/** The same, with so many values in each, and below the limit of values. */
const repeatValues = (text: string, bytes: number, valuesEach: number): string =>
  text.repeat(Math.min(Math.floor(bytes / text.length), Math.floor(VALUES / valuesEach)));

/** Bodies of so many bytes that have nothing to do with any operation. */
export const strangeBodies = (bytes: number): Readonly<Record<string, string>> => ({
  "zeros and a long number": `[${repeat("0,", bytes - 30)}1234567890123456]`,
  "long numbers": `[${repeat("1234567890123456,", bytes - 30)}1]`,
  "one long number": `{"a":${repeat("1", bytes - 30)}}`,
  "a long fraction": `{"a":0.${repeat("0", bytes - 30)}1}`,
  "unknown fields": `{${Array.from({ length: Math.floor(bytes / 12) }, (_, i) => `"f${i}":1`).join(",")}}`,
  "one field again and again": `{${repeat('"a":1,', bytes - 30)}"a":1}`,
  "nested lists": repeat("[", bytes / 2) + repeat("]", bytes / 2),
  "nested objects": repeat('{"a":', bytes),
  "nested lists side by side": `[${repeat(`${"[".repeat(30)}${"]".repeat(30)},`, bytes - 90)}1]`,
  escapes: `{"a":"${repeat("\\u5de5", bytes - 30)}"}`,
  "escapes of halves": `{"a":"${repeat("\\ud83d\\ude00", bytes - 30)}"}`,
  "texts with halves": `[${repeat('"\\ud83d\\ude00",', bytes - 30)}1]`,
  quotes: `{"a":"${repeat('\\"', bytes - 30)}"}`,
  blanks: `[1${repeat(" ", bytes - 30)}]`,
  "numbers and blanks": repeat(`1234567890123456${" ".repeat(84)}`, bytes),
  "empty texts": repeat('""', bytes),
  "a text without an end": `{"a":"${repeat("x", bytes - 30)}`,
  "empty objects": `[${repeat("{},", bytes - 30)}{}]`,
});

/** Bodies of at most so many bytes that are just below every other limit. */
export const fullBodies = (bytes: number): Readonly<Record<string, string>> => ({
  "as many zeros as may be": `[${repeatValues("0,", bytes - 30, 1)}0]`,
  "as many long numbers as may be": `[${repeatValues("1234567890123456,", bytes - 30, 1)}1]`,
  "as many texts with halves as may be": `[${repeatValues('"\\ud83d\\ude00",', bytes - 30, 1)}1]`,
  "lists as deep as may be": `[${repeatValues(`${"[".repeat(31)}${"]".repeat(31)},`, bytes - 90, 32)}1]`,
  "objects as deep as may be": `[${repeatValues(`${'{"a":'.repeat(30)}{}${"}".repeat(30)},`, bytes - 300, 32)}1]`,
  "objects of as many fields as may be": `[${repeatValues(`${JSON.stringify(unknownFields(0))},`, bytes - 30, NAMES + 1)}1]`,
  "as many objects as may be": `[${repeatValues('{"a":1},', bytes - 30, 2)}{}]`,
});
