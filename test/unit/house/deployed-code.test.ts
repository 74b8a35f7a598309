import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { operations } from "../../../functions/contract/operations.ts";
import { parseJson } from "../../../shared/http/parse-json.ts";

/** What is deployed: every file that a function may be made of. */
const sources = globSync(["functions/**/*.ts", "shared/**/*.ts"]).map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));
const filesWith = (pattern: RegExp): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

describe("what is deployed", () => {
  test.each([
    ["starts another program", /node:child_process|\bexecFile?\(|\bspawn(?:Sync)?\(/],
    ["makes code of text", /\beval\(|new Function\(|node:vm|\bFunction\("|import\(\s*[^")\s]/],
    ["makes a regular expression of text", /\bRegExp\(/],
    ["reads XML, YAML or objects of other programs", /xml|yaml|node:v8|deserialize\(/i],
    [
      "knows a directory of people, a mail server or a cache of others",
      /\b(?:ldap|smtp|imap|nodemailer|memcached?|redis)\b/i,
    ],
    ["sets a cookie", /cookie/i],
    ["turns off a check of TLS", /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/],
  ])("nothing %s", (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  test("the patterns would find what they look for", () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(filesWith(/node:crypto/).length).toBeGreaterThan(5);
    expect(/\beval\(/.test("return eval(text)")).toBe(true);
    expect(/import\(\s*[^")\s]/.test("await import(name)")).toBe(true);
    expect(/import\(\s*[^")\s]/.test('await import("./folder.ts")')).toBe(false);
  });

  test("the statements of SQL are constants, and values are bound to them", () => {
    const statements = sources.flatMap(({ text }) =>
      [...text.matchAll(/\.(?:prepare|exec)\(\s*([`"])([\s\S]*?)\1/g)].map(([, , sql = ""]) => sql),
    );
    expect(statements.length).toBeGreaterThan(6);
    const inserted = statements.flatMap((sql) => [...sql.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name));
    expect([...new Set(inserted)]).toEqual(["select", "CACHE_KIBIBYTES"]);
  });
});

describe("names that mean something in JavaScript", () => {
  const hostile =
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"polluted":true}';

  test.each(operations)("$id: are no way into other objects", ({ params, query, body }) => {
    for (const schema of [params, query, body]) {
      const read = parseJson(hostile);
      const parsed = z.safeParse(schema, read.kind === "VALUE" ? read.value : undefined);
      expect(parsed.success && Object(parsed.data).polluted).not.toBe(true);
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Reflect.get([], "polluted")).toBeUndefined();
  });
});
