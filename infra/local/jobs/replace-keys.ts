import { setTimeout as wait } from "node:timers/promises";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { rotateKeys } from "../../../functions/access/rotate-keys.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { readConfig } from "../../../shared/config.ts";
import {
  addKeys,
  dropOldKeys,
  dropOldLookupKey,
  type KeyFile,
  readKeyFile,
  writeKeyFile,
} from "../../../shared/personal-data/key-file.ts";
import { makeCipher } from "../../../shared/personal-data/make-cipher.ts";
import { connectDatabase, OF_A_COMMAND } from "../../../shared/store/kit/database.ts";
import { readWorkersUnderOtherKeys } from "../../../shared/store/registry/worker-store.ts";
import { isTransientError } from "../../../shared/transient-error.ts";
import { engineName, isUnreachable } from "../explain-engine-fault.ts";

export interface KeyReplacement {
  readonly keysFile: string;
  /** Every engine that keeps people under these keys. */
  readonly endpoints: readonly string[];
  /** After this time no request goes by keys that it read before. */
  readonly graceMs: number;
  readonly say: (line: string) => void;
}

const PROGRESS_EVERY = 500;

function openServices(endpoint: string, keysFile: string) {
  const env = { ...process.env, DYNAMODB_ENDPOINT: endpoint, PERSONAL_DATA_KEYS_FILE: keysFile };
  const config = readConfig({ ...env, LOG_LEVEL: "ERROR" });
  const services = { ...makeServices(config), db: connectDatabase(config, OF_A_COMMAND) };
  return { ...services, name: engineName(endpoint), cipher: makeCipher(services.personalData) };
}
type EngineServices = ReturnType<typeof openServices>;

type KeyNames = Parameters<typeof readWorkersUnderOtherKeys>[1];

async function countUnderOtherKeys({ db }: EngineServices, keys: KeyNames): Promise<number> {
  let count = 0;
  for await (const workerIds of readWorkersUnderOtherKeys(db, keys)) count += workerIds.length;
  return count;
}

/** How many workers there are; throws where the engine does not answer or has no tables. */
async function countWorkers(services: EngineServices): Promise<number> {
  const { db, name } = services;
  try {
    for (const TableName of [db.registry, db.ledger])
      await db.client.send(new DescribeTableCommand({ TableName }));
    return await countUnderOtherKeys(services, { sealedUnder: "", lookupUnder: "" });
  } catch (error) {
    if (error instanceof Error && isTransientError(error) && !isUnreachable(error)) throw error;
    throw new Error(
      `${name} 无法访问或没有数据表，密钥未改动；如不再需要其中的数据，请从数据目录的 other-engines 中删去该行 · ` +
        `${name} does not answer or has no tables; no key was changed. If its data is no longer wanted, take its line out of ` +
        `other-engines in DATA_DIR (${error instanceof Error ? error.name : String(error)})`,
    );
  }
}

/** Brings everybody of one engine over, and reads once more that nobody was left behind. */
async function bringOver(services: EngineServices, say: KeyReplacement["say"]): Promise<number> {
  const { rotated } = await rotateKeys(
    services,
    () => false,
    (count) => {
      if (count % PROGRESS_EVERY === 0) say(`  … ${count}`);
    },
  );
  const keys = { sealedUnder: services.cipher.keyName(), lookupUnder: services.personLookup.keyNames() };
  const left = await countUnderOtherKeys(services, keys);
  if (left > 0)
    throw new Error(
      `仍有 ${left} 人未更换，旧密钥保留，请再次运行 · ${left} people are left under other keys (${services.name}): ` +
        "the old keys are kept, run it again",
    );
  return rotated;
}

/**
 * Replaces the keys of a file. Old ones are dropped only after everybody in every engine was read to be under the new
 * ones; a run that broke off is taken up where the key file says that it was.
 */
export async function replaceKeys({ keysFile, endpoints, graceMs, say }: KeyReplacement): Promise<void> {
  const engines = endpoints.map((endpoint) => openServices(endpoint, keysFile));
  const names = engines.map(({ name }) => name).join(", ");
  let people = 0;
  for (const engine of engines) people += await countWorkers(engine);
  if (people === 0)
    throw new Error(
      "数据中没有职工，密钥未改动；请用 DATA_DIR 和 DYNAMODB_ENDPOINT 指明数据所在 · " +
        `nobody is in ${names}, so no key was changed: say where the data is with DATA_DIR and DYNAMODB_ENDPOINT`,
    );
  say(`${people} 名职工 · workers (${names})`);
  const step = async (change: (keys: KeyFile) => KeyFile, done: string): Promise<void> => {
    writeKeyFile(keysFile, change(readKeyFile(keysFile)));
    if (graceMs > 0)
      say(
        `等待处理中的请求结束（${graceMs / 1000} 秒）… · waiting ${graceMs / 1000} s for requests under way …`,
      );
    await wait(graceMs);
    let rotated = 0;
    for (const engine of engines) rotated += await bringOver(engine, say);
    say(`${done}  ${rotated}`);
  };
  const isBrokenOff = readKeyFile(keysFile).lookup.before !== undefined;
  await step(isBrokenOff ? (keys) => keys : addKeys, "新密钥启用 · under the new keys as well:");
  await step(dropOldLookupKey, "旧查找密钥停用 · under the new lookup key alone:");
  writeKeyFile(keysFile, dropOldKeys(readKeyFile(keysFile)));
  say("旧密钥已删除 · the old keys are gone");
}
