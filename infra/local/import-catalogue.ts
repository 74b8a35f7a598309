import { readFileSync, writeFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { faultDetail } from "../../shared/http/fault-texts.ts";
import { type RejectedRow, readCatalogueCsv } from "./catalogue-csv.ts";
import { postCatalogue } from "./post-catalogue.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const SHOWN_REJECTIONS = 20;
const describe = ({ row, itemCode, field, code }: RejectedRow): string =>
  `  第 ${row} 行 · row ${row}  ${itemCode}  ${field}  ${code}  ${faultDetail(code)}`;

/** Shows the first rejected rows and writes all of them beside the file. */
function reportRejected(file: string, rejected: readonly RejectedRow[]): void {
  const lines = rejected.map(({ row, itemCode, field, code }) => [row, itemCode, field, code].join(","));
  const report = `${file}.rejected.csv`;
  writeFileSync(report, `${["row,item_code,field,code", ...lines].join("\n")}\n`);
  for (const row of rejected.slice(0, SHOWN_REJECTIONS)) say(describe(row));
  say(`  ${rejected.length} 处被拒,见 · rejections, all in ${report}`);
}

async function main(file: string | undefined): Promise<number> {
  if (file === undefined) throw new Error("用法 · usage: npm run import-catalogue -- FILE.csv");
  const read = readCatalogueCsv(readFileSync(file));
  say(`${file}: ${read.rowCount} 行 · rows, ${read.entries.length} 项可导入 · items to import`);
  const bar = new SingleBar({
    format: "  {bar} {percentage}% {value}/{total} {eta_formatted}",
    hideCursor: true,
  });
  const isTerminal = process.stdout.isTTY === true;
  if (isTerminal) bar.start(read.entries.length, 0);
  const target = {
    baseUrl: process.env.SERVICE_URL ?? "http://127.0.0.1:8787",
    clientId: process.env.CLIENT_ID ?? "demo-agency",
    clientSecret: process.env.CLIENT_SECRET ?? "demo-secret",
  };
  const startedAt = performance.now();
  const posted = await postCatalogue(target, read.entries, (count) => {
    if (isTerminal) bar.update(count);
    else say(`  ${count}/${read.entries.length}`);
  }).finally(() => bar.stop());
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  say(`已导入 · imported: ${posted.imported} (${seconds} s)`);
  const rejected = [...read.rejected, ...posted.rejected];
  if (rejected.length === 0) return 0;
  reportRejected(file, rejected);
  return 1;
}

main(process.argv[2]).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(`无法导入 · cannot import: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
