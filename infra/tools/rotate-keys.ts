import { outliveReaders } from "../closed-output.ts";
import { explainEngineFault } from "../local/explain-engine-fault.ts";
import { replaceKeys } from "../local/jobs/replace-keys.ts";
import { openKeyEngines } from "../local/key-engines.ts";

const USAGE = `npm run rotate-keys
  DATA_DIR           whose keys are replaced (.local); the service may run meanwhile
  DYNAMODB_ENDPOINT  where the service keeps its data, unless in the embedded engine

替换加密密钥和查找密钥，服务无须停止 · replaces the keys under which people are sealed and found, while the service goes on`;

/** A request takes less than this: after it, none goes by keys that it read before. */
const GRACE_MS = 30_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const { keysFile, endpoints, mayBeServed, stop } = await openKeyEngines(process.env);
  // The SDK finds them there; those of the environment come first.
  const local = { AWS_REGION: "local", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
  Object.assign(process.env, { ...local, ...process.env });
  try {
    await replaceKeys({ keysFile, endpoints, graceMs: mayBeServed ? GRACE_MS : 0, say });
  } finally {
    await stop();
  }
}

outliveReaders();
if (process.argv.length > 2) say(USAGE);
else {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explainEngineFault(error, undefined)}\n`);
    process.exitCode = 1;
  }
}
