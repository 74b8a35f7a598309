import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dial } from "./engine-agent.ts";
import { ConnectorMessage, type ConnectRequest } from "./engine-messages.ts";
import { endProgram, endProgramFully, removeSocketFolder } from "./engine-owner.ts";
import type { EngineFiles, LaunchedEngine } from "./engine-process.ts";

const READY_TIMEOUT_MS = 10_000;
/** The SDK gives up its wait for a connection after a second; this one only ends what nobody waits for. */
const DIAL_TIMEOUT_MS = 5_000;
/** The connector gives the engine four seconds to end by itself. */
const STOP_TIMEOUT_MS = 5_000;
/** The path of a socket may have 107 bytes (unix(7)), and ours adds some thirty to the folder's. */
const MAX_FOLDER_BYTES = 70;

/** An engine in a network of its own, with the way that leads there. */
export interface IsolatedEngine extends LaunchedEngine {
  readonly dial: Dial;
}

/** As the engine's system would say it, so that it is tried again like any engine that is being started. */
const notConnected = (): Error =>
  Object.assign(new Error("the embedded engine cannot be reached"), { code: "ECONNREFUSED" });

interface Waiting {
  readonly resolve: (socket: Socket) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Connections to the engine, which the connector opens and hands over one by one. */
function makeDial(connector: ChildProcess): Dial {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const answer = (id: number, socket: Socket | undefined): void => {
    const asked = waiting.get(id);
    waiting.delete(id);
    clearTimeout(asked?.timer);
    if (asked === undefined) socket?.destroy();
    else if (socket === undefined) asked.reject(notConnected());
    else asked.resolve(socket);
  };
  connector.on("message", (message, handle) => {
    const parsed = ConnectorMessage.safeParse(message);
    if (!parsed.success || parsed.data.kind === "READY") return;
    answer(parsed.data.id, handle instanceof Socket ? handle : undefined);
  });
  connector.once("disconnect", () => {
    for (const id of [...waiting.keys()]) answer(id, undefined);
  });
  return () =>
    new Promise((resolve, reject) => {
      if (!connector.connected) return reject(notConnected());
      lastId += 1;
      const id = lastId;
      waiting.set(id, { resolve, reject, timer: setTimeout(answer, DIAL_TIMEOUT_MS, id, undefined) });
      const request: ConnectRequest = { kind: "CONNECT", id };
      connector.send(request, (error) => {
        if (error !== null) answer(id, undefined);
      });
    });
}

/** Resolves with the engine's process id as soon as it answers; rejects where it or its namespace does not come up. */
function waitUntilReady(connector: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error("the engine's connector does not answer")),
      READY_TIMEOUT_MS,
    );
    connector.on("message", (message) => {
      const parsed = ConnectorMessage.safeParse(message);
      if (!parsed.success || parsed.data.kind !== "READY") return;
      clearTimeout(timer);
      resolve(parsed.data.pid);
    });
    const fail = (): void => {
      clearTimeout(timer);
      reject(new Error("the engine's connector ended at once"));
    };
    connector.once("error", fail).once("exit", fail);
  });
}

function makeSocketPath(): string {
  const folder = Buffer.byteLength(tmpdir()) > MAX_FOLDER_BYTES ? "/tmp" : tmpdir();
  return join(mkdtempSync(join(folder, "engine-")), "socket");
}

/** What a system may allow: root may often do without a namespace of users, and then has its own rights inside. */
const namespaces = (): readonly (readonly string[])[] => {
  const ofUser = ["--user", "--map-root-user", "--net"];
  return process.getuid?.() === 0 ? [["--net"], ofUser] : [ofUser];
};

function spawnConnector(
  flags: readonly string[],
  { binary, dataFile, log }: EngineFiles,
  socketPath: string,
) {
  // It brings up the loopback device, and makes files as `umask` lets it: nobody but their owner may read them.
  const begin = 'ip link set lo up && umask 077 && exec "$0" "$@"';
  const storage = dataFile === undefined ? [] : ["--db-path", dataFile];
  const program = [process.execPath, join(import.meta.dirname, "engine-connector.ts"), binary, socketPath];
  return spawn("unshare", [...flags, "/bin/sh", "-c", begin, ...program, ...storage], {
    stdio: ["ignore", log, log, "ipc"],
    // In a group of its own, so that Ctrl-C reaches only the service.
    detached: true,
    env: { PATH: `${process.env.PATH ?? "/usr/bin:/bin"}:/usr/sbin:/sbin`, TMPDIR: tmpdir() },
  });
}

async function launchIn(flags: readonly string[], files: EngineFiles): Promise<IsolatedEngine> {
  const socketPath = files.dataFile === undefined ? "" : makeSocketPath();
  const connector = spawnConnector(flags, files, socketPath);
  const ended = new Promise<void>((resolve) => {
    connector.once("exit", () => resolve());
    // Without a process there is none that could end.
    connector.on("error", () => connector.pid === undefined && resolve());
  });
  let engine = 0;
  const kill = (): void => {
    if (engine > 0) endProgram(engine, files.binary);
  };
  const cleaned = ended.then(async () => {
    // The connector ends the engine and removes the socket, unless it was killed.
    if (engine > 0) await endProgramFully(engine, files.binary);
    if (socketPath !== "") removeSocketFolder(socketPath);
  });
  const end = async (ask: () => void): Promise<void> => {
    ask();
    const timer = setTimeout(() => {
      kill();
      connector.kill("SIGKILL");
    }, STOP_TIMEOUT_MS);
    await cleaned;
    clearTimeout(timer);
  };
  try {
    engine = await waitUntilReady(connector);
  } catch (error) {
    await end(() => {
      if (connector.connected) connector.disconnect();
    });
    throw error;
  }
  return {
    ...{ pid: engine, place: { kind: "SOCKET", path: socketPath }, ended: cleaned, kill },
    dial: makeDial(connector),
    stop: () => end(() => connector.kill("SIGTERM")),
  };
}

/**
 * Starts the engine in a network namespace of its own, where no other process of the machine can connect to it, and
 * waits until it answers. Throws where the system does not let us (network_namespaces(7), unshare(1)).
 */
export async function launchIsolated(files: EngineFiles): Promise<IsolatedEngine> {
  const failures: unknown[] = [];
  for (const flags of namespaces()) {
    try {
      return await launchIn(flags, files);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "the engine cannot have a network of its own");
}
