import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** How the house stands, for docs/architecture.md: `node infra/tools/house-figures.ts`, from any version of the tree. */
const sources = new Map(
  globSync("{functions,shared,infra}/**/*.ts").map((file) => [file, readFileSync(file, "utf8")] as const),
);

const isType = (names: string): boolean =>
  names.startsWith("type ") || /^\{(?:\s*type [^,}]+,?)+\s*\}$/.test(names);

/** What a file needs to run: imports of types alone are not among it. */
const importsOf = (file: string): string[] =>
  [...(sources.get(file) ?? "").matchAll(/^import ([^;]*?) from "(\.[^"]+)"/gm)]
    .filter(([, names = ""]) => !isType(names))
    .map(([, , to = ""]) => relative(".", join(dirname(file), to)))
    .filter((to) => sources.has(to));

/** A file with everything that runs with it. */
function pulledIn(file: string): ReadonlySet<string> {
  const found = new Set([file]);
  for (const each of found) for (const next of importsOf(each)) found.add(next);
  return found;
}

const findFile = (name: string): string => {
  const file = [...sources.keys()].find((each) => each.endsWith(`/${name}.ts`));
  if (file === undefined) throw new Error(`there is no ${name}.ts`);
  return file;
};

/** Folders of functions/ and shared/ with a file whose name has the subject in it. */
const foldersOf = (subject: RegExp): number =>
  new Set(
    [...sources.keys()]
      .filter((file) => !file.startsWith("infra/") && subject.test(file.split("/").at(-1) ?? ""))
      .map(dirname),
  ).size;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const lengths = [...sources.values()].map((text) => text.split("\n").length - 1).sort((a, b) => a - b);
const exported = [...sources].flatMap(([file, text]) =>
  [...text.matchAll(/^export (?:const|type|interface|(?:async )?function\*?|class) (\w+)/gm)].map(
    ([, name = ""]) => ({ file, name }),
  ),
);
const importers = new Map<string, number>();
for (const [file, text] of sources) {
  for (const [, names = "", to = ""] of text.matchAll(/import (?:type )?\{([^}]*)\} from "(\.[^"]+)"/g)) {
    const target = relative(".", join(dirname(file), to));
    for (const name of names.split(",").map(
      (each) =>
        each
          .trim()
          .replace(/^type /, "")
          .split(" as ")[0],
    )) {
      const key = `${target}#${name}`;
      importers.set(key, (importers.get(key) ?? 0) + 1);
    }
  }
}

const figures = {
  files: lengths.length,
  "lines of a file: median": quantile(lengths, 0.5),
  "lines of a file: 95th percentile": quantile(lengths, 0.95),
  "lines of a file: longest": lengths.at(-1),
  "folders with settlement in a name": foldersOf(/settle/),
  "folders with reconciliation in a name": foldersOf(/reconcil|difference/),
  "folders with catalogue in a name": foldersOf(/catalogue/),
  ...Object.fromEntries(
    ["settle-visit", "put-case", "reconcile-day"].map((name) => [
      `files that run with ${name}`,
      pulledIn(findFile(name)).size,
    ]),
  ),
  "exports that one file imports": exported.filter(({ file, name }) => importers.get(`${file}#${name}`) === 1)
    .length,
  "exports that no file of the product imports": exported.filter(
    ({ file, name }) => !importers.has(`${file}#${name}`),
  ).length,
};
console.table(figures);
