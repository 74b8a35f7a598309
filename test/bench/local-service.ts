import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENGINE_FILE, KEYS_FILE } from "../../infra/local/data-directory.ts";
import { joinEngine } from "../../infra/local/engine.ts";
import { freePort } from "../support/free-port.ts";

export const repository = join(import.meta.dirname, "../..");

const READY_TIMEOUT_MS = 60_000;

export interface LocalService {
  readonly url: string;
  /** Leads this process to the engine that the service started. */
  readonly engine: string;
  readonly keysFile: string;
  readonly stop: () => Promise<void>;
}

/** Waits for a line of the output that the pattern matches; fails when the process ends before. */
function waitForLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`no ${pattern} in: ${output}`)), READY_TIMEOUT_MS);
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (!pattern.test(output)) return;
      clearTimeout(timer);
      resolve(output);
    });
    child.once("exit", () => reject(new Error(`the service ended: ${output}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGINT");
  await ended;
}

/** A bench that breaks off leaves nothing running behind. */
function endWithUs(child: ChildProcess): void {
  const stop = (): void => {
    child.kill("SIGINT");
  };
  process.once("exit", stop);
  child.once("exit", () => process.removeListener("exit", stop));
}

/** Starts what `npm start` starts, in a process of its own, with its data in a new directory and no demo data. */
export async function startLocalService(nodeOptions: readonly string[] = []): Promise<LocalService> {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-service-"));
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeOptions, "infra/local/start.ts"], {
    cwd: repository,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO_DATA: "off", LOG_LEVEL: "ERROR" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithUs(child);
  await waitForLine(child, /ready +\S+\n/);
  const { endpoint } = await joinEngine(join(dataDir, ENGINE_FILE));
  return {
    url: `http://127.0.0.1:${port}`,
    engine: endpoint,
    keysFile: join(dataDir, KEYS_FILE),
    stop: async () => {
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface FirstBill {
  readonly readyMs: number;
  readonly firstBillMs: number;
  readonly allBillsMs: number;
}

/** `npm start` in an empty directory, as somebody types it, until its demo bills are settled. */
export async function timeFirstBill(): Promise<FirstBill> {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-start-"));
  const port = await freePort();
  const startedAt = performance.now();
  // In a group of its own, so that npm, its shell and the service all get the signal that ends them.
  const child = spawn("npm", ["start"], {
    cwd: repository,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO_DATA: "on" },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const after = async (pattern: RegExp): Promise<number> => {
    await waitForLine(child, pattern);
    return performance.now() - startedAt;
  };
  try {
    const [readyMs, firstBillMs, allBillsMs] = await Promise.all([
      after(/ready +\S+\n/),
      after(/first bill settled/),
      after(/Ctrl-C/),
    ]);
    return { readyMs, firstBillMs, allBillsMs };
  } finally {
    const ended = once(child, "exit");
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
