import { readFileSync, readlinkSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EngineAddress } from "./engine-address.ts";

/** Where other processes of the same user find an engine. */
export type EnginePlace =
  | ({ readonly kind: "ADDRESS" } & EngineAddress)
  | { readonly kind: "SOCKET"; readonly path: string };

/** Who has a data file, by their process ids. */
export interface EngineOwner {
  readonly engine: number;
  readonly service: number;
  readonly place: EnginePlace;
}

const END_PAUSE_MS = 25;

const pidFileOf = (dataFile: string): string => `${dataFile}.pid`;

/** Keeps on record who has a data file; nobody but its user may read it. */
export function writeOwner(dataFile: string, { engine, service, place }: EngineOwner): void {
  const where = place.kind === "ADDRESS" ? `${place.port} ${place.host}` : place.path;
  writeFileSync(pidFileOf(dataFile), `${engine} ${service} ${where}`, { mode: 0o600 });
}

export function removeOwner(dataFile: string): void {
  rmSync(pidFileOf(dataFile), { force: true });
}

function readOwner(dataFile: string): EngineOwner | undefined {
  try {
    const text = readFileSync(pidFileOf(dataFile), "utf8");
    const [, engine, service, where = ""] = /^(\d+) (\d+) (.+)$/.exec(text) ?? [];
    const [port, host = "127.0.0.1"] = where.split(" ");
    const place: EnginePlace = where.startsWith("/")
      ? { kind: "SOCKET", path: where }
      : { kind: "ADDRESS", host, port: Number(port) };
    return where === "" ? undefined : { engine: Number(engine), service: Number(service), place };
  } catch {
    return undefined;
  }
}

/** The program that a process runs; undefined where the process has ended. */
function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

/** Ends a process at once that still runs this program. */
export function endProgram(pid: number, program: string): void {
  if (programOf(pid) !== program) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

/** Ends a process at once that still runs this program, and waits until it has let go of its files. */
export async function endProgramFully(pid: number, program: string): Promise<void> {
  endProgram(pid, program);
  while (programOf(pid) === program) await pause(END_PAUSE_MS);
}

/** Where a running service has its engine on a data file; undefined where none runs. */
export function findRunningEngine(dataFile: string, binary: string): EnginePlace | undefined {
  const owner = readOwner(dataFile);
  const runs = owner !== undefined && programOf(owner.engine) === binary;
  return runs && programOf(owner.service) !== undefined ? owner.place : undefined;
}

/** Removes the folder of a socket; one that is gone is not missed. */
export function removeSocketFolder(socketPath: string): void {
  rmSync(socketPath, { force: true });
  try {
    rmdirSync(dirname(socketPath));
  } catch {
    // Somebody was faster, or keeps other things there.
  }
}

/**
 * Makes sure that nobody else has the data file. A service that still runs keeps it; an engine that a killed
 * service of ours left behind is ended: its pid is in our file, and the process under that pid is our binary.
 */
export async function claimDataFile(dataFile: string, binary: string): Promise<void> {
  const owner = readOwner(dataFile);
  if (owner === undefined) return;
  if (programOf(owner.engine) === binary) {
    if (programOf(owner.service) !== undefined) {
      throw new Error(
        `数据目录正由另一个服务使用（pid ${owner.service}），请先停止它，或另设 DATA_DIR。· ` +
          `Another service uses this data directory (pid ${owner.service}): stop it, or set another DATA_DIR. (${pidFileOf(dataFile)})`,
      );
    }
    // Writes are on disk when they are answered, so an engine whose service is gone may be ended at once.
    await endProgramFully(owner.engine, binary);
  }
  if (owner.place.kind === "SOCKET") removeSocketFolder(owner.place.path);
}
