import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadDemoData } from "../../../infra/demo/load-demo-data.ts";
import { createTables } from "../../../infra/local/create-tables.ts";
import { startEngine } from "../../../infra/local/engine.ts";
import { makeKeys, writeKeyFile } from "../../../shared/personal-data/key-file.ts";
import { startLocalService } from "../../support/local-service.ts";

const folder = mkdtempSync(join(tmpdir(), "lost-keys-"));
const KEYS_FILE = "personal-data-keys.json";
afterAll(() => rmSync(folder, { recursive: true }));

test("data whose key file is lost is not served: the file that is missing is named, and no new keys are made", async () => {
  const dataDir = join(folder, "embedded");
  const service = await startLocalService({ dataDir });
  await service.stop();
  const keysFile = join(dataDir, KEYS_FILE);
  rmSync(keysFile);
  await expect(startLocalService({ dataDir })).rejects.toThrow(`${keysFile} is missing`);
  expect(existsSync(keysFile)).toBe(false);
});

test("no new keys are made over people whom another engine keeps under keys that are not here", async () => {
  const engine = await startEngine();
  try {
    await createTables(engine.endpoint);
    const keysFile = join(folder, "keys.json");
    writeKeyFile(keysFile, makeKeys());
    await loadDemoData({ endpoint: engine.endpoint, keysFile });
    for (const dataDir of [join(folder, "fresh"), "memory"])
      await expect(startLocalService({ dataDir, endpoint: engine.endpoint })).rejects.toThrow(KEYS_FILE);
    expect(existsSync(join(folder, "fresh"))).toBe(false);
  } finally {
    await engine.stop();
  }
});
