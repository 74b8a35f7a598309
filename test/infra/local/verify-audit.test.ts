import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { sealAuditTrail } from "../../../functions/audit/seal-audit-trail.ts";
import { createTables } from "../../../infra/local/create-tables.ts";
import { startEngine } from "../../../infra/local/engine.ts";
import { explainEngineFault } from "../../../infra/local/explain-engine-fault.ts";
import { readConfig } from "../../../shared/config.ts";
import { instantOf } from "../../../shared/domain/dates.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { freePort } from "../../support/free-port.ts";

const folder = mkdtempSync(join(tmpdir(), "verify-audit-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What `npm run verify-audit` says with this environment and nothing of ours, and how it ends. */
async function verify(
  env: Readonly<Record<string, string>>,
  ...options: readonly string[]
): Promise<{ said: string; code: number | null }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["infra/tools/verify-audit.ts", ...options], {
    env: { PATH, ...env },
  });
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
    const env = { DYNAMODB_ENDPOINT: engine.endpoint, DATA_DIR };
    // Nothing is sealed yet.
    const before = await verify(env);
    expect([before.code, before.said]).toEqual([2, expect.stringContaining("nothing was verified")]);
    Object.assign(process.env, { AWS_REGION: "local", AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x" });
    const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: engine.endpoint }));
    await sealAuditTrail({ db, now: () => instantOf(Date.now()) }, () => false);
    const { code, said } = await verify(env);
    expect([code, said]).toEqual([0, expect.stringContaining("the trail is whole")]);
    expect(existsSync(DATA_DIR)).toBe(false);
    // A period that has none, and one that ends before it begins.
    const [none, upsideDown] = await Promise.all([
      verify(env, "--from", "2020-01-01", "--to", "2020-01-31"),
      verify(env, "--from", "2026-11-30", "--to", "2026-11-01"),
    ]);
    expect([none.code, none.said]).toEqual([2, expect.stringContaining("This period has no seals")]);
    expect(none.said).not.toContain("whole");
    expect([upsideDown.code, upsideDown.said]).toEqual([2, expect.stringContaining("--from is after --to")]);
  } finally {
    await engine.stop();
  }
});

describe("a command that came to nothing says", () => {
  test.each(["verify-audit", "verify-registry"])(
    "that no engine is where %s was told to look",
    async (name) => {
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      const { PATH = "" } = process.env;
      const child = spawn(process.execPath, [`infra/tools/${name}.ts`], {
        env: { PATH, DYNAMODB_ENDPOINT: endpoint },
      });
      expect(await text(child.stdout)).toContain(
        `Cannot reach DYNAMODB_ENDPOINT (${endpoint}); start that engine first`,
      );
    },
  );

  test("that the engine did not answer in time, and not what the SDK calls that", () => {
    const late = Object.assign(
      new Error("the request socket did not establish a connection within 1000 ms"),
      {
        name: "TimeoutError",
      },
    );
    expect(explainEngineFault(late, undefined)).toContain("did not answer in time; run it again");
  });
});
