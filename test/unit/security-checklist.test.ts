import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const page = readFileSync("docs/security-checklist.md", "utf8");
/** As the page names them: `file` "name". */
const proofs = [...page.matchAll(/`(test\/[\w./-]+\.test\.ts)` "([^"]+)"/g)].map(
  ([, file = "", name = ""]) => ({
    file,
    name,
  }),
);
const points = [...page.matchAll(/^\| (API\d+:2023|V\d+(?:\.\d+)?) /gm)].map(([, id = ""]) => id);

describe("the security checklist", () => {
  test.each(proofs)("names a test that exists: $file $name", ({ file, name }) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(`"${name}"`);
  });

  test("has all ten points of OWASP's API list and all seventeen chapters of ASVS 5.0", () => {
    for (let point = 1; point <= 10; point += 1) expect(points).toContain(`API${point}:2023`);
    for (let chapter = 1; chapter <= 17; chapter += 1) {
      expect(points.some((id) => id === `V${chapter}` || id.startsWith(`V${chapter}.`))).toBe(true);
    }
  });

  test("proves each point or says why it does not apply", () => {
    const rows = page.split("\n").filter((line) => /^\| (API|V)\d/.test(line));
    const bare = rows.filter(
      (row) => !/`test\/[\w./-]+` "/.test(row) && !/does not apply|the operator's/.test(row),
    );
    expect(bare).toEqual([]);
  });
});
