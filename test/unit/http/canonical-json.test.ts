import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../shared/http/canonical-json.ts";

describe("canonical JSON", () => {
  it("is the same text whatever the order of keys, at every depth", () => {
    const text = '{"a":[{"c":1,"d":2}],"b":{"x":null,"y":"z"}}';
    expect(canonicalJson({ b: { y: "z", x: null }, a: [{ d: 2, c: 1 }] })).toBe(text);
    expect(canonicalJson({ a: [{ c: 1, d: 2 }], b: { x: null, y: "z" } })).toBe(text);
  });

  it("keeps the order of lists, which means something", () => {
    expect(canonicalJson([2, 1])).toBe("[2,1]");
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it("tells texts from numbers and null from nothing", () => {
    const texts = [{ a: 1 }, { a: "1" }, { a: null }, { a: [] }, { a: {} }, {}].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("leaves what it was given as it was", () => {
    const given = { b: 1, a: { d: 1, c: 1 } };
    canonicalJson(given);
    expect(JSON.stringify(given)).toBe('{"b":1,"a":{"d":1,"c":1}}');
  });

  it("writes numbers of the same value alike", () => {
    expect(canonicalJson(JSON.parse('{"a":1.0,"b":-0,"c":1e2}'))).toBe('{"a":1,"b":0,"c":100}');
  });
});
