import { describe, expect, it } from "vitest";
import { parseJson } from "../../../shared/http/parse-json.ts";

const read = (value: unknown) => ({ kind: "VALUE", value });
/** Fifteen significant digits are exact in a double, whatever they are; more may not be. */
const literals = {
  exact: [
    "123456789012345",
    "-123456789012345",
    "0.123456789012345",
    "1234567.89012345",
    "0.00000000000000000000000001",
    "-0.00000123456789012345",
    "123456789012345e10",
    "1.23456789012345E-7",
    "0",
    "-0.0",
  ],
  long: [
    "1234567890123456",
    "-1234567890123456",
    "0.1234567890123456",
    "1234567890.123456",
    "99999999999999.99",
    "1.234567890123456e5",
    "1.234567890123456E-5",
    "12345678901234567890",
    "1.0000000000000000",
  ],
};
const around = (literal: string): string[] => [
  literal,
  `{"a":${literal}}`,
  `[1,${literal}]`,
  `[${literal}]`,
  `{"a":\t\n ${literal} }`,
];

describe("JSON that names a field twice in one object", () => {
  it.each([
    '{"amount":"1.00","amount":"2.00"}',
    '{"a":{"b":1,"b":1}}',
    '[{"a":1},{"a":1,"a" : 2}]',
    '{"a":1,"\\u0061":2}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
  ])("is refused: %s", (text) => {
    expect(parseJson(text)).toEqual({ kind: "NAMED_TWICE" });
  });

  it.each([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    '{"a":"\\"b\\":","b":"x\\\\","c":"{\\"c\\":1}"}',
    '["x",":",{"y":"\\\\\\":"}]',
    '{"__proto__":1,"constructor":2}',
  ])("is not told from what only looks so: %s", (text) => {
    expect(parseJson(text)).toEqual(read(JSON.parse(text)));
  });
});

describe("JSON", () => {
  it.each(["{}", "[]", '"text"', "null", "12.5", '{"a":[1,2.50,-3,{"b":null}]}', ' {\n"a": 1e3}'])(
    "%j is read",
    (text) => {
      expect(parseJson(text)).toEqual(read(JSON.parse(text)));
    },
  );

  it.each(["", "{", "{a:1}", "{'a':1}", '{"a":1,}', "undefined", "01", "NaN", '{"a":"\n"}', "{} {}"])(
    "%j is none",
    (text) => {
      expect(parseJson(text)).toEqual({ kind: "NOT_JSON" });
    },
  );

  it("is none where a long number is none", () => {
    for (const text of ["01234567890123456", "1234567890123456.", "[12345678901234567"]) {
      expect(parseJson(text)).toEqual({ kind: "NOT_JSON" });
    }
  });
});

describe("a text of more than any message has", () => {
  it("is refused by its levels, of lists and of objects, before it is parsed", () => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(parseJson(nested(32)).kind).toBe("VALUE");
    expect(parseJson(nested(33))).toEqual({ kind: "TOO_DEEP" });
    expect(parseJson('{"a":'.repeat(33))).toEqual({ kind: "TOO_DEEP" });
  });

  it("is refused by its values, and what only looks so within a text is not", () => {
    expect(parseJson(`[${"1,".repeat(99_998)}1]`).kind).toBe("VALUE");
    expect(parseJson(`[${"1,".repeat(100_000)}1]`)).toEqual({ kind: "TOO_MANY" });
    expect(parseJson(JSON.stringify(["[{,".repeat(100_000)])).kind).toBe("VALUE");
  });
});

describe("a text of more different names of fields than any message has", () => {
  const objectOf = (names: readonly string[]) => `{${names.map((name) => `"${name}":1`).join(",")}}`;
  const namesFrom = (start: number, count: number) =>
    Array.from({ length: count }, (_, index) => `f${start + index}`);

  it("is refused before it is parsed, whether one object has them or several", () => {
    expect(parseJson(objectOf(namesFrom(0, 200))).kind).toBe("VALUE");
    expect(parseJson(`${objectOf(namesFrom(0, 201)).slice(0, -1)},no JSON`)).toEqual({
      kind: "TOO_MANY_NAMES",
    });
    const several = [namesFrom(0, 100), namesFrom(100, 100), namesFrom(200, 1)].map(objectOf);
    expect(parseJson(`[${several.slice(0, 2).join(",")}]`).kind).toBe("VALUE");
    expect(parseJson(`[${several.join(",")}]`)).toEqual({ kind: "TOO_MANY_NAMES" });
  });

  it("is told from one that has the same names again and again, or as texts", () => {
    const same = objectOf(namesFrom(0, 150));
    expect(parseJson(`[${Array.from({ length: 600 }, () => same).join(",")}]`).kind).toBe("VALUE");
    expect(parseJson(JSON.stringify(namesFrom(0, 1_000))).kind).toBe("VALUE");
  });
});

describe("a number", () => {
  it.each(literals.exact)("of at most fifteen significant digits is a number: %s", (literal) => {
    for (const text of around(literal)) expect(parseJson(text)).toEqual(read(JSON.parse(text)));
  });

  it.each(literals.exact)("of at most fifteen significant digits is one beside a long one: %s", (literal) => {
    expect(parseJson(`[${literal},1234567890123456]`)).toEqual(read([Number(literal), "1234567890123456"]));
  });

  it.each(literals.long)("of more significant digits is the text that was sent: %s", (literal) => {
    for (const text of around(literal)) {
      expect(parseJson(text)).toEqual(read(JSON.parse(text.replace(literal, `"${literal}"`))));
    }
  });

  it("is read at every depth, each by itself", () => {
    expect(parseJson('{"a":[{"b":1234567890123456},1,1234567890123457]}')).toEqual(
      read({ a: [{ b: "1234567890123456" }, 1, "1234567890123457"] }),
    );
  });

  it("within a text is a part of it, whatever stands around it", () => {
    for (const value of [
      "1234567890123456789",
      ":1234567890123456789",
      ", 1234567890123456789",
      'a "quoted" :1234567890123456789',
      "ends in a backslash \\",
      'a backslash before a quote \\":1234567890123456789',
      "\u2028,1234567890123456789",
    ]) {
      const body = { [value]: value, last: [value, 1, true, null] };
      expect(parseJson(JSON.stringify(body))).toEqual(read(body));
    }
  });

  it("is read in a body as large as one may be", () => {
    const name = '"'.repeat(2_000_000);
    const parsed = parseJson(JSON.stringify({ name, a: 0 }).replace('"a":0', '"a":1234567890123456'));
    // Compared as a whole: a difference in four million characters is nothing to print.
    expect(JSON.stringify(parsed) === JSON.stringify(read({ name, a: "1234567890123456" }))).toBe(true);
  });
});
