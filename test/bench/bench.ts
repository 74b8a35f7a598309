import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { outliveReaders } from "../../infra/closed-output.ts";
import { measureAdjudication } from "./adjudication.ts";
import { measureBundle } from "./bundle.ts";
import { measureCatalogueImport } from "./catalogue-import.ts";
import { measureDeferred } from "./deferred.ts";
import { atMost, type BenchOptions, type Findings } from "./figures.ts";
import { measureFinanceSummary } from "./finance-summary.ts";
import { measureFirstBill } from "./first-bill.ts";
import { repository } from "./local-service.ts";
import { measureLocalSettle } from "./local-settle.ts";
import { measureLongStay } from "./long-stay.ts";
import { describeMachine } from "./machine.ts";
import { measureProtection } from "./protection.ts";
import { measureReconciliation } from "./reconciliation.ts";
import { anyMissed, makeReport, showFindings } from "./report.ts";
import { measureStoreCosts } from "./store-costs.ts";

const USAGE = `npm run bench -- [--only NAME,NAME] [--quick] [--strict]
  --only    some parts, and docs/benchmarks.md is left as it is
  --quick   fewer rounds, for a first look; docs/benchmarks.md is left as it is
  --strict  exit code 1 when a budget is missed`;

const parts: Readonly<Record<string, (options: BenchOptions) => Promise<Findings>>> = {
  settle: measureLocalSettle,
  adjudication: measureAdjudication,
  store: measureStoreCosts,
  "long-stay": measureLongStay,
  protection: measureProtection,
  bundle: measureBundle,
  start: measureFirstBill,
  catalogue: measureCatalogueImport,
  summary: measureFinanceSummary,
  deferred: measureDeferred,
  reconciliation: measureReconciliation,
};

/** Budgets of operations that do not exist yet. */
const notBuiltYet: Findings = {
  title: "Not built yet",
  figures: [{ what: "export of 100,000 rows as XLSX", measured: undefined, unit: "s", budget: atMost(3) }],
};

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const names = values.only?.split(",") ?? Object.keys(parts);
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(
      `no part is called ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}\n${USAGE}`,
    );
  }
  return { ...values, names };
}

async function main(): Promise<void> {
  const { names, quick, strict, only, help } = readOptions();
  if (help) {
    console.log(USAGE);
    return;
  }
  const startedAt = performance.now();
  const findings: Findings[] = [];
  for (const name of names) {
    const found = await parts[name]?.({ quick });
    if (found === undefined) continue;
    findings.push(found);
    console.log(showFindings(found));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`\n${Math.round(seconds)} s`);
  if (only === undefined && !quick) {
    const report = makeReport(describeMachine(), [...findings, notBuiltYet], seconds);
    writeFileSync(join(repository, "docs/benchmarks.md"), report);
    console.log("docs/benchmarks.md is written");
  }
  if (strict && anyMissed(findings)) process.exitCode = 1;
}

// The SDK asks for them; the embedded engine does not look at them.
Object.assign(process.env, {
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
});

// What was started is ended when this process exits, which a signal alone would not let it do.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

outliveReaders();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
