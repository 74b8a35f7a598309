import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, expect, test } from "vitest";
import { startEngine } from "../../../infra/local/engine.ts";
import { startLocalService } from "../../support/local-service.ts";

const folder = mkdtempSync(join(tmpdir(), "other-versions-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each file has, but for those in which the engine tells of its own run. */
const digestsOf = (dataDir: string) =>
  readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(?:-(?:shm|wal)|\.log)$/.test(entry.name))
    .map(({ name }) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(dataDir, name)))
        .digest("hex"),
    ]);

async function makeData(name: string): Promise<string> {
  const dataDir = join(folder, name);
  const service = await startLocalService({ dataDir });
  await service.stop();
  return dataDir;
}

test("data whose tables lack an index is refused in one sentence that says what to do, and is left as it is", async () => {
  const dataDir = await makeData("without-an-index");
  const engine = await startEngine({ dataFile: join(dataDir, "engine.db") });
  const client = new DynamoDBClient({
    ...{ endpoint: engine.endpoint, region: "local" },
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const Delete = { IndexName: "visits-by-hospital" };
  await client.send(
    new UpdateTableCommand({ TableName: "Ledger", GlobalSecondaryIndexUpdates: [{ Delete }] }),
  );
  client.destroy();
  await engine.stop();
  rmSync(join(dataDir, "layout"));
  const before = digestsOf(dataDir);
  await expect(startLocalService({ dataDir })).rejects.toThrow(
    /另一版本建立（Ledger\/visits-by-hospital）.*新的 DATA_DIR.*another version \(Ledger\/visits-by-hospital\).*give a new DATA_DIR/,
  );
  expect(digestsOf(dataDir)).toEqual(before);
});

test("data that another version marked is refused before its engine is opened", async () => {
  const dataDir = await makeData("marked");
  writeFileSync(join(dataDir, "layout"), "2\n");
  const before = digestsOf(dataDir);
  await expect(startLocalService({ dataDir })).rejects.toThrow(
    /另一版本建立（layout 2）.*another version \(layout 2\)/,
  );
  expect(digestsOf(dataDir)).toEqual(before);
});

test("data without a mark whose tables fit is served, and marked", async () => {
  const dataDir = await makeData("unmarked");
  rmSync(join(dataDir, "layout"));
  const service = await startLocalService({ dataDir });
  await service.stop();
  expect(existsSync(join(dataDir, "layout"))).toBe(true);
});
