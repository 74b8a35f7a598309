import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync("docs/access-patterns.md", "utf8");
const named = new Set(page.match(/(?<=`)[a-z]\w+(?=`)/g));
/** What the functions that read are made of, and no patterns of their own. */
const means = ["shared/store/kit/read.ts", "shared/store/kit/packed-parts.ts"];
const sources = globSync("shared/store/**/*.ts").filter((path) => !means.includes(path));
const exported = sources.flatMap((path) =>
  [...readFileSync(path, "utf8").matchAll(/^export (?:const|(?:async )?function\*?) ([a-zA-Z]\w+)/gm)].map(
    ([, name = ""]) => name,
  ),
);
const isReading = (name: string): boolean => /^(find|read|has|is)[A-Z]/.test(name);

describe("docs/access-patterns.md", () => {
  it("has every function of the store that reads", () => {
    const reading = exported.filter(isReading);
    expect(reading).toEqual(expect.arrayContaining(["findVisitRecord", "readFundEntries", "findStays"]));
    expect(reading.filter((name) => !named.has(name))).toEqual([]);
  });

  it("names no function that the store does not have", () => {
    const known = new Set(exported);
    expect([...named].filter((name) => isReading(name) && !known.has(name))).toEqual([]);
  });
});
