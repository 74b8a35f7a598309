import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  addKeys,
  dropOldLookupKey,
  followKeyFile,
  makeKeys,
  readKeyFile,
  writeKeyFile,
} from "../../../shared/personal-data/key-file.ts";
import { makePersonLookup } from "../../../shared/personal-data/person-lookup.ts";

const newPath = (): string => join(mkdtempSync(join(tmpdir(), "key-file-")), "keys.json");

describe("the key file", () => {
  test("can be read by its owner alone, and is replaced as a whole", () => {
    const path = newPath();
    writeKeyFile(path, makeKeys());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const keys = makeKeys();
    writeKeyFile(path, keys);
    expect(readKeyFile(path)).toEqual(keys);
  });

  test("is read again once it was replaced, and only then", () => {
    const path = newPath();
    const first = makeKeys();
    writeKeyFile(path, first);
    const read = followKeyFile(path);
    expect(read()).toEqual(first);
    expect(read()).toBe(read());
    const second = addKeys(first);
    writeKeyFile(path, second);
    expect(read()).toEqual(second);
  });

  test("is read again by who slept while it was replaced twice, and took the place of its own inode", () => {
    const path = newPath();
    const first = makeKeys();
    writeKeyFile(path, first);
    const read = followKeyFile(path);
    expect(read()).toEqual(first);
    const second = addKeys(first);
    writeKeyFile(path, second);
    const third = dropOldLookupKey(second);
    writeKeyFile(path, third);
    expect(read()).toEqual(third);
  });

  test("that is damaged is refused", () => {
    const path = newPath();
    writeFileSync(path, '{"encryption":{}}');
    expect(() => readKeyFile(path)).toThrow();
    expect(readFileSync(path, "utf8")).toBe('{"encryption":{}}');
  });
});

describe("people are looked up", () => {
  const keys = makeKeys();
  const lookupWith = (file = keys) => makePersonLookup(() => file.lookup);
  const hashes = (file = keys) => lookupWith(file).hashes({ idNumber: "999901198103290004" });

  test("under both keys while one replaces the other", () => {
    const both = addKeys(keys);
    const [current, before] = hashes(both);
    expect([before]).toEqual(hashes());
    expect([current]).toEqual(hashes(dropOldLookupKey(both)));
    expect(lookupWith(both).keyNames()).toContain(lookupWith().keyNames());
  });

  test("as ID or as card number, which differ", () => {
    expect(lookupWith().hashes({ cardNumber: "999901198103290004" })).not.toEqual(hashes());
  });

  test("by no function that has no key", () => {
    expect(() => makePersonLookup(() => undefined).hashes({ idNumber: "1" })).toThrow("LOOKUP_KEY");
  });
});
