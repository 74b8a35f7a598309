import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface ListeningSocket {
  readonly pid: number;
  readonly program: string;
  readonly host: string;
  readonly port: number;
}

const LISTENING = "0A";

/** Of what processes have left by the time that they are looked at, nothing is told. */
function orNone<Value>(read: () => Value[]): Value[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** The process that started another one. */
export const parentOf = (pid: number): number =>
  Number(
    orNone(() => [readFileSync(`/proc/${pid}/stat`, "utf8")])[0]
      ?.split(") ")
      .at(-1)
      ?.split(" ")[1],
  );

function treeOf(root: number): number[] {
  const children = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === root);
  return [root, ...children.flatMap(treeOf)];
}

/** An address as the kernel prints it: each four bytes the other way round. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join(".");
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

const inodesOf = (pid: number): string[] =>
  orNone(() => readdirSync(`/proc/${pid}/fd`)).flatMap((descriptor) =>
    orNone(() => [readlinkSync(`/proc/${pid}/fd/${descriptor}`)]).flatMap(
      (target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [],
    ),
  );

/** Every TCP socket on which a process or one that it has started listens (Linux, proc(5)). */
export function listeningSockets(root: number): ListeningSocket[] {
  const owners = new Map(treeOf(root).flatMap((pid) => inodesOf(pid).map((inode) => [inode, pid] as const)));
  return ["tcp", "tcp6"].flatMap((table) =>
    orNone(() => readFileSync(`/proc/net/${table}`, "utf8").trim().split("\n").slice(1)).flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      const pid = owners.get(inode);
      if (state !== LISTENING || pid === undefined) return [];
      const [host = "", port = ""] = local.split(":");
      const program = readlinkSync(`/proc/${pid}/exe`);
      return [{ pid, program, host: addressOf(host), port: Number.parseInt(port, 16) }];
    }),
  );
}
