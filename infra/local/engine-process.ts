import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type EngineAddress, waitUntilListening } from "./engine-address.ts";
import type { EnginePlace } from "./engine-owner.ts";

/** What an engine is started with. */
export interface EngineFiles {
  readonly binary: string;
  readonly dataFile: string | undefined;
  readonly logFile: string;
  /** The log file, open to be added to. */
  readonly log: number;
}

/** An engine that answers. */
export interface LaunchedEngine {
  readonly pid: number;
  readonly place: EnginePlace;
  readonly ended: Promise<unknown>;
  /** Ends it at once. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

const STOP_TIMEOUT_MS = 5_000;

/** Where the engine's binary lies; throws with a way out where there is none for this system. */
export function findBinary(): string {
  const platform = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${platform}/package.json`)), "dynoxide");
  } catch {
    throw new Error(
      `没有适用于本机的内嵌引擎（${platform}）。请运行 DynamoDB Local，并以 DYNAMODB_ENDPOINT 指向它。· ` +
        `There is no embedded engine for this machine (${platform}). Run DynamoDB Local and point DYNAMODB_ENDPOINT at it, ` +
        "for example DYNAMODB_ENDPOINT=http://127.0.0.1:8000",
    );
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

/** Runs the engine at an address in a process group of its own, so that Ctrl-C reaches only the service, and waits for it. */
export async function launchAt(
  address: EngineAddress,
  { binary, dataFile, logFile, log }: EngineFiles,
): Promise<LaunchedEngine> {
  const { host, port } = address;
  const storage = dataFile === undefined ? [] : ["--db-path", dataFile];
  // The engine makes its files as its umask lets it: nobody but their owner may read them, whatever the folder.
  const serve = ["serve", "--host", host, "--port", String(port), ...storage];
  const child = spawn("/bin/sh", ["-c", 'umask 077; exec "$0" "$@"', binary, ...serve], {
    stdio: ["ignore", log, log],
    detached: true,
  });
  const ended = once(child, "exit");
  const findFailure = (): Error | undefined =>
    child.exitCode === null
      ? undefined
      : new Error(`the engine ended at once: ${readFileSync(logFile, "utf8").trim()}`);
  try {
    await waitUntilListening(address, findFailure);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return {
    ...{ pid: child.pid ?? 0, place: { kind: "ADDRESS", ...address }, ended },
    kill: () => child.kill("SIGKILL"),
    stop: () => stopChild(child),
  };
}
