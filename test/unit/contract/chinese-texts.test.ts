import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const HALF_WIDTH = /\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}|\((?=\p{Script=Han}[^()"`]*\))/u;
const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);

/** Lines that users read, with their places; code in Markdown is code. */
function linesOf(path: string): readonly (readonly [place: string, line: string])[] {
  const text = readFileSync(path, "utf8");
  const isPage = path.endsWith(".md");
  const read = isPage
    ? text.replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) => code.replace(/[^\n]/g, " "))
    : text;
  return read
    .split("\n")
    .map((line, index) => [`${path}:${index + 1}`, isPage || !isComment(line) ? line : ""] as const);
}

const sources = globSync(["{shared,functions,infra}/**/*.ts"]);
const pages = ["README.zh-CN.md", "SECURITY.md", "docs/no-answer.md", "docs/webhooks.md"];

describe("Chinese that users read", () => {
  it.each([
    ["messages and the contract", sources],
    ["pages", pages],
  ])("has full-width punctuation: %s", (_, paths) => {
    const lines = paths.flatMap(linesOf);
    expect(lines.filter(([, line]) => /\p{Script=Han}/u.test(line)).length).toBeGreaterThan(50);
    expect(lines.filter(([, line]) => HALF_WIDTH.test(line)).map(([place]) => place)).toEqual([]);
  });

  it("calls one thing by one word", () => {
    const lines = [...sources, ...pages].flatMap(linesOf);
    const other = /答复|回应|报文号|回调|知情书|当面结清|遮盖|社会保障卡号|裸引擎|各管各的/;
    expect(lines.filter(([, line]) => other.test(line)).map(([place]) => place)).toEqual([]);
  });
});
