import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  addKeys,
  dropOldKeys,
  dropOldLookupKey,
  type KeyFile,
  readKeyFile,
  writeKeyFile,
} from "../../shared/personal-data/key-file.ts";
import { ENGINE_FILE, KEYS_FILE } from "./data-directory.ts";
import { joinEngine } from "./engine.ts";

const USAGE = `npm run rotate-keys
  DATA_DIR  whose keys are replaced (.local); the service may run meanwhile

替换加密密钥和查找密钥，服务无须停止 · replaces the keys under which people are sealed and found, while the service goes on`;

/** A request takes less than this: after it, none goes by keys that it read before. */
const GRACE_MS = 30_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(dataDir: string): Promise<void> {
  const file = join(dataDir, KEYS_FILE);
  if (!existsSync(file)) throw new Error(`${dataDir} 中没有密钥文件 · there is no key file in ${dataDir}`);
  const engine = await joinEngine(join(dataDir, ENGINE_FILE));
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine.endpoint,
    PERSONAL_DATA_KEYS_FILE: file,
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    LOG_LEVEL: "ERROR",
  });
  const { handler } = await import("../../functions/jobs/rotate-keys-handler.ts");
  const unhurried = { getRemainingTimeInMillis: () => Number.POSITIVE_INFINITY };
  const step = async (change: (keys: KeyFile) => KeyFile, done: string): Promise<void> => {
    writeKeyFile(file, change(readKeyFile(file)));
    await wait(engine.isShared ? GRACE_MS : 0);
    const { rotated } = await handler({}, unhurried);
    say(`${done}  ${rotated}`);
  };
  try {
    // A run that broke off is taken up where the key file says that it was.
    if (readKeyFile(file).lookup.before === undefined)
      await step(addKeys, "新密钥启用 · under the new keys as well:");
    else await step((keys) => keys, "新密钥启用 · under the new keys as well:");
    await step(dropOldLookupKey, "旧查找密钥停用 · under the new lookup key alone:");
    writeKeyFile(file, dropOldKeys(readKeyFile(file)));
    say("旧密钥已删除 · the old keys are gone");
  } finally {
    await engine.stop();
  }
}

if (process.argv.length > 2) say(USAGE);
else {
  try {
    await main(process.env.DATA_DIR ?? ".local");
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
