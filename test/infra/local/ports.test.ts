import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { canIsolate } from "../../support/can-isolate.ts";
import { freePort } from "../../support/free-port.ts";
import { type ListeningSocket, listeningSockets, parentOf } from "../../support/listening-sockets.ts";

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly dataDir: string;
  readonly said: () => string;
}

const started: Started[] = [];
const folder = mkdtempSync(join(tmpdir(), "ports-"));
afterAll(async () => {
  for (const { child } of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true });
});

/** What `npm start` starts, with more before the path by which it finds commands. */
async function start(name: string, commands = ""): Promise<Started> {
  const port = await freePort();
  const dataDir = join(folder, name);
  const PATH = `${commands}:${process.env.PATH}`;
  const child = spawn(process.execPath, ["infra/local/start.ts"], {
    env: { ...process.env, PATH, PORT: String(port), DATA_DIR: dataDir, DEMO_DATA: "off" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  const isUp = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true;
  const service = { child, port, dataDir, said: () => said };
  started.push(service);
  await vi.waitFor(async () => expect(await isUp()).toBe(true), { timeout: 50_000 });
  return service;
}

const socketsOf = ({ child }: Started): ListeningSocket[] => listeningSockets(child.pid ?? 0);
const isEngine = ({ program }: ListeningSocket): boolean => program.endsWith("/dynoxide");
const OPEN_ENGINE = "which others with an account here can find";

interface Answer {
  readonly status: number | undefined;
  readonly allowed: unknown;
  readonly body: string;
}

const ask = (
  to: number,
  headers: Record<string, string>,
  method = "GET",
  path = "/health",
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: to, path, method, headers }, (response) => {
      const allowed = response.headers["access-control-allow-origin"];
      text(response).then((body) => resolve({ status: response.statusCode, allowed, body }), reject);
    });
    sent.once("error", reject).end();
  });

/** A foreign web page is answered nothing at any of the ports that are listened on. */
function expectGuarded(running: () => Started): void {
  test.each([
    ["another name", { host: "evil.example" }],
    ["another name with the service's port", { host: `evil.example:PORT` }],
    ["a name that only begins like this machine's", { host: "localhost.evil.example" }],
    ["an address that only begins like it", { host: "127.0.0.1.evil.example" }],
  ])("a web page that asks for this machine by %s is answered at no port", async (_what, headers) => {
    const { port } = running();
    const host = headers.host.replace("PORT", String(port));
    for (const path of ["/health", "/v1/finance/deferred-claims", "/uploads/x", "/oauth/token", "/docs"]) {
      const { status } = await ask(port, { host, origin: "http://evil.example" }, "GET", path);
      expect([path, status === 400 || status === 403]).toEqual([path, true]);
    }
  });

  test.each(["http://evil.example", "null", "http://127.0.0.1:1"])(
    "a web page of the origin %s may read no answer of any port at this machine's own address",
    async (origin) => {
      const ports = socketsOf(running()).map(({ port }) => port);
      expect(ports).toContain(running().port);
      for (const each of ports) {
        for (const method of ["GET", "POST", "OPTIONS"]) {
          const asked = {
            origin,
            "access-control-request-method": "POST",
            "x-amz-target": "DynamoDB_20120810.ListTables",
          };
          const answer = await ask(each, asked, method, "/").catch(() => undefined);
          expect([each, method, answer?.allowed]).toEqual([each, method, undefined]);
        }
      }
    },
  );
}

describe.runIf(canIsolate)("where the engine can have a network of its own", () => {
  let service: Started;
  beforeAll(async () => {
    service = await start("isolated");
  });
  const engineOf = (): { readonly pid: number; readonly socket: string } => {
    const [pid, , socket = ""] = readFileSync(join(service.dataDir, "engine.db.pid"), "utf8").split(" ");
    return { pid: Number(pid), socket };
  };

  test("npm start opens no port but that of the service", () => {
    expect(socketsOf(service)).toMatchObject([{ host: "127.0.0.1", port: service.port }]);
    expect(socketsOf(service)).toHaveLength(1);
    expect(service.said()).toContain("embedded");
    expect(service.said()).not.toContain(OPEN_ENGINE);
  });

  expectGuarded(() => service);

  test("the engine's network is not that of the machine", () => {
    const network = (pid: number | string): string => readlinkSync(`/proc/${pid}/ns/net`);
    expect(network(engineOf().pid)).not.toBe(network("self"));
    expect(network(service.child.pid ?? 0)).toBe(network("self"));
  });

  test("commands come in by a socket that only the same user may open", () => {
    const { socket } = engineOf();
    expect(statSync(socket).isSocket()).toBe(true);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    expect(statSync(join(service.dataDir, "engine.db.pid")).mode & 0o777).toBe(0o600);
  });

  test("a service that is killed leaves no engine, no connector and no socket behind", async () => {
    const { pid, socket } = engineOf();
    const connector = parentOf(pid);
    expect(existsSync(`/proc/${connector}/exe`)).toBe(true);
    service.child.kill("SIGKILL");
    const left = (): string[] =>
      [`/proc/${pid}/exe`, `/proc/${connector}/exe`, dirname(socket)].filter((path) => existsSync(path));
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 20_000 });
  });
});

/** A folder with a command that only fails. */
function makeFailing(name: string): string {
  const commands = join(folder, `no-${name}`);
  mkdirSync(commands);
  writeFileSync(join(commands, name), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  return commands;
}

describe.each(["unshare", "ip"])("where the system does not let %s work", (command) => {
  let service: Started;
  beforeAll(async () => {
    service = await start(`without-${command}`, makeFailing(command));
  });

  test("npm start opens the service's port and the engine's at an address that is drawn, and says so", () => {
    const opened = socketsOf(service);
    expect(opened.filter((each) => !isEngine(each))).toMatchObject([
      { host: "127.0.0.1", port: service.port },
    ]);
    const engines = opened.filter(isEngine);
    expect(engines).toHaveLength(1);
    expect(engines[0]?.host).toMatch(/^127\.\d+\.\d+\.\d+$/);
    expect(["127.0.0.1", "127.0.0.0"]).not.toContain(engines[0]?.host);
    expect(service.said()).toContain(OPEN_ENGINE);
  });

  expectGuarded(() => service);

  test("a web page finds no engine where it would look for one: at this machine's own address and names", async () => {
    const engine = socketsOf(service).find(isEngine);
    for (const host of ["127.0.0.1", "localhost", "::1", "0.0.0.0"]) {
      const socket = connect(engine?.port ?? 0, host);
      const outcome = await Promise.race([
        once(socket, "connect").then(() => "connected"),
        once(socket, "error").then(() => "refused"),
      ]).catch(() => "refused");
      socket.destroy();
      expect([host, outcome]).toEqual([host, "refused"]);
    }
  });

  test("where the engine is, is neither said nor in a file that others may read", () => {
    const address = socketsOf(service).find(isEngine)?.host ?? "no engine";
    expect(service.said()).toContain("embedded");
    expect(service.said()).not.toContain(address);
    const telling = readdirSync(service.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(address));
    for (const file of telling) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
    expect(telling.length).toBeGreaterThan(0);
  });
});
