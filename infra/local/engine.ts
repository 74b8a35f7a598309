import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { drawAddress, type EngineAddress, endpointOf } from "./engine-address.ts";

/** The embedded DynamoDB-compatible engine, running as a child process. */
export interface Engine {
  readonly endpoint: string;
  readonly pid: number;
  /** Ends the engine that was started here, and no other process. */
  readonly stop: () => Promise<void>;
}

const READY_ATTEMPTS = 200;
const READY_PAUSE_MS = 25;
const STOP_TIMEOUT_MS = 5_000;
const RESTART_PAUSE_MS = 1_000;

/** Where the engine's binary lies; throws with a way out where there is none for this system. */
function findBinary(): string {
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

async function isListening({ host, port }: EngineAddress): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Follows no link that somebody else may have put under the name. */
const APPEND_TO_OWN_FILE = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;

/** A data file that was made with another mode, and the journals beside it, become their owner's alone. */
function keepPrivate(dataFile: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal", ".log", ".pid"]) {
    const file = `${dataFile}${suffix}`;
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === true) chmodSync(file, 0o600);
  }
}

const pidFileOf = (dataFile: string): string => `${dataFile}.pid`;

interface Owner extends EngineAddress {
  readonly engine: number;
  readonly service: number;
}

function readOwner(file: string): Owner | undefined {
  try {
    const [engine, service, port, host = "127.0.0.1"] = readFileSync(file, "utf8").split(" ");
    if (engine === undefined || service === undefined || port === undefined) return undefined;
    return { engine: Number(engine), service: Number(service), port: Number(port), host };
  } catch {
    return undefined;
  }
}

/** Where a running service has its engine on a data file; undefined where none runs. */
function findRunningEngine(dataFile: string): string | undefined {
  const owner = readOwner(pidFileOf(dataFile));
  const runs = owner !== undefined && programOf(owner.engine) === findBinary();
  return runs && programOf(owner.service) !== undefined ? endpointOf(owner) : undefined;
}

/** An engine for a command: that of the service that runs on a data file, or one of its own as long as it takes. */
export async function joinEngine(dataFile: string) {
  const running = findRunningEngine(dataFile);
  if (running !== undefined) return { endpoint: running, isShared: true, stop: async () => undefined };
  const { endpoint, stop } = await startEngine({ dataFile });
  return { endpoint, isShared: false, stop };
}

/** The program that a process runs; undefined where the process has ended. */
function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

/**
 * Makes sure that nobody else has the data file. A service that still runs keeps it; an engine that a killed
 * service of ours left behind is ended: its pid is in our file, and the process under that pid is our binary.
 */
async function claimDataFile(dataFile: string, binary: string): Promise<void> {
  const file = pidFileOf(dataFile);
  const owner = readOwner(file);
  if (owner === undefined || programOf(owner.engine) !== binary) return;
  if (programOf(owner.service) !== undefined) {
    throw new Error(
      `数据目录正由另一个服务使用（pid ${owner.service}），请先停止它，或另设 DATA_DIR。· ` +
        `Another service uses this data directory (pid ${owner.service}): stop it, or set another DATA_DIR. (${file})`,
    );
  }
  // Writes are on disk when they are answered, so an engine whose service is gone may be ended at once.
  process.kill(owner.engine, "SIGKILL");
  while (programOf(owner.engine) === binary) await pause(READY_PAUSE_MS);
}

async function waitUntilReady(child: ChildProcess, place: EngineAddress, logFile: string): Promise<void> {
  for (let attempt = 0; attempt < READY_ATTEMPTS; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`the engine ended at once: ${readFileSync(logFile, "utf8").trim()}`);
    if (await isListening(place)) return;
    await pause(READY_PAUSE_MS);
  }
  throw new Error("the engine does not answer");
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

interface Launch extends EngineAddress {
  readonly binary: string;
  readonly dataFile: string | undefined;
  readonly logFile: string;
}

/** Runs the engine in a process group of its own, so that Ctrl-C reaches only the service, and waits for it. */
async function launch({ binary, host, port, dataFile, logFile }: Launch): Promise<ChildProcess> {
  const storage = dataFile === undefined ? [] : ["--db-path", dataFile];
  // A file, not a pipe: a pipe that nobody reads any more would stop an engine that outlives its service.
  const log = openSync(logFile, APPEND_TO_OWN_FILE, 0o600);
  // The engine makes its files as its umask lets it: nobody but their owner may read them, whatever the folder.
  const serve = ["serve", "--host", host, "--port", String(port), ...storage];
  const child = spawn("/bin/sh", ["-c", 'umask 077; exec "$0" "$@"', binary, ...serve], {
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  try {
    await waitUntilReady(child, { host, port }, logFile);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  if (dataFile !== undefined)
    writeFileSync(pidFileOf(dataFile), `${child.pid} ${process.pid} ${port} ${host}`, { mode: 0o600 });
  return child;
}

/**
 * Starts the engine, in memory or on a data file, and waits until it answers. An engine that dies is started
 * again on its data file; what it had answered is there.
 */
export async function startEngine(options: { dataFile?: string } = {}): Promise<Engine> {
  const { dataFile } = options;
  const binary = findBinary();
  if (dataFile !== undefined) await claimDataFile(dataFile, binary);
  const address = await drawAddress();
  // Without a data file the log lies in a folder of its own: nobody can foretell its name, or put another file there.
  const logFolder = dataFile === undefined ? mkdtempSync(join(tmpdir(), "engine-")) : undefined;
  const logFile = logFolder === undefined ? `${dataFile}.log` : join(logFolder, "engine.log");
  const place = { binary, ...address, dataFile, logFile };
  if (dataFile !== undefined) keepPrivate(dataFile);
  let child = await launch(place);
  let isStopping = false;
  const endWithUs = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", endWithUs);
  let restarting = Promise.resolve();
  const restart = async (): Promise<void> => {
    while (!isStopping) {
      try {
        child = await launch(place);
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
    child.once("exit", () => {
      if (!isStopping && dataFile !== undefined) restarting = restart();
    });
  };
  watch();
  return {
    endpoint: endpointOf(place),
    get pid() {
      return child.pid ?? 0;
    },
    stop: async () => {
      isStopping = true;
      process.removeListener("exit", endWithUs);
      await restarting;
      await stopChild(child);
      if (dataFile !== undefined) rmSync(pidFileOf(dataFile), { force: true });
      if (logFolder !== undefined) rmSync(logFolder, { recursive: true, force: true });
    },
  };
}
