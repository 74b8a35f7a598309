import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, constants, lstatSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setEndpointAgent } from "../../shared/store/kit/endpoint-agents.ts";
import { drawAddress, endpointOf } from "./engine-address.ts";
import { type Dial, makeDialledAgent, makeSocketAgent } from "./engine-agent.ts";
import { launchIsolated } from "./engine-namespace.ts";
import { claimDataFile, findRunningEngine, removeOwner, writeOwner } from "./engine-owner.ts";
import { type EngineFiles, findBinary, type LaunchedEngine, launchAt } from "./engine-process.ts";

/** The embedded DynamoDB-compatible engine, running as a child process. */
export interface Engine {
  readonly endpoint: string;
  readonly pid: number;
  /** Whether nobody else on the machine can connect to it. */
  readonly isIsolated: boolean;
  /** Ends the engine that was started here, and no other process. */
  readonly stop: () => Promise<void>;
}

export interface EngineOptions {
  /** Where data stays; in memory without it. */
  readonly dataFile?: string | undefined;
  /** In a network namespace of its own, where the system lets us have one. */
  readonly isolate?: boolean;
}

const RESTART_PAUSE_MS = 1_000;

/** Follows no link that somebody else may have put under the name. */
const APPEND_TO_OWN_FILE = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;

/** A data file that was made with another mode, and the journals beside it, become their owner's alone. */
function keepPrivate(dataFile: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal", ".log", ".pid"]) {
    const file = `${dataFile}${suffix}`;
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === true) chmodSync(file, 0o600);
  }
}

type Launch = (files: EngineFiles) => Promise<LaunchedEngine>;

/** How an engine was started first, how it is started again, and the endpoint that leads to it both times. */
interface Start {
  readonly engine: LaunchedEngine;
  readonly endpoint: string;
  readonly again: Launch;
  readonly isIsolated: boolean;
}

/** A name of no machine (RFC 6761), which leads nowhere but through its agent. */
const nameEndpoint = (): string => `http://${randomBytes(8).toString("hex")}.invalid`;

async function startIsolated(files: EngineFiles): Promise<Start> {
  const endpoint = nameEndpoint();
  const engine = await launchIsolated(files);
  let dial = engine.dial;
  const dialCurrent: Dial = () => dial();
  setEndpointAgent(endpoint, () => makeDialledAgent(dialCurrent));
  const again: Launch = async (latest) => {
    const next = await launchIsolated(latest);
    ({ dial } = next);
    return next;
  };
  return { engine, endpoint, again, isIsolated: true };
}

async function startAtAddress(files: EngineFiles): Promise<Start> {
  const address = await drawAddress();
  const again: Launch = (latest) => launchAt(address, latest);
  return { engine: await again(files), endpoint: endpointOf(address), again, isIsolated: false };
}

/** Isolated where that is asked for and possible; what fails for another reason fails at an address as well. */
async function startFirst(files: EngineFiles, isolate: boolean): Promise<Start> {
  if (!isolate) return startAtAddress(files);
  try {
    return await startIsolated(files);
  } catch {
    return startAtAddress(files);
  }
}

/** Runs something that starts an engine, with its log open, and keeps on record who has the data file. */
async function launch<T>(
  { dataFile, logFile }: Pick<EngineFiles, "dataFile" | "logFile">,
  start: (files: EngineFiles) => Promise<T>,
  engineOf: (started: T) => LaunchedEngine,
): Promise<T> {
  // A file, not a pipe: a pipe that nobody reads any more would stop an engine that outlives its service.
  const log = openSync(logFile, APPEND_TO_OWN_FILE, 0o600);
  try {
    const started = await start({ binary: findBinary(), dataFile, logFile, log });
    const { pid, place } = engineOf(started);
    if (dataFile !== undefined) writeOwner(dataFile, { engine: pid, service: process.pid, place });
    return started;
  } finally {
    closeSync(log);
  }
}

/** Starts an engine again each time that it ends, until it is told to stop. */
function keepRunning(first: LaunchedEngine, restart: (() => Promise<LaunchedEngine>) | undefined) {
  let engine = first;
  let isStopping = false;
  let restarting = Promise.resolve();
  const endWithUs = (): void => engine.kill();
  process.once("exit", endWithUs);
  const tryRestart = async (start: () => Promise<LaunchedEngine>): Promise<void> => {
    while (!isStopping) {
      try {
        engine = await start();
        watch();
        return;
      } catch (error) {
        console.error(
          `内嵌引擎未能重新启动，稍后再试 · The engine did not start again; trying once more: ${String(error)}`,
        );
        await pause(RESTART_PAUSE_MS);
      }
    }
  };
  const watch = (): void => {
    engine.ended.then(() => {
      if (!isStopping && restart !== undefined) restarting = tryRestart(restart);
    }, console.error);
  };
  watch();
  return {
    pid: () => engine.pid,
    stop: async () => {
      isStopping = true;
      process.removeListener("exit", endWithUs);
      await restarting;
      await engine.stop();
    },
  };
}

/**
 * Starts the engine, in memory or on a data file, and waits until it answers. An engine that dies is started
 * again on its data file; what it had answered is there.
 */
export async function startEngine({ dataFile, isolate = false }: EngineOptions = {}): Promise<Engine> {
  if (dataFile !== undefined) {
    await claimDataFile(dataFile, findBinary());
    keepPrivate(dataFile);
  }
  // Without a data file the log lies in a folder of its own: nobody can foretell its name, or put another file there.
  const logFolder = dataFile === undefined ? mkdtempSync(join(tmpdir(), "engine-")) : undefined;
  const logFile = logFolder === undefined ? `${dataFile}.log` : join(logFolder, "engine.log");
  const files = { dataFile, logFile };
  const { engine, endpoint, again, isIsolated } = await launch(
    files,
    (opened) => startFirst(opened, isolate),
    (start) => start.engine,
  );
  const restart = () => launch(files, again, (next) => next);
  const running = keepRunning(engine, dataFile === undefined ? undefined : restart);
  return {
    endpoint,
    isIsolated,
    get pid() {
      return running.pid();
    },
    stop: async () => {
      await running.stop();
      if (dataFile !== undefined) removeOwner(dataFile);
      if (logFolder !== undefined) rmSync(logFolder, { recursive: true, force: true });
    },
  };
}

/** An engine for a command: that of the service that runs on a data file, or one of its own as long as it takes. */
export async function joinEngine(dataFile: string) {
  const place = findRunningEngine(dataFile, findBinary());
  if (place === undefined) {
    const { endpoint, stop } = await startEngine({ dataFile, isolate: true });
    return { endpoint, isShared: false, stop };
  }
  const stop = async (): Promise<void> => undefined;
  if (place.kind === "ADDRESS") return { endpoint: endpointOf(place), isShared: true, stop };
  const endpoint = nameEndpoint();
  setEndpointAgent(endpoint, () => makeSocketAgent(place.path));
  return { endpoint, isShared: true, stop };
}
