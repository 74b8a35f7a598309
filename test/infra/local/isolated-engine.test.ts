import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { type Engine, joinEngine, startEngine } from "../../../infra/local/engine.ts";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { makeEndpointAgent } from "../../../shared/store/kit/endpoint-agents.ts";
import { canIsolate } from "../../support/can-isolate.ts";
import { parentOf } from "../../support/listening-sockets.ts";

const LOCAL = { AWS_REGION: "local", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
const folder = mkdtempSync(join(tmpdir(), "isolated-"));
/** Longer than the path of a socket may be. */
const dataDir = join(folder, "long".repeat(40));
const dataFile = join(dataDir, "engine.db");
let engine: Engine;

const listTables = async (client: Pick<DynamoDBClient, "send">): Promise<readonly string[]> =>
  (await client.send(new ListTablesCommand())).TableNames ?? [];

const clientOf = (endpoint: string): DynamoDBClient => {
  const httpAgent = makeEndpointAgent(endpoint);
  if (httpAgent === undefined) throw new Error("no agent");
  return new DynamoDBClient({
    endpoint,
    maxAttempts: 1,
    requestHandler: { httpAgent, connectionTimeout: 20_000 },
  });
};

/** Connections to the engine that are open, in its own network. */
const openConnections = (): number =>
  readFileSync(`/proc/${engine.pid}/net/tcp`, "utf8")
    .split("\n")
    .filter((line) => / [0-9A-F]{8}:1F40 [0-9A-F]{8}:[0-9A-F]{4} 01 /.test(line)).length;

describe.runIf(canIsolate)("an engine in a network of its own", () => {
  beforeAll(async () => {
    Object.assign(process.env, LOCAL);
    mkdirSync(dataDir, { recursive: true });
    engine = await startEngine({ dataFile, isolate: true });
    await createTables(engine.endpoint);
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true });
  });

  test("is reached by no name or address, only by its agent", async () => {
    expect(engine.isIsolated).toBe(true);
    await expect(fetch(engine.endpoint)).rejects.toThrow();
    const client = clientOf(engine.endpoint);
    expect(await listTables(client)).toEqual(["Ledger", "Registry"]);
    client.destroy();
  });

  test("answers many requests at once by 256 connections at most, and keeps them for the next", async () => {
    const client = clientOf(engine.endpoint);
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 400 }, () => listTables(client)));
      expect(new Set(answers.map(String))).toEqual(new Set(["Ledger,Registry"]));
      expect(openConnections()).toBeGreaterThan(1);
      expect(openConnections()).toBeLessThanOrEqual(256);
    }
    client.destroy();
    await vi.waitFor(() => expect(openConnections()).toBe(0), { timeout: 5_000 });
  });

  test("is joined by a command through its socket, whatever the length of the data directory's path", async () => {
    const { endpoint, isShared, stop } = await joinEngine(dataFile);
    expect(isShared).toBe(true);
    expect(endpoint).not.toBe(engine.endpoint);
    const client = clientOf(endpoint);
    const answers = await Promise.all(Array.from({ length: 60 }, () => listTables(client)));
    expect(new Set(answers.map(String))).toEqual(new Set(["Ledger,Registry"]));
    client.destroy();
    await stop();
  });

  test.each(["engine", "connector"])(
    "is started again when its %s is killed, for the same clients",
    async (which) => {
      const { client } = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: engine.endpoint }));
      expect(await listTables(client)).toHaveLength(2);
      const { pid } = engine;
      process.kill(which === "engine" ? pid : parentOf(pid), "SIGKILL");
      await vi.waitFor(() => expect(engine.pid).not.toBe(pid), { timeout: 20_000 });
      expect(existsSync(`/proc/${pid}/exe`)).toBe(false);
      expect(await listTables(client)).toHaveLength(2);
      client.destroy();
    },
  );
});

describe.runIf(canIsolate)("an engine that was stopped", () => {
  test("leaves neither a process nor a folder, and refuses its clients at once", async () => {
    const before = new Set(readdirSync(tmpdir()));
    const own = await startEngine({ isolate: true });
    const [pid, connector] = [own.pid, parentOf(own.pid)];
    const client = clientOf(own.endpoint);
    expect(await listTables(client)).toEqual([]);
    const made = readdirSync(tmpdir()).filter(
      (name) => !before.has(name) && existsSync(join(tmpdir(), name, "engine.log")),
    );
    expect(made.length).toBeGreaterThan(0);
    await own.stop();
    await expect(listTables(client)).rejects.toThrow(
      /cannot be reached|ECONNREFUSED|ECONNRESET|socket hang up/,
    );
    await expect(listTables(client)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    client.destroy();
    for (const each of [pid, connector]) expect(existsSync(`/proc/${each}/exe`)).toBe(false);
  });
});
