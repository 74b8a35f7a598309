import { existsSync } from "node:fs";
import { join } from "node:path";
import { isLoopback } from "../loopback.ts";
import { ENGINE_FILE } from "./data-directory.ts";
import { joinEngine } from "./engine.ts";

/** The environment that leads to the tables, and how to let go of their engine. */
export interface OpenTables {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** The embedded engine on its data directory, which may be that of a running service; it is only ever read. */
function openData(dataDir: string) {
  if (dataDir === "memory") throw new Error("DATA_DIR=memory 没有可核验的数据 · keeps nothing to verify");
  const engineFile = join(dataDir, ENGINE_FILE);
  if (!existsSync(engineFile))
    throw new Error(
      `数据目录 ${dataDir} 中没有数据，请用 DATA_DIR 指明 · there is no data in ${dataDir}: say where with DATA_DIR`,
    );
  return joinEngine(engineFile);
}

const localCredentials = {
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
} as const;

/**
 * The tables to verify: DynamoDB's, or any other engine's by its endpoint, or the embedded one's. Of DynamoDB itself the
 * names of these `tables` have to be said (`LEDGER_TABLE`, `REGISTRY_TABLE`).
 */
export async function openTables(env: NodeJS.ProcessEnv, tables: readonly string[]): Promise<OpenTables> {
  const { DYNAMODB_ENDPOINT: endpoint } = env;
  if (endpoint === undefined) {
    const engine = await openData(env.DATA_DIR ?? ".local");
    return { env: { ...localCredentials, ...env, DYNAMODB_ENDPOINT: engine.endpoint }, stop: engine.stop };
  }
  const stop = async (): Promise<void> => undefined;
  if (isLoopback(URL.parse(endpoint)?.hostname ?? "")) return { env: { ...localCredentials, ...env }, stop };
  const needed = ["AWS_REGION", ...tables].filter((name) => env[name] === undefined);
  if (needed.length > 0) throw new Error(`缺少 ${needed.join("、")} · missing: ${needed.join(", ")}`);
  return { env, stop };
}
