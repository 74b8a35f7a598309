import { existsSync } from "node:fs";
import { join } from "node:path";
import { ENGINE_FILE, KEYS_FILE, readOtherEngines } from "./data-directory.ts";
import { joinEngine } from "./engine.ts";

/** A key file, with every engine that keeps people under its keys. */
export interface KeyEngines {
  readonly keysFile: string;
  readonly endpoints: readonly string[];
  /** Whether a service may be at work on one of them. */
  readonly mayBeServed: boolean;
  readonly stop: () => Promise<void>;
}

/**
 * The engine that the service would go to, and every other one that the data directory's keys have served: keys that
 * were replaced for one of them alone would leave nobody's name readable in the others.
 */
export async function openKeyEngines(env: Readonly<Record<string, string | undefined>>): Promise<KeyEngines> {
  const dataDir = env.DATA_DIR ?? ".local";
  const keysFile = join(dataDir, KEYS_FILE);
  if (!existsSync(keysFile))
    throw new Error(
      `数据目录 ${dataDir} 中没有密钥文件，请用 DATA_DIR 指明 · there is no key file in ${dataDir}: say where with DATA_DIR`,
    );
  const engineFile = join(dataDir, ENGINE_FILE);
  const { DYNAMODB_ENDPOINT: endpoint } = env;
  const others = [...new Set([...(endpoint === undefined ? [] : [endpoint]), ...readOtherEngines(dataDir)])];
  if (existsSync(engineFile)) {
    const { endpoint: embedded, isShared, stop } = await joinEngine(engineFile);
    return { keysFile, endpoints: [embedded, ...others], mayBeServed: isShared || others.length > 0, stop };
  }
  if (others.length === 0)
    throw new Error(
      `数据目录 ${dataDir} 中没有数据，请用 DATA_DIR 或 DYNAMODB_ENDPOINT 指明 · ` +
        `there is no data in ${dataDir}: say where with DATA_DIR, or with DYNAMODB_ENDPOINT`,
    );
  return { keysFile, endpoints: others, mayBeServed: true, stop: async () => undefined };
}
