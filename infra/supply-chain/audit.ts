import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { readAudit } from "./audit-verdict.ts";

/** A registry that does not answer by then is not waited for. */
const LIMIT_MS = 30_000;

const { values } = parseArgs({ options: { required: { type: "boolean", default: false } } });
const { stdout } = spawnSync("npm", ["audit", "--json", "--audit-level=high", "--fetch-retries=0"], {
  encoding: "utf8",
  timeout: LIMIT_MS,
  maxBuffer: 64_000_000,
});
const verdict = readAudit(stdout);
switch (verdict.kind) {
  case "CLEAN":
    console.log(`audit: no high or critical findings, ${verdict.lesser} lesser ones`);
    break;
  case "FINDINGS":
    console.error(`audit: high or critical findings in ${verdict.packages.join(", ")}`);
    process.exitCode = 1;
    break;
  case "NOT_DONE":
    console.error(`audit: NOT DONE, the registry's audit endpoint gave no report: ${verdict.why}`);
    console.error("       before a release: npm run audit -- --required");
    process.exitCode = values.required ? 1 : 0;
    break;
}
