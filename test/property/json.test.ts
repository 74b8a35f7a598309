import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../shared/http/canonical-json.ts";
import { parseJson } from "../../shared/http/parse-json.ts";

/** A JSON value whose texts look like numbers as often as not; its own numbers are short. */
const text = fc.oneof(fc.string(), fc.stringMatching(/^[-:,[ "\\]{0,3}\d{14,20}$/));
const json = fc.jsonValue({ stringUnit: "binary" });
const { tree: body } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.constant(null),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(text, tie("tree"), { maxKeys: 4 }),
  ),
}));

/** The value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
}

const digitsOf = (source: string): number =>
  (source.split(/e/i)[0] ?? "").replace(/[-.]/g, "").replace(/^0+/, "").length;

/** Slow and plain: JSON.parse tells its reviver how each number was written. */
function referenceParse(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" && digitsOf(context?.source ?? "") > 15 ? context?.source : value;
  try {
    return { kind: "VALUE", value: JSON.parse(text, keep) };
  } catch {
    return { kind: "NOT_JSON" };
  }
}

describe("a body", () => {
  it("without long numbers is read as JSON reads it, whatever its texts look like", () => {
    fc.assert(
      fc.property(body, fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const written = JSON.stringify(value, null, indent);
        expect(parseJson(written)).toEqual({ kind: "VALUE", value: JSON.parse(written) });
      }),
      { numRuns: 500 },
    );
  });

  it("with a long number has it as text in its place, and everything else as it was", () => {
    const long = fc.stringMatching(/^-?[1-9]\d{15,20}(\.\d{1,5})?$/);
    fc.assert(
      fc.property(body, long, body, (before, number, after) => {
        const [first, last] = [JSON.stringify(before), JSON.stringify(after)];
        expect(parseJson(`[${first},${number},${last}]`)).toEqual({
          kind: "VALUE",
          value: [JSON.parse(first), number, JSON.parse(last)],
        });
      }),
      { numRuns: 500 },
    );
  });

  it("is read as a parser of JSON reads it that is asked for every literal by itself", () => {
    const literal = fc.oneof(
      fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/),
      fc.stringMatching(/^[-+.0-9eE]{1,24}$/),
      fc.constantFrom("true", "null", '"1234567890123456"', '"a\\":1234567890123456"', "{}", "[]"),
    );
    const glue = fc.constantFrom(
      ",",
      ":",
      "[",
      "]",
      "{",
      "}",
      " ",
      '"',
      "\\",
      '{"a":',
      '"1234567890123456":',
      ",\n",
    );
    const written = fc.array(fc.oneof(literal, glue), { maxLength: 12 }).map((parts) => parts.join(""));
    const listed = fc.array(literal, { maxLength: 5 }).map((parts) => `[${parts.join(" , ")}]`);
    fc.assert(
      fc.property(fc.oneof(written, listed), (text) => {
        const parsed = parseJson(text);
        const expected = referenceParse(text);
        if (parsed.kind === "NAMED_TWICE") return;
        expect(parsed).toEqual(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it("is read or refused, whatever the bytes, and never breaks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (written) => {
        expect(["VALUE", "NOT_JSON"]).toContain(parseJson(written).kind);
      }),
    );
  });
});

describe("canonical JSON", () => {
  it("says the same whatever the order of keys, and loses nothing", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });
});
