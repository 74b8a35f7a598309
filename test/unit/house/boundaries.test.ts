import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";

/**
 * A linter that is configured wrongly passes everything, silently. Every boundary is therefore broken here once, in
 * a copy of the configuration, and kept once.
 */
interface Sample {
  readonly what: string;
  readonly file: string;
  readonly source: string;
}

const IMPORTS = "lint/style/noRestrictedImports";
const GLOBALS = "lint/style/noRestrictedGlobals";
const sample = (what: string, file: string, source: string): Sample => ({ what, file, source });
const importing = (what: string, file: string, from: string): Sample =>
  sample(what, file, `import { thing } from "${from}";\n\nexport const other = thing + 1;\n`);
const broken = (rule: string, ...samples: Sample[]) => samples.map((each) => ({ ...each, rule }));

const brokenForBiome = [
  ...broken(
    IMPORTS,
    importing("the domain imports the store", "shared/domain/a1.ts", "../store/kit/keys.ts"),
    importing("the domain imports the configuration", "shared/domain/a2.ts", "../config.ts"),
    importing(
      "the domain imports the store from a subfolder",
      "shared/domain/visits/a3.ts",
      "../../store/kit/keys.ts",
    ),
    importing(
      "the domain imports the configuration from a subfolder",
      "shared/domain/visits/a4.ts",
      "../../config.ts",
    ),
    importing("the domain imports a node module", "shared/domain/a5.ts", "node:crypto"),
    importing("the domain imports a package", "shared/domain/visits/a6.ts", "@aws-sdk/client-dynamodb"),
    importing("the domain climbs out by a detour", "shared/domain/a7.ts", "./visits/../../store/kit/keys.ts"),
    importing(
      "the domain climbs out by a longer detour",
      "shared/domain/visits/a8.ts",
      "../settlements/../../store/kit/keys.ts",
    ),
    sample(
      "the domain imports a type of the store",
      "shared/domain/a9.ts",
      'import type { Thing } from "../store/kit/keys.ts";\n\nexport const thing: Thing = 1;\n',
    ),
    sample(
      "the domain imports at run time",
      "shared/domain/b1.ts",
      'export const thing = await import("node:fs");\n',
    ),
    importing("http imports the store", "shared/http/c1.ts", "../store/kit/keys.ts"),
    importing("http imports the DynamoDB client", "shared/http/c2.ts", "@aws-sdk/client-dynamodb"),
    importing(
      "http imports an operation",
      "shared/http/c3.ts",
      "../../functions/settlements/settle-visit.ts",
    ),
    importing("logging imports the store", "shared/observability/c4.ts", "../store/kit/keys.ts"),
    importing("the store imports http", "shared/store/d1.ts", "../http/response.ts"),
    importing(
      "the store imports an operation",
      "shared/store/d2.ts",
      "../../functions/contract/operations.ts",
    ),
    importing("the store imports infra", "shared/store/d3.ts", "../../infra/local/engine.ts"),
    importing("the table schema imports anything", "shared/store/kit/table-schema.ts", "./keys.ts"),
    importing(
      "the configuration imports an operation",
      "shared/config.ts",
      "../functions/contract/operations.ts",
    ),
    importing("a function imports infra", "functions/visits/e1.ts", "../../infra/local/engine.ts"),
    importing("a function imports the DynamoDB client", "functions/visits/e2.ts", "@aws-sdk/lib-dynamodb"),
    importing("an operation imports an entry", "functions/visits/e3.ts", "../entry/hospital.ts"),
    importing("the kit imports an operation", "functions/kit/e8.ts", "../visits/get-visit.ts"),
    sample(
      "a job commits what leaves no entry in the audit trail",
      "functions/settlements/e6.ts",
      'import { commitTransaction } from "../../shared/store/kit/transaction.ts";\n\nexport const other = commitTransaction;\n',
    ),
    sample(
      "an operation commits what leaves no entry in the audit trail",
      "functions/visits/e7.ts",
      'import { commitTransaction } from "../../shared/store/kit/transaction.ts";\n\nexport const other = commitTransaction;\n',
    ),
    importing("a job imports infra", "functions/settlements/e4.ts", "../../infra/local/engine.ts"),
    importing(
      "a function imports test code",
      "functions/settlements/e5.ts",
      "../../test/support/builders.ts",
    ),
    importing("the CDK app imports a handler", "infra/aws/f1.ts", "../../functions/entry/hospital.ts"),
    importing("the CDK app imports the domain", "infra/aws/stacks/f2.ts", "../../../shared/domain/money.ts"),
    importing("the CDK app imports the store", "infra/aws/stacks/f3.ts", "../../../shared/store/kit/keys.ts"),
    importing("the CDK app imports the local machine", "infra/aws/f4.ts", "../local/engine.ts"),
    importing(
      "the local machine imports an operation",
      "infra/local/f5.ts",
      "../../functions/settlements/settle-visit.ts",
    ),
    importing("the local machine imports the store", "infra/local/f6.ts", "../../shared/store/kit/keys.ts"),
    importing("the local machine imports the CDK app", "infra/local/f7.ts", "../aws/app.ts"),
  ),
  ...broken(
    "plugin",
    sample("the domain reads the clock", "shared/domain/g1.ts", "export const now = () => Date.now();\n"),
    sample("the domain makes a date of now", "shared/domain/g2.ts", "export const now = () => new Date();\n"),
    sample("the domain writes the time", "shared/domain/g3.ts", "export const now = () => Date();\n"),
    sample(
      "the domain rolls dice",
      "shared/domain/visits/g4.ts",
      "export const die = () => Math.random();\n",
    ),
  ),
  ...broken(
    GLOBALS,
    sample("the domain reads the environment", "shared/domain/h1.ts", "export const env = process.env;\n"),
    sample("the domain makes ids", "shared/domain/visits/h2.ts", "export const id = crypto.randomUUID();\n"),
    sample("the domain fetches", "shared/domain/h3.ts", 'export const answer = fetch("/");\n'),
    sample("the domain reaches around", "shared/domain/h4.ts", "export const now = globalThis.Date.now();\n"),
  ),
  ...broken(
    "lint/style/noProcessEnv",
    sample("shared code reads the environment", "shared/store/i1.ts", "export const env = process.env;\n"),
    sample("an operation reads the environment", "functions/visits/i2.ts", "export const e = process.env;\n"),
  ),
  ...broken(
    "lint/suspicious/noConsole",
    sample("shared code prints", "shared/http/j1.ts", 'console.log("a");\n'),
    sample("a function prints", "functions/visits/j2.ts", 'console.log("a");\n'),
  ),
  ...broken(
    "lint/style/noDefaultExport",
    sample("a module has a default export", "shared/http/k1.ts", "export default 1;\n"),
  ),
  ...broken(
    "lint/performance/noBarrelFile",
    sample(
      "a file only passes on what others export",
      "shared/store/k2.ts",
      'export { thing } from "./kit/keys.ts";\n',
    ),
  ),
  ...broken(
    "lint/suspicious/noExplicitAny",
    sample("a type is any", "functions/visits/k3.ts", "export const first = (list: any) => list;\n"),
  ),
  ...broken(
    "lint/style/noNonNullAssertion",
    sample(
      "a value is called present with a bang",
      "infra/local/k4.ts",
      "export const first = (list: number[]) => list[0]!.toFixed();\n",
    ),
  ),
  ...broken(
    "lint/complexity/noExcessiveLinesPerFunction",
    sample(
      "a function is longer than 60 lines",
      "infra/aws/k5.ts",
      `export function f(): void {\n${"  f();\n".repeat(61)}}\n`,
    ),
  ),
  ...broken(
    "lint/style/noExcessiveLinesPerFile",
    sample("a file is longer than 250 lines", "infra/aws/k6.ts", "export {};\n".repeat(251)),
  ),
];

