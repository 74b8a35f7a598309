import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, describe, expect, test } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { startEngine } from "../../../infra/local/engine.ts";
import { isAnythingIn } from "../../../infra/local/jobs/is-anything-in.ts";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { ledgerKeys } from "../../../shared/store/kit/keys.ts";
import { freePort } from "../../support/free-port.ts";
import { startLocalService } from "../../support/local-service.ts";

const folder = mkdtempSync(join(tmpdir(), "clear-starts-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `npm start` says where it cannot start. */
async function failToStart(env: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["infra/local/start.ts"], { env: { PATH, ...env } });
  const said = await text(child.stdout);
  expect(said).toContain("cannot start");
  return said;
}

describe("a start that cannot be says why, and makes nothing,", () => {
  test("where the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const PORT = String(typeof address === "object" ? address?.port : 0);
    const DATA_DIR = join(folder, "taken");
    expect(await failToStart({ PORT, DATA_DIR })).toContain("choose another one by PORT");
    expect(existsSync(DATA_DIR)).toBe(false);
    other.close();
  });

  test("where no engine is at the endpoint that it was told", async () => {
    const DYNAMODB_ENDPOINT = `http://127.0.0.1:${await freePort()}`;
    const PORT = String(await freePort());
    const said = await failToStart({ PORT, DYNAMODB_ENDPOINT, DATA_DIR: join(folder, "dead") });
    expect(said).toContain(`Cannot reach DYNAMODB_ENDPOINT (${DYNAMODB_ENDPOINT}); start that engine first`);
  });
});

test("demo data is not loaded beside visits that rest on other statements, and the start says so", async () => {
  const engine = await startEngine();
  try {
    await createTables(engine.endpoint);
    Object.assign(process.env, { AWS_REGION: "local", AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x" });
    const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: engine.endpoint }));
    expect(await isAnythingIn(engine.endpoint)).toBe(false);
    const visit = ledgerKeys.visit({ hospitalCode: "H33030400001", visitId: "V00000000000000000001" });
    await db.client.send(new PutCommand({ TableName: db.ledger, Item: { ...visit, status: "SETTLED" } }));
    expect(await isAnythingIn(engine.endpoint)).toBe(true);
    const options = { endpoint: engine.endpoint, dataDir: join(folder, "lost") };
    await expect(startLocalService({ ...options, loadDemoData: true })).rejects.toThrow(
      /DEMO_DATA=off.*docs\/runbook\.md/,
    );
    const told: string[] = [];
    const service = await startLocalService({
      ...options,
      report: (step, detail) => told.push(`${step} ${detail}`),
    });
    expect([service.isNew, service.hasData]).toEqual([false, true]);
    expect(told).toContain(`DATA_FOUND ${engine.endpoint}`);
    await service.stop();
  } finally {
    await engine.stop();
  }
});
