import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "../../support/free-port.ts";
import { type ListeningSocket, listeningSockets } from "../../support/listening-sockets.ts";

const dataDir = mkdtempSync(join(tmpdir(), "ports-"));
let child: ChildProcess;
let port = 0;
let said = "";
beforeAll(async () => {
  port = await freePort();
  child = spawn(process.execPath, ["infra/local/start.ts"], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO_DATA: "off" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  const isUp = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true;
  await vi.waitFor(async () => expect(await isUp()).toBe(true), { timeout: 50_000 });
});
afterAll(async () => {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true });
});

const sockets = (): ListeningSocket[] => listeningSockets(child.pid ?? 0);
const isEngine = ({ program }: ListeningSocket): boolean => program.endsWith("/dynoxide");

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

describe("npm start opens no port but", () => {
  test("that of the service, and the engine's at an address that is drawn for it", () => {
    const opened = sockets();
    expect(opened.filter((each) => !isEngine(each))).toMatchObject([{ host: "127.0.0.1", port }]);
    const engines = opened.filter(isEngine);
    expect(engines).toHaveLength(1);
    expect(engines[0]?.host).toMatch(/^127\.\d+\.\d+\.\d+$/);
    expect(["127.0.0.1", "127.0.0.0"]).not.toContain(engines[0]?.host);
  });
});

describe("a web page", () => {
  test.each([
    ["another name", { host: "evil.example" }],
    ["another name with the service's port", { host: `evil.example:PORT` }],
    ["a name that only begins like this machine's", { host: "localhost.evil.example" }],
    ["an address that only begins like it", { host: "127.0.0.1.evil.example" }],
  ])("that asks for this machine by %s is answered at no port", async (_what, headers) => {
    const host = headers.host.replace("PORT", String(port));
    for (const path of ["/health", "/v1/finance/deferred-claims", "/uploads/x", "/oauth/token", "/docs"]) {
      const { status } = await ask(port, { host, origin: "http://evil.example" }, "GET", path);
      expect([path, status === 400 || status === 403]).toEqual([path, true]);
    }
  });

  test.each(["http://evil.example", "null", "http://127.0.0.1:1"])(
    "of the origin %s may read no answer of any port at this machine's own address",
    async (origin) => {
      for (const { port: each } of sockets()) {
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

  test("finds no engine where it would look for one: at this machine's own address and names", async () => {
    const engine = sockets().find(isEngine);
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
});

test("where the engine is, is neither said nor in a file that others may read", () => {
  const address = sockets().find(isEngine)?.host ?? "no engine";
  expect(said).toContain("embedded");
  expect(said).not.toContain(address);
  const telling = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(address));
  for (const file of telling) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  expect(telling.length).toBeGreaterThan(0);
});
