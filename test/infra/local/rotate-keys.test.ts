import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { noteOtherEngine } from "../../../infra/local/data-directory.ts";
import { type Engine, startEngine } from "../../../infra/local/engine.ts";
import { replaceKeys } from "../../../infra/local/jobs/replace-keys.ts";
import { openKeyEngines } from "../../../infra/local/key-engines.ts";
import { readConfig } from "../../../shared/config.ts";
import { WorkerStatement } from "../../../shared/domain/registry/worker.ts";
import { makeKeys, readKeyFile, writeKeyFile } from "../../../shared/personal-data/key-file.ts";
import { makePersonLookup } from "../../../shared/personal-data/person-lookup.ts";
import { makePersonalDataCipher } from "../../../shared/personal-data/personal-data-cipher.ts";
import { planWorker } from "../../../shared/personal-data/plan-worker.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { commitTransaction } from "../../../shared/store/kit/transaction.ts";
import { findWorkerId, findWorkerRecord } from "../../../shared/store/registry/worker-store.ts";
import { ID_NUMBER, NAME } from "../../support/demo-case.ts";
import { freePort } from "../../support/free-port.ts";

const folder = mkdtempSync(join(tmpdir(), "rotate-keys-"));
let other: Engine;
beforeAll(async () => {
  other = await startEngine();
  await createTables(other.endpoint);
  Object.assign(process.env, {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  });
});
afterAll(async () => {
  await other.stop();
  rmSync(folder, { recursive: true });
});

const WORKER_ID = "W7K3M9QX2TB4ND8RHV5C6";

function servicesOf(endpoint: string, keysFile: string) {
  const keys = () => readKeyFile(keysFile);
  return {
    db: connectDatabase(readConfig({ DYNAMODB_ENDPOINT: endpoint })),
    personLookup: makePersonLookup(() => keys().lookup),
    cipher: makePersonalDataCipher({ kind: "FILE", keys }),
  };
}

async function stateWorker(endpoint: string, keysFile: string): Promise<void> {
  const services = servicesOf(endpoint, keysFile);
  const statement = WorkerStatement.parse({
    ...{ idNumber: ID_NUMBER, cardNumber: "DEMO000001", name: NAME, frozen: false },
  });
  const { writes } = await planWorker(services, WORKER_ID, statement, undefined, undefined);
  expect(await commitTransaction(services.db, writes)).toMatchObject({ kind: "COMMITTED" });
}

/** The name of the worker whom the card leads to, opened under the keys as the file has them. */
async function nameByCard(endpoint: string, keysFile: string): Promise<string | undefined> {
  const { db, personLookup, cipher } = servicesOf(endpoint, keysFile);
  const workerId = await findWorkerId(db, personLookup.hashes({ cardNumber: "DEMO000001" }));
  const record = workerId === undefined ? undefined : await findWorkerRecord(db, workerId);
  return record === undefined ? undefined : (await cipher.open(record.workerId, record.sealed)).name;
}

function makeDataDir(name: string): { readonly dataDir: string; readonly keysFile: string } {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  const keysFile = join(dataDir, "personal-data-keys.json");
  writeKeyFile(keysFile, makeKeys());
  return { dataDir, keysFile };
}

async function rotate(env: Readonly<Record<string, string>>): Promise<{ said: string; code: number | null }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["infra/tools/rotate-keys.ts"], { env: { PATH, ...env } });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { said: out + err, code: await ended };
}

test("keys are replaced for every engine that they have served, the embedded one and others, before the old ones go", async () => {
  const { dataDir, keysFile } = makeDataDir("both");
  const embedded = await startEngine({ dataFile: join(dataDir, "engine.db") });
  await createTables(embedded.endpoint);
  for (const { endpoint } of [embedded, other]) await stateWorker(endpoint, keysFile);
  await embedded.stop();
  noteOtherEngine(dataDir, other.endpoint);
  const before = readKeyFile(keysFile);

  // Whoever calls it forgot to name the other engine.
  const { endpoints, mayBeServed, stop } = await openKeyEngines({ DATA_DIR: dataDir });
  const said: string[] = [];
  try {
    expect([endpoints.length, mayBeServed]).toEqual([2, true]);
    await replaceKeys({ keysFile, endpoints, graceMs: 1, say: (line) => said.push(line) });
    const after = readKeyFile(keysFile);
    expect(Object.keys(after.encryption.keys)).toEqual([after.encryption.current]);
    expect(after.encryption.current).not.toBe(before.encryption.current);
    expect(after.lookup).not.toHaveProperty("before");
    for (const endpoint of endpoints) expect(await nameByCard(endpoint, keysFile), endpoint).toBe(NAME);
    expect(said.join("\n")).toContain("for requests under way");
    expect(said.join("\n")).toContain(`, ${other.endpoint})`);
    expect(said.join("\n")).not.toContain(".invalid");
  } finally {
    await stop();
  }
});

test("the old keys stay where somebody could not be brought under the new ones", async () => {
  const { keysFile } = makeDataDir("stuck");
  const { keysFile: foreignFile } = makeDataDir("foreign");
  const engine = await startEmpty();
  await stateWorker(engine.endpoint, foreignFile);
  const before = readKeyFile(keysFile);
  const replacing = replaceKeys({ keysFile, endpoints: [engine.endpoint], graceMs: 0, say: () => undefined });
  await expect(replacing).rejects.toThrow();
  const { encryption, lookup } = readKeyFile(keysFile);
  expect(encryption.keys).toMatchObject(before.encryption.keys);
  expect(lookup.before).toBe(before.lookup.current);
});

describe("rotate-keys changes no key, and makes nothing,", () => {
  test("where the data directory has no keys, and names it", async () => {
    const DATA_DIR = join(folder, "fresh");
    mkdirSync(DATA_DIR);
    expect(await rotate({ DATA_DIR })).toEqual({ code: 1, said: expect.stringContaining(DATA_DIR) });
    expect(readdirSync(DATA_DIR)).toEqual([]);
  });

  test.each([
    ["where no data is beside the keys", async () => ({})],
    ["where the engine has no tables", async () => ({ DYNAMODB_ENDPOINT: (await startBare()).endpoint })],
    ["where the engine does not answer", async () => ({ DYNAMODB_ENDPOINT: await nowhere() })],
    ["where nobody is in the tables", async () => ({ DYNAMODB_ENDPOINT: (await startEmpty()).endpoint })],
  ])("%s", async (what, makeEnv) => {
    const { dataDir: DATA_DIR, keysFile } = makeDataDir(what);
    const before = readFileSync(keysFile, "utf8");
    const env = await makeEnv();
    const { code, said } = await rotate({ DATA_DIR, ...env });
    expect([code, said]).toEqual([1, expect.stringContaining("DATA_DIR")]);
    for (const endpoint of Object.values(env)) expect(said).toContain(endpoint);
    expect(readFileSync(keysFile, "utf8")).toBe(before);
    expect(readdirSync(DATA_DIR)).toEqual(["personal-data-keys.json"]);
  });
});

const started: Engine[] = [];
afterAll(() => Promise.all(started.map((engine) => engine.stop())));
async function startBare(): Promise<Engine> {
  const engine = await startEngine();
  started.push(engine);
  return engine;
}
async function startEmpty(): Promise<Engine> {
  const engine = await startBare();
  await createTables(engine.endpoint);
  return engine;
}
const nowhere = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;
