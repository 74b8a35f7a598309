import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { startEngine } from "../../../infra/local/engine.ts";

const folder = mkdtempSync(join(tmpdir(), "verify-audit-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What `npm run verify-audit` says with this environment and nothing of ours, and how it ends. */
async function verify(env: Readonly<Record<string, string>>): Promise<{ said: string; code: number | null }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["infra/local/verify-audit.ts"], { env: { PATH, ...env } });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = await text(child.stdout);
  return { said, code: await ended };
}

describe("verify-audit verifies nothing, and makes nothing,", () => {
  test("where the data directory does not exist", async () => {
    const DATA_DIR = join(folder, "none");
    expect(await verify({ DATA_DIR })).toEqual({ code: 2, said: expect.stringContaining(DATA_DIR) });
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  test("where the directory has no data", async () => {
    expect(await verify({ DATA_DIR: folder })).toMatchObject({ code: 2 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of a table in AWS that is not named, and names what is missing", async () => {
    const DYNAMODB_ENDPOINT = "https://dynamodb.cn-north-1.amazonaws.com.cn";
    const { code, said } = await verify({ DYNAMODB_ENDPOINT });
    expect([code, said]).toEqual([2, expect.stringContaining("AWS_REGION, LEDGER_TABLE")]);
  });
});

test("verify-audit says that the trail of another engine is whole, without the data directory", async () => {
  const engine = await startEngine();
  try {
    await createTables(engine.endpoint);
    const DATA_DIR = join(folder, "unused");
    const { code, said } = await verify({ DYNAMODB_ENDPOINT: engine.endpoint, DATA_DIR });
    expect([code, said]).toEqual([0, expect.stringContaining("the trail is whole")]);
    expect(existsSync(DATA_DIR)).toBe(false);
  } finally {
    await engine.stop();
  }
});
