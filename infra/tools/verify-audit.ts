import { parseArgs } from "node:util";
import { readConfig } from "../../shared/config.ts";
import { type Day, day, instantOf } from "../../shared/domain/dates.ts";
import { checkTrail } from "../../shared/store/audit/audit-verification.ts";
import type { Finding } from "../../shared/store/audit/seal-checks.ts";
import { connectDatabase, OF_A_COMMAND } from "../../shared/store/kit/database.ts";
import { openTables } from "../local/open-tables.ts";
import { runVerification } from "./run-verification.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const faultTexts: Readonly<Record<Finding["fault"], string>> = {
  ENTRY_ALTERED: "记录被改动 · an entry was altered",
  ENTRY_REMOVED: "记录被删除 · an entry was removed",
  ENTRY_ADDED: "封存后添加的记录 · an entry was added after sealing",
  ENTRY_AHEAD: "时间在将来的记录 · an entry is dated in the future",
  ENTRY_UNSEALED: "没有封条覆盖的记录 · an entry that no seal covers",
  SEAL_ALTERED: "封条被改动 · a seal was altered",
  SEAL_MISSING: "封条缺失 · a seal is missing after",
  UNSEALED_SINCE: "此后的记录未封存 · entries are not sealed since",
  SHARD_MISSING: "整个分片缺失 · a whole shard is missing",
  SEAL_NOT_FOUND: "未找到预期的封条 · no seal has the expected hash",
};

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { from: text, to: text, expect: { type: "string", multiple: true } },
  });
  const toDay = (value: string | undefined): Day | undefined =>
    value === undefined ? undefined : day(value);
  const [from, to] = [toDay(values.from), toDay(values.to)];
  if (from !== undefined && to !== undefined && from > to)
    throw new Error("起始日晚于截止日 · --from is after --to");
  return { from, to, expected: values.expect ?? [] };
}

async function main(): Promise<boolean> {
  const options = readOptions();
  const engine = await openTables(process.env, ["LEDGER_TABLE"]);
  try {
    // The SDK finds region and credentials there, those of a profile among them.
    Object.assign(process.env, engine.env);
    const db = connectDatabase(readConfig(process.env), OF_A_COMMAND);
    const { sealCount, entryCount, sealedUntil, findings, anchors } = await checkTrail(db, {
      ...options,
      now: instantOf(Date.now()),
    });
    for (const { fault, partition, place } of findings)
      say(`${fault} ${partition} ${place}  ${faultTexts[fault]}`);
    say(`${sealCount} 个封条，${entryCount} 条记录 · ${sealCount} seals, ${entryCount} entries`);
    if (sealedUntil !== undefined) say(`封存至 ${sealedUntil} · sealed until ${sealedUntil}`);
    for (const anchor of anchors) say(`--expect ${anchor}`);
    if (sealCount === 0 && findings.length === 0)
      throw new Error("该期间没有任何封条，什么也没有核验 · This period has no seals; nothing was verified.");
    say(findings.length === 0 ? "完整 · the trail is whole" : `${findings.length} 处问题 · faults`);
    return findings.length === 0;
  } finally {
    await engine.stop();
  }
}

runVerification(main);
