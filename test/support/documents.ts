import { globSync, readFileSync } from "node:fs";

export const readText = (path: string): string => readFileSync(path, "utf8");

/** Every page that is written for people. */
export const pages = [
  ...globSync("*.md"),
  ...globSync("docs/**/*.md"),
  ...globSync("examples/*.md"),
  ...globSync(".github/**/*.md"),
].toSorted();

/** Something that a page says, and where. */
export interface Said {
  readonly page: string;
  readonly text: string;
}

/** What a pattern finds in pages: its first group, or all of it where it has none. */
export const findSaid = (pattern: RegExp, among: readonly string[] = pages): Said[] =>
  among.flatMap((page) => [...readText(page).matchAll(pattern)].map(([all, text = all]) => ({ page, text })));

/** As GitHub makes the address of a heading. */
const addressOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-");

/** The addresses within a page. */
export const addressesIn = (page: string): string[] =>
  findSaid(/^#+ (.+)$/gm, [page]).map(({ text }) => addressOf(text));
