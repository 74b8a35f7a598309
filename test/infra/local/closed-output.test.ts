import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { freePort } from "../../support/free-port.ts";

interface Ended {
  readonly code: unknown;
  readonly complaints: string;
}

/** A command whose first reader goes away before it has said anything, as `| head -0` does. */
function startUnread(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, DATA_DIR: "none-such", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  return child;
}

async function ended(child: ChildProcess): Promise<Ended> {
  const complaints = child.stderr === null ? Promise.resolve("") : text(child.stderr);
  const [code] = await once(child, "exit");
  return { code, complaints: await complaints };
}

describe("what a command does is done where nobody reads what it says:", () => {
  test("npm start serves, and stops when it is told to", async () => {
    const port = await freePort();
    const child = startUnread("infra/local/start.ts", [], {
      ...{ PORT: String(port), DATA_DIR: "memory", DEMO_DATA: "off" },
    });
    const end = ended(child);
    const isUp = async (): Promise<boolean> => {
      const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
      return answer?.ok === true;
    };
    await expect.poll(isUp, { timeout: 50_000 }).toBe(true);
    child.kill("SIGTERM");
    expect(await end).toEqual({ code: 0, complaints: "" });
  });

  test.each([
    ["import-catalogue", "infra/tools/import-catalogue.ts", ["--help"], 0],
    ["import-catalogue of a file that is not there", "infra/tools/import-catalogue.ts", ["none-such.csv"], 2],
    ["rotate-keys", "infra/tools/rotate-keys.ts", ["--help"], 0],
    ["verify-audit of a folder that is not there", "infra/tools/verify-audit.ts", [], 2],
    ["verify-registry of a folder that is not there", "infra/tools/verify-registry.ts", [], 2],
    ["simulate", "test/simulation/simulate.ts", ["--steps", "20"], 0],
    ["bench", "test/bench/bench.ts", ["--help"], 0],
  ])(
    "%s ends as it would",
    async (_what, script, args, code) => {
      const end = await ended(startUnread(script, args));
      expect(end.complaints).not.toContain("EPIPE");
      expect(end.code).toBe(code);
    },
    180_000,
  );

  test("and where nobody reads its complaints either", async () => {
    const child = startUnread("infra/tools/import-catalogue.ts", ["none-such.csv"]);
    child.stderr.destroy();
    expect((await once(child, "exit"))[0]).toBe(2);
  });
});