const keptForBiome = [
  importing("the domain imports zod", "shared/domain/ok/a1.ts", "zod/mini"),
  importing("the domain imports itself", "shared/domain/ok/a2.ts", "./a1.ts"),
  importing("the domain imports itself from its root", "shared/domain/a3-ok.ts", "./ok/a1.ts"),
  importing("the domain imports its root", "shared/domain/ok/a4.ts", "../money.ts"),
  importing("the domain imports a sibling folder", "shared/domain/ok/a5.ts", "../visits/visit.ts"),
  sample(
    "the domain computes with an instant that it was given",
    "shared/domain/ok/a6.ts",
    "export const iso = (ms: number) => new Date(ms).toISOString() + String(Date.parse('2026-01-01'));\n",
  ),
  importing("http imports the domain", "shared/http/ok1.ts", "../domain/failures.ts"),
  importing("http imports middy", "shared/http/ok2.ts", "@middy/core"),
  importing("the store imports the domain", "shared/store/ok1.ts", "../domain/visits/visit.ts"),
  importing("the store imports the DynamoDB client", "shared/store/ok2.ts", "@aws-sdk/client-dynamodb"),
  importing("a function imports the store", "functions/visits/ok1.ts", "../../shared/store/kit/keys.ts"),
  importing(
    "a function imports the domain",
    "functions/visits/ok2.ts",
    "../../shared/domain/visits/visit.ts",
  ),
  importing("a function imports the shape of operations", "functions/visits/ok3.ts", "../kit/operation.ts"),
  importing("a room imports another room", "functions/settlements/ok4.ts", "../visits/visit-view.ts"),
  importing("an entry imports an operation", "functions/entry/ok5.ts", "../settlements/settle-visit.ts"),
  importing(
    "the CDK app imports the operations",
    "infra/aws/stacks/ok1.ts",
    "../../../functions/contract/operations.ts",
  ),
  importing(
    "the CDK app imports the schema",
    "infra/aws/stacks/ok2.ts",
    "../../../shared/store/kit/table-schema.ts",
  ),
  importing("the local machine imports a handler", "infra/local/ok1.ts", "../../functions/entry/hospital.ts"),
  importing("the local machine imports the configuration", "infra/local/ok2.ts", "../../shared/config.ts"),
  importing("a test imports anything", "test/store/ok1.ts", "../../shared/store/kit/keys.ts"),
  sample("the local machine prints", "infra/local/ok3.ts", 'console.log("ready");\n'),
];

