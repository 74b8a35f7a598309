import type { OperationDefinition } from "../../functions/operation.ts";
import { requestExamples } from "../../functions/public/examples.ts";

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

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** Bodies that fill what an operation takes, in whatever its example has a text or a list. */
export function* fillingBodies(
  definition: OperationDefinition,
  limit: number,
): Generator<readonly [name: string, body: string]> {
  const example = requestExamples[definition.id] ?? {};
  for (const [path, value] of pathsOf(example)) {
    const at = path.join("/");
    const room = limit - bytesOf(replace(example, path, ""));
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
    if (value.length > 0) yield [`the same item in /${at}`, many(value[0])];
  }
}

const repeat = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / text.length));

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
