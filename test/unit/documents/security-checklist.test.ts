import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { asvsLevels } from "../../fixtures/asvs-ids.ts";

const checklist = readFileSync("docs/security-checklist.md", "utf8");
const asvs = readFileSync("docs/asvs.md", "utf8");

/** As the pages name them: `file` "name". */
const proofsIn = (page: string) =>
  [...page.matchAll(/`(test\/[\w./-]+\.test\.ts)` "([^"]+)"/g)].map(([, file = "", name = ""]) => ({
    file,
    name,
  }));
const proofs = [
  ...new Map(
    [...proofsIn(checklist), ...proofsIn(asvs)].map((proof) => [`${proof.file} ${proof.name}`, proof]),
  ).values(),
];

test.each(proofs)("names a test that exists: $file $name", ({ file, name }) => {
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain(`"${name}"`);
});

describe("OWASP's API list", () => {
  const rows = checklist.split("\n").filter((line) => /^\| API\d/.test(line));

  test("has all ten points, each once", () => {
    expect(rows.map((row) => /^\| (API\d+:2023) /.exec(row)?.[1])).toEqual(
      Array.from({ length: 10 }, (_, index) => `API${index + 1}:2023`),
    );
  });

  test("is proved point by point", () => {
    expect(rows.filter((row) => proofsIn(row).length === 0)).toEqual([]);
  });
});

/** What an answer is made of: tests, and reasons by their kind. */
const PART = /^(?:`(test)\/[\w./-]+\.test\.ts` "[^"]+"|(does not apply|operator|documented|NOT MET): \S.*)$/;
const kindOf = (part: string): string | undefined => {
  const [, isTest, reason] = PART.exec(part) ?? [];
  return isTest ?? reason;
};

const rows = asvs
  .split("\n")
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const [, names = "", level = "", what = "", answer = ""] = line.split(/ ?\| ?/);
    const kinds = answer.split(" · ").map(kindOf);
    const ids = names
      .split(", ")
      .flatMap((name) =>
        name.endsWith(".*")
          ? [...asvsLevels.keys()].filter((id) => id.startsWith(name.slice(0, -1)))
          : [name],
      );
    return { line, names, level, what, answer, kinds, ids };
  });

describe("ASVS 5.0.0, levels 1 and 2", () => {
  test("has 70 requirements of level 1 and 183 of level 2", () => {
    const levels = [...asvsLevels.values()];
    expect([1, 2].map((level) => levels.filter((each) => each === level).length)).toEqual([70, 183]);
  });

  test("has one answer for each requirement, and for nothing else", () => {
    const answered = rows.flatMap(({ ids }) => ids);
    const inOrder = (ids: Iterable<string>) => [...ids].sort();
    expect(inOrder(answered)).toEqual(inOrder(asvsLevels.keys()));
    expect(rows.filter(({ ids }) => ids.length === 0)).toEqual([]);
  });

  test("says the level of each, and in a few words what it is about", () => {
    for (const { names, level, what, ids } of rows) {
      const levels = [...new Set(ids.map((id) => asvsLevels.get(id)))].sort();
      expect([names, level]).toEqual([names, levels.join(", ")]);
      expect([names, what.split(" ").length <= 6 && what !== ""]).toEqual([names, true]);
    }
  });

  test("answers by tests, or says of which kind the answer is", () => {
    expect(rows.filter(({ kinds }) => kinds.includes(undefined)).map(({ line }) => line)).toEqual([]);
  });

  test("counts what is proved, what does not apply, what others do, what is written, and what is not met", () => {
    const kinds = ["test", "does not apply", "operator", "documented", "NOT MET"];
    const counts = new Map(kinds.map((kind) => [kind, 0]));
    for (const { kinds: own, ids } of rows) {
      // A requirement that is met in part is not met; else the first part of an answer says what it is.
      const kind = (own.includes("NOT MET") ? "NOT MET" : own[0]) ?? "";
      counts.set(kind, (counts.get(kind) ?? 0) + ids.length);
    }
    const stated = /^\| test \|.+\| all \|\n\|[-|]+\|\n(.+)$/m.exec(asvs)?.[1];
    expect(stated).toBe(`| ${[...counts.values()].join(" | ")} | ${asvsLevels.size} |`);
  });

  test("leads to pages that are there, and to headings that they have", () => {
    const links = [...asvs.matchAll(/\]\(([^):]+\.md)(?:#([\w-]+))?\)/g)];
    expect(links.length).toBeGreaterThan(10);
    for (const [, file = "", heading] of links) {
      const path = join(dirname("docs/asvs.md"), file);
      expect([path, existsSync(path)]).toEqual([path, true]);
      if (heading === undefined) continue;
      const headings = [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
        text
          .toLowerCase()
          .replaceAll(/[^\w -]/g, "")
          .replaceAll(" ", "-"),
      );
      expect(headings, path).toContain(heading);
    }
  });
});