const promise = "export const later = async (): Promise<number> => 1;\n";
const brokenForOxlint = [
  ...broken(
    "typescript(no-floating-promises)",
    sample("a promise floats in a function", "functions/visits/a1.ts", `${promise}later();\n`),
    sample("a promise floats in infra", "infra/local/a2.ts", `${promise}later();\n`),
    sample("a promise floats in a test", "test/store/a3.ts", `${promise}later();\n`),
  ),
  ...broken(
    "typescript(switch-exhaustiveness-check)",
    sample(
      "a switch forgets a case",
      "shared/domain/b1.ts",
      'export function f(x: "a" | "b"): void {\n  switch (x) {\n    case "a":\n      f(x);\n  }\n}\n',
    ),
  ),
  ...broken(
    "typescript(consistent-type-assertions)",
    sample(
      "shared code asserts a type",
      "shared/store/c1.ts",
      "export const f = (x: unknown) => x as string;\n",
    ),
    sample(
      "a function asserts a type",
      "functions/settlements/c2.ts",
      "export const f = (x: unknown) => x as string;\n",
    ),
  ),
  ...broken(
    "typescript(no-unsafe-assignment)",
    sample("parsed JSON is believed", "shared/http/d1.ts", 'export const x: { a: 1 } = JSON.parse("{}");\n'),
  ),
];

const keptForOxlint = [
  sample("a promise is awaited", "functions/visits/ok1.ts", `${promise}await later();\n`),
  sample("a literal is constant", "shared/domain/ok2.ts", 'export const list = ["a", "b"] as const;\n'),
  sample("a test asserts a type", "test/unit/ok3.ts", "export const f = (x: unknown) => x as string;\n"),
];

const biomeReport = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});
const oxlintReport = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

const CONFIGURATION = [
  "biome.jsonc",
  "shared/domain/pure.grit",
  ".oxlintrc.json",
  "tsconfig.json",
  "package.json",
];
const temporary: string[] = [];

async function layOut(samples: readonly Sample[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "boundaries-"));
  temporary.push(folder);
  for (const file of CONFIGURATION) await cp(file, join(folder, file));
  // For the types of Node, which tsconfig.json names.
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  for (const { file, source } of samples) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), source);
  }
  return folder;
}

/** What a linter prints; that it exits with 1 is what the samples are for. */
function printed(program: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((settle) => {
    execFile(resolve("node_modules/.bin", program), args, { cwd: folder }, (_error, stdout) =>
      settle(stdout),
    );
  });
}

type Finding = readonly [file: string, rule: string];

async function runBiome(samples: readonly Sample[]): Promise<Finding[]> {
  const args = ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=json", "."];
  const report = biomeReport.parse(JSON.parse(await printed("biome", args, await layOut(samples))));
  return report.diagnostics.map((each) => [each.location.path, each.category]);
}

async function runOxlint(samples: readonly Sample[]): Promise<Finding[]> {
  // Without folders it would walk into the linked node_modules.
  const args = ["--format=json", "functions", "infra", "shared", "test"];
  const report = oxlintReport.parse(JSON.parse(await printed("oxlint", args, await layOut(samples))));
  return report.diagnostics.map((each) => [each.filename, each.code]);
}

const rulesFoundIn = (file: string, findings: readonly Finding[]): string[] =>
  findings.filter((each) => each[0] === file).map((each) => each[1]);

describe.each([
  { linter: "Biome", run: runBiome, broken: brokenForBiome, kept: keptForBiome },
  { linter: "oxlint", run: runOxlint, broken: brokenForOxlint, kept: keptForOxlint },
])("$linter", ({ run, broken, kept }) => {
  let findings: Finding[] = [];
  beforeAll(async () => {
    findings = await run([...broken, ...kept]);
  });
  afterAll(async () => {
    for (const folder of temporary.splice(0)) await rm(folder, { recursive: true });
  });

  it.each(broken)("objects when $what", ({ file, rule }) => {
    expect(rulesFoundIn(file, findings)).toContain(rule);
  });

  it.each(kept)("is content when $what", ({ file }) => {
    expect(rulesFoundIn(file, findings)).toEqual([]);
  });
});
