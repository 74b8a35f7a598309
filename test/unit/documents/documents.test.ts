import { existsSync, globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { operations } from "../../../functions/contract/operations.ts";
import { bodyLimitOf } from "../../../functions/kit/operation.ts";
import { MAX_ITEMS_OF_PAGE, MAX_ROWS_OF_PAGE } from "../../../functions/kit/views.ts";
import { MOST_PER_HOUR } from "../../../functions/reconciliation/hourly-limit.ts";
import { settleVisitContract } from "../../../functions/settlements/settle-visit.contract.ts";
import { checkEligibilityContract } from "../../../functions/visits/check-eligibility.contract.ts";
import { registerVisitContract } from "../../../functions/visits/register-visit.contract.ts";
import { uploadChargesContract } from "../../../functions/visits/upload-charges.contract.ts";
import { MAX_LISTED } from "../../../shared/domain/reconciliation/difference.ts";
import { MAX_LINES_OF_BILL } from "../../../shared/domain/visits/check-lines.ts";
import { HISTORY_LENGTH } from "../../simulation/campaign.ts";
import { mutants } from "../../simulation/mutants.ts";
import { addressesIn, findSaid, pages, readText, type Said } from "../../support/documents.ts";

const told = (said: readonly Said[]): string[] => said.map(({ page, text }) => `${page}: ${text}`);
/** What stands between code marks. The page of licences has names of packages, and a test of its own. */
const marked = findSaid(
  /`([^`\n]+)`/g,
  pages.filter((page) => page !== "docs/licences.md"),
);

const withoutNames = (path: string): string => path.replaceAll(/\{\w+\}/g, "{}");
const routes = operations.map(({ method, path }) => `${method} ${withoutNames(path)}`);
/** Three audiences have the same operations of events and webhooks, each below its own name. */
const routesOf = (text: string): string[] =>
  text.includes("{audience}")
    ? ["hospital", "enterprise", "agency"].map((audience) => text.replace("{audience}", audience))
    : [text];

/** Names of codes and variables, and of fields and functions. */
const NAME = /(?<![\w-])(?:[A-Z]+(?:_[A-Z0-9]+)+|[A-Za-z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?![\w-])/g;
/** What AWS, npm, the SDKs and OpenAPI call things of theirs, and two forms of numbers. */
const namesOfOthers = new Set([
  ...[
    "AWS_PROFILE",
    "AccessDenied",
    "ConcurrentExecutions",
    "DisableKey",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
  ],
  ...["EBADENGINE", "TLS_1_2", "allOf", "yyMMddHHmmss"],
]);

describe("the documents name nothing that is not there:", () => {
  test("every link leads to a file, and to a heading that it has", () => {
    const links = findSaid(/\]\(([^)\s]+)\)/g).filter(({ text }) => !/^https?:/.test(text));
    expect(links.length).toBeGreaterThan(100);
    const isBroken = ({ page, text }: Said): boolean => {
      const [file = "", heading] = text.split("#");
      const path = file === "" ? page : join(dirname(page), file);
      return !existsSync(path) || (heading !== undefined && !addressesIn(path).includes(heading));
    };
    expect(told(links.filter(isBroken))).toEqual([]);
  });

  test("every file and folder", () => {
    const files = new Set(
      globSync("{docs,functions,infra,shared,test}/**/*.*").map((path) => basename(path)),
    );
    const paths = marked.filter(({ text }) => /^(docs|functions|infra|shared|test)\/[^<*]*$/.test(text));
    expect(paths.length).toBeGreaterThan(100);
    expect(told(paths.filter(({ text }) => !existsSync(text)))).toEqual([]);
    const names = marked.filter(({ text }) => /^[a-z][\w-]*\.(ts|test\.ts)$/.test(text));
    expect(told(names.filter(({ text }) => !files.has(text)))).toEqual([]);
  });

  test("every command", () => {
    const { scripts } = z.parse(
      z.object({ scripts: z.record(z.string(), z.string()) }),
      JSON.parse(readText("package.json")),
    );
    const commands = findSaid(/npm run ([\w:-]+)/g);
    expect(commands.length).toBeGreaterThan(30);
    expect(told(commands.filter(({ text }) => scripts[text] === undefined))).toEqual([]);
  });

  test("every operation, by its method and path", () => {
    const named = findSaid(/`((?:GET|POST|PUT|PATCH) \/[^\s`?]*)/g);
    expect(named.length).toBeGreaterThan(80);
    const isKnown = ({ text }: Said): boolean =>
      routesOf(text).every((route) => routes.includes(withoutNames(route)));
    expect(told(named.filter((each) => !isKnown(each)))).toEqual([]);
  });

  test("every code, variable, field and function", () => {
    const sources = globSync(["{functions,infra,shared,test}/**/*.ts", "*.json"]);
    const words = new Set(sources.flatMap((path) => readText(path).match(/\w+/g) ?? []));
    // That page shows spellings that come in, besides those that are kept.
    const names = marked
      .filter(({ page }) => page !== "docs/identifiers.md")
      .flatMap(({ page, text }) => [...text.matchAll(NAME)].map(([name]) => ({ page, text: name })));
    expect(names.length).toBeGreaterThan(400);
    const unknown = names.filter(({ text }) => !words.has(text) && !namesOfOthers.has(text));
    expect(told(unknown)).toEqual([]);
  });
});

describe("decisions", () => {
  const files = globSync("docs/adr/*.md").toSorted();
  const numberOf = (file: string): number => Number(basename(file).slice(0, 4));

  test("have a number each, from 1 on, which their heading has as well", () => {
    expect(files.map(numberOf)).toEqual(files.map((_file, place) => place + 1));
    for (const file of files) expect(readText(file), file).toMatch(new RegExp(`^# ${numberOf(file)}\\. \\S`));
  });

  test("are named by the number of the file that the link leads to", () => {
    const links = findSaid(/(\[(?:ADR|adr\/)\s?\d+\]\([^)]+\))/g);
    expect(links.length).toBeGreaterThan(15);
    const differs = ({ text }: Said): boolean => {
      const [, name, file] = /^\[\D+(\d+)\]\((?:.*\/)?(\d{4})-/.exec(text) ?? [];
      return file === undefined || Number(name) !== Number(file);
    };
    expect(told(links.filter(differs))).toEqual([]);
  });
});

