import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { readText } from "../../support/documents.ts";
import { freePort } from "../../support/free-port.ts";

const PAGE = "docs/corrections.md";
/** Where the page's service listens, which every command derives from. */
const PAGES_URL = "http://127.0.0.1:8787";

interface Section {
  readonly heading: string;
  readonly commands: string;
  /** What the page says that they answer, in this order. */
  readonly answers: readonly unknown[];
}

const blockOf = (text: string, language: string): string | undefined =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "m").exec(text)?.[1];

const linesOf = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));

const sections: readonly Section[] = readText(PAGE)
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    heading: text.split("\n")[0] ?? "",
    commands: blockOf(text, "sh") ?? "",
    answers: linesOf(blockOf(text, "json") ?? ""),
  }));
const toBegin = sections.find(({ heading }) => heading.includes("To begin"));
const situations = sections.filter(({ answers }) => answers.length > 0);

/** `…` stands for any text. */
const toPattern = (said: unknown): unknown => {
  if (said === "…") return expect.any(String);
  if (Array.isArray(said)) return said.map(toPattern);
  if (typeof said !== "object" || said === null) return said;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(said).map(([name, value]) => [name, toPattern(value)])),
  );
};

const Refusal = z.looseObject({ status: z.number(), code: z.string(), errors: z.array(z.unknown()) });
const isRefusal = (answer: unknown): boolean => z.safeParse(Refusal, answer).success;

const isSaidRefusal = (said: unknown): boolean =>
  z.safeParse(z.looseObject({ status: z.number(), code: z.string() }), said).success;

function isMatch(answer: unknown, pattern: unknown): boolean {
  try {
    expect(answer).toEqual(pattern);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), "corrections-page-"));
let service: ChildProcess;
let url = "";

/** What commands print when they are pasted into bash after those of the beginning. */
async function paste(commands: string): Promise<unknown[]> {
  const script = `${toBegin?.commands}\n${commands}`.replaceAll(PAGES_URL, url);
  const { stdout } = await promisify(execFile)("bash", ["-c", script]);
  return linesOf(stdout);
}

/** Running the service takes Node alone; pasting the page's commands takes these. */
const hasCommands = spawnSync("bash", ["-c", "command -v curl && command -v sed"]).status === 0;

describe.skipIf(!hasCommands)(
  "docs/corrections.md, beside a fresh `npm start` (skipped without bash, curl and sed)",
  () => {
    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      service = spawn(process.execPath, ["infra/local/start.ts"], {
        env: { ...process.env, PORT: String(port), DATA_DIR: folder },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      service.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
      });
      await vi.waitFor(() => expect(said).toContain("Ctrl-C"), { timeout: 170_000 });
    });

    afterAll(async () => {
      const ended = once(service, "exit");
      service.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    });

    test("has commands and answers for every situation of its table", () => {
      const [, table = ""] = readText(PAGE).split("| 情况 · situation");
      const named = [...(table.split("\n\n")[0]?.matchAll(/\[(\d+)\]\(#/g) ?? [])].map(
        ([, number]) => number,
      );
      const commanded = situations.map(({ heading }) => heading.split(".")[0]);
      expect(commanded.length).toBeGreaterThanOrEqual(10);
      expect(named).toEqual([...commanded, String(commanded.length + 1)]);
      expect(sections.filter(({ commands }) => commands !== "")).toEqual([toBegin, ...situations]);
    });

    test.each(situations)(
      "$heading: the commands answer what the page says",
      async ({ commands, answers }) => {
        const printed = await paste(commands);
        const patterns = answers.map(toPattern);
        const met = printed.reduce<number>(
          (place, answer) =>
            patterns[place] !== undefined && isMatch(answer, patterns[place]) ? place + 1 : place,
          0,
        );
        expect({ printed, next: patterns[met] }).toEqual({ printed, next: undefined });
        expect(printed.filter(isRefusal)).toHaveLength(answers.filter(isSaidRefusal).length);
      },
    );
  },
);
