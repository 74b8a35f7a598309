import { parseArgs } from "node:util";
import { readConfig } from "../../shared/config.ts";
import { type Day, day, instantOf } from "../../shared/domain/dates.ts";
import { checkTrail, type Finding } from "../../shared/store/audit-verification.ts";
import { connectDatabase } from "../../shared/store/database.ts";
import { openDataDirectory } from "./data-directory.ts";
import { joinEngine } from "./engine.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const faultTexts: Readonly<Record<Finding["fault"], string>> = {
  ENTRY_ALTERED: "记录被改动 · an entry was altered",
  ENTRY_REMOVED: "记录被删除 · an entry was removed",
  ENTRY_ADDED: "封存后添加的记录 · an entry was added after sealing",
  SEAL_ALTERED: "封条被改动 · a seal was altered",
  SEAL_MISSING: "封条缺失 · a seal is missing after",
  SEAL_NOT_FOUND: "未找到预期的封条 · no seal has the expected hash",
};

/** The engine to ask: another one by its endpoint, that of a running service, or the embedded one on its data directory. */
async function openEngine(env: NodeJS.ProcessEnv) {
  if (env.DYNAMODB_ENDPOINT !== undefined) {
    return { endpoint: env.DYNAMODB_ENDPOINT, stop: async () => undefined };
  }
  const { engineFile } = openDataDirectory(env.DATA_DIR ?? ".local");
  if (engineFile === undefined) throw new Error("DATA_DIR=memory 没有可核验的数据 · keeps nothing to verify");
  return joinEngine(engineFile);
}

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { from: text, to: text, expect: { type: "string", multiple: true } },
  });
  const toDay = (value: string | undefined): Day | undefined =>
    value === undefined ? undefined : day(value);
  return { from: toDay(values.from), to: toDay(values.to), expected: values.expect ?? [] };
}

async function main(): Promise<boolean> {
  const options = readOptions();
  const engine = await openEngine(process.env);
  try {
    Object.assign(process.env, {
      AWS_REGION: process.env.AWS_REGION ?? "local",
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? "local",
      AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? "local",
    });
    const db = connectDatabase(readConfig({ ...process.env, DYNAMODB_ENDPOINT: engine.endpoint }));
    const { sealCount, entryCount, findings, anchors } = await checkTrail(db, {
      ...options,
      now: instantOf(Date.now()),
    });
    for (const { fault, partition, place } of findings)
      say(`${fault} ${partition} ${place}  ${faultTexts[fault]}`);
    say(`${sealCount} 个封条，${entryCount} 条记录 · ${sealCount} seals, ${entryCount} entries`);
    for (const anchor of anchors) say(`--expect ${anchor}`);
    say(findings.length === 0 ? "完整 · the trail is whole" : `${findings.length} 处问题 · faults`);
    return findings.length === 0;
  } finally {
    await engine.stop();
  }
}

main().then(
  (isWhole) => process.exit(isWhole ? 0 : 1),
  (error: unknown) => {
    say(`无法核验 · cannot verify: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  },
);
