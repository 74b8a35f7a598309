import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { retryOnConflict } from "../../../functions/kit/retry-on-conflict.ts";
import { createTables } from "../../../infra/local/create-tables.ts";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase, type Database } from "../../../shared/store/kit/database.ts";
import { getItem } from "../../../shared/store/kit/read.ts";
import { commitTransaction, putNew } from "../../../shared/store/kit/transaction.ts";

const KEY = { pk: "late", sk: "late" };
let db: Database;
let tries = 0;

/** The first try of each commit is lost on its way, and so long passes before the next one. */
function loseFirstTry(client: DynamoDBDocumentClient, passesMs: number): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      tries += 1;
      if (tries > 1) return next(args);
      vi.setSystemTime(Date.now() + passesMs);
      throw Object.assign(new Error("lost"), { name: "TimeoutError" });
    },
    { step: "finalizeRequest", name: "loseFirstTry", priority: "low" },
  );
}

beforeEach(async () => {
  tries = 0;
  const endpoint = inject("engineEndpoint");
  const [registry, ledger] = [`Registry-${randomUUID()}`, `Ledger-${randomUUID()}`];
  await createTables(endpoint, { Registry: registry, Ledger: ledger });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  db = {
    ...connectDatabase(readConfig({ REGISTRY_TABLE: registry, LEDGER_TABLE: ledger })),
    client: DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: "local", credentials })),
  };
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

test.each([
  ["is sent again after a moment", 1_000, "COMMITTED", true],
  ["is not sent again after a minute of sleep: it is decided anew", 61_000, "CHANGED", false],
])("a transaction that was lost on its way %s", async (_what, passesMs, kind, isThere) => {
  const { client } = db;
  loseFirstTry(client, passesMs);
  expect(await commitTransaction(db, [putNew(db.ledger, KEY, "CHANGED")])).toEqual({ kind });
  expect((await getItem(db, db.ledger, KEY)) !== undefined).toBe(isThere);
});

test("when the time is over, nothing is attempted any more, and nothing is committed", async () => {
  const over = new AbortController();
  const limited = { ...db, signal: over.signal };
  const logger = { log: () => undefined };
  let attempts = 0;
  const outcome = await retryOnConflict(
    { db: limited, logger },
    { operation: "test", requestId: "r" },
    async () => {
      attempts += 1;
      over.abort();
      return "AGAIN";
    },
  );
  expect([attempts, outcome]).toEqual([1, { ok: false, failure: { code: "BUSY" } }]);
  const commit = commitTransaction(limited, [putNew(db.ledger, KEY, "CHANGED")]);
  await expect(commit).rejects.toMatchObject({ name: "AbortError" });
  expect(await getItem(db, db.ledger, KEY)).toBeUndefined();
});