const [english, chinese] = [readText("README.md"), readText("README.zh-CN.md")];

describe("README.md and README.zh-CN.md", () => {
  const commandsIn = (page: string): string[] =>
    [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = ""]) => text.replaceAll(/(^|\s+)#.*$/gm, ""));

  test("have the same commands and the same links", () => {
    expect(commandsIn(english).length).toBeGreaterThan(3);
    expect(commandsIn(chinese)).toEqual(commandsIn(english));
    const linksIn = (page: string): string[] =>
      [...new Set([...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link))].toSorted();
    const others = (page: string): string[] => linksIn(page).filter((link) => !link.startsWith("README"));
    expect(others(chinese)).toEqual(others(english));
  });

  test("have the same variables with the same defaults", () => {
    const rowsIn = (page: string): string[] =>
      [...page.matchAll(/^\| (`[A-Z_]+`.*?) \|.*\| (.*) \|$/gm)].map(([, names = "", value = ""]) =>
        [names.replace("、", ", "), ...(value.match(/`[^`]+`/g) ?? [])].join(" "),
      );
    expect(rowsIn(english).length).toBeGreaterThan(5);
    expect(rowsIn(chinese)).toEqual(rowsIn(english));
  });

  test("have a first bill that the operations take", () => {
    const bodies = [...english.matchAll(/^.*post (\/v1\/\S+) \S+ '(\{[\s\S]*?\})'/gm)].map(
      ([, path = "", text = ""]) => ({ path: path.replace("$VISIT", "{visitId}"), text }),
    );
    expect(bodies.map(({ path }) => path)).toEqual([
      checkEligibilityContract.path,
      registerVisitContract.path,
      uploadChargesContract.path,
      settleVisitContract.path,
    ]);
    for (const { path, text } of bodies) {
      const operation = operations.find((each) => each.method === "POST" && each.path === path);
      const body: unknown = JSON.parse(text);
      expect(z.safeParse(operation?.body ?? z.never(), body).error, path).toBeUndefined();
    }
  });

  test.each([
    [MAX_LINES_OF_BILL, "At most # unsettled lines", "未结算的明细最多 # 条"],
    [bodyLimitOf(registerVisitContract), "a body of # bytes", "请求体最大 # 字节"],
    [bodyLimitOf(uploadChargesContract) / 1_000_000, "(# MB for charge lines", "为 # MB；"],
    [MAX_ITEMS_OF_PAGE, "# items a page", "列表每页最多 # 条"],
    [MAX_ROWS_OF_PAGE, "# rows a page", "报表每页最多 # 行"],
    [MOST_PER_HOUR.ROUNDS, "# rounds of reconciliation", "最多发起 # 轮对账"],
    [MOST_PER_HOUR.UPLOADS, "# uploads an hour", "取得 # 个上传地址"],
    [MAX_LISTED, "lists # differences", undefined],
  ])("state among the limits what the code has: %d", (figure, inEnglish, inChinese) => {
    expect(english).toContain(inEnglish.replace("#", figure.toLocaleString("en")));
    if (inChinese !== undefined) expect(chinese).toContain(inChinese.replace("#", String(figure)));
  });
});

describe("docs/simulation.md", () => {
  const page = readText("docs/simulation.md");

  test("says how many bugs are planted, and how long a history is", () => {
    expect(page).toContain(`plants ${Object.keys(mutants).length} bugs`);
    expect(page).toContain(`A history has ${HISTORY_LENGTH} deeds`);
  });

  test("says how many steps `npm test` plays", () => {
    const source = readText("test/simulation/simulation.test.ts");
    const stepsOf = (name: string): number =>
      Number(new RegExp(`const ${name} = ([\\d_]+);`).exec(source)?.[1]?.replaceAll("_", ""));
    const [same, ofTheDay, onEngine] = ["MEMORY_STEPS", "STEPS_OF_THE_DAY", "ENGINE_STEPS"].map(stepsOf);
    const figures = [(same ?? 0) + (ofTheDay ?? 0), ofTheDay, onEngine].map((each) =>
      each?.toLocaleString("en"),
    );
    expect(page).toContain(
      `plays ${figures[0]} steps in memory, ${figures[1]} of them from seeds of the day, and ${figures[2]} on the real engine`,
    );
  });
});
