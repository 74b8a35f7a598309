import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  CASE_NO,
  caseBody,
  EMPLOYER,
  hospitalBody,
  ID_NUMBER,
  itemBody,
  lineBody,
  NAME,
  policy,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import { freePort } from "../../support/free-port.ts";
import { type LocalClient, makeLocalClient, tokenOf } from "../../support/local-client.ts";
import { HOSPITAL } from "../../support/service.ts";

const KILLS = 20;
const CLIENTS = 6;
const LOAD_MS = 250;
const LONGEST_WAIT_MS = 20_000;

const dataDir = mkdtempSync(join(tmpdir(), "kill-"));
let service: ChildProcess | undefined;
afterAll(() => {
  service?.kill("SIGKILL");
  endEngine();
  rmSync(dataDir, { recursive: true, force: true });
});

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const enginePid = (): number => Number(readFileSync(join(dataDir, "engine.db.pid"), "utf8").split(" ")[0]);

/** An engine in a network of its own ends with its service, so it may be gone already. */
function endEngine(): void {
  try {
    process.kill(enginePid(), "SIGKILL");
  } catch {
    // It is.
  }
}

/** The service as a user starts it, in a process of its own; it has no demo data. */
async function startService(port: number): Promise<string> {
  const child = spawn(process.execPath, [resolve("infra/local/start.ts")], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO_DATA: "off", LOG_LEVEL: "ERROR" },
    stdio: "ignore",
  });
  service = child;
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error("the service did not start");
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok === true) return url;
    await pause(25);
  }
}

async function killService(): Promise<void> {
  if (service === undefined) return;
  const ended = once(service, "exit");
  service.kill("SIGKILL");
  await ended;
}

async function stateRegistry(agency: LocalClient): Promise<void> {
  const put = async (path: string, body: unknown): Promise<void> => {
    const answer = await agency.send("PUT", `/v1/agency/${path}`, { body });
    expect(answer?.status).toBe(200);
  };
  const worker = { idNumber: ID_NUMBER, cardNumber: "DEMO000001", name: NAME, frozen: false };
  await put(`hospitals/${HOSPITAL}`, hospitalBody());
  await put(`employers/${EMPLOYER}`, { name: "试验", insured: [{ from: "2020-01-01", to: null }] });
  await agency.send("POST", "/v1/agency/workers", { body: worker, key: "worker" });
  await put("policies/2024-01-01", policy);
  await agency.send("POST", "/v1/agency/catalogue-items", {
    body: { items: [itemBody("A1")] },
    key: "items",
  });
  await put(`cases/${CASE_NO}`, caseBody());
}

interface Sent {
  readonly key: string;
  /** Undefined where no answer came. */
  readonly answer: { readonly status: number; readonly body: unknown } | undefined;
}

/** One billing system: registers, uploads and settles, one visit after the other, until an answer fails to come. */
async function bill(hospital: LocalClient, name: string, sent: Sent[]): Promise<void> {
  const post = async (path: string, key: string, body: unknown) => {
    const answer = await hospital.send("POST", path, { body, key });
    // A retryable refusal says as little as no answer.
    sent.push({ key, answer: answer !== undefined && answer.status < 500 ? answer : undefined });
    return answer?.status === 201 ? answer.body : undefined;
  };
  for (let number = 0; ; number += 1) {
    const key = `${name}-${number}`;
    const visit = await post("/v1/hospital/visits", `${key}-visit`, visitBody(key));
    if (visit === undefined) return;
    const path = `/v1/hospital/visits/${visit.visitId}`;
    if ((await post(`${path}/charges`, `${key}-lines`, { lines: [lineBody("1")] })) === undefined) return;
    if ((await post(`${path}/settlements`, `${key}-settle`, {})) === undefined) return;
  }
}

const isSettled = ({ key, answer }: Sent): boolean => key.endsWith("settle") && answer?.status === 201;

/** However busy the machine is, something was settled before the kill, and work is under way. */
async function waitForLoad(sent: readonly Sent[]): Promise<void> {
  const startedAt = Date.now();
  await pause(LOAD_MS);
  while (!sent.some(isSettled) && Date.now() - startedAt < LONGEST_WAIT_MS) await pause(25);
}

/** Every answered message is there with its answer; every other one can be asked about and cancelled for good. */
async function checkAndCancel(hospital: LocalClient, sent: readonly Sent[]): Promise<void> {
  for (const { key, answer } of sent.toReversed()) {
    const known = await hospital.send("GET", `/v1/hospital/messages/${key}`);
    if (answer !== undefined) {
      expect(known?.body).toMatchObject({ status: "APPLIED", answer });
      continue;
    }
    expect(["APPLIED", "NOT_APPLIED"]).toContain(known?.body.status);
    const path = `/v1/hospital/messages/${key}/cancellation`;
    const cancelled = await hospital.send("POST", path, { body: {}, key: `${key}-cancel` });
    const effect = known?.body.status === "APPLIED" ? "REVERSED" : "NEVER_APPLIES";
    expect(cancelled).toMatchObject({ status: 200, body: { effect } });
  }
}

test(`kill -9 of the service or its engine under load, ${KILLS} times, loses no answered message`, async () => {
  const port = await freePort();
  let url = await startService(port);
  await stateRegistry(makeLocalClient(url, await tokenOf(url, "demo-agency")));
  let settled = 0;
  let unanswered = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const sent: Sent[] = [];
    const hospital = makeLocalClient(url, await tokenOf(url, "demo-hospital"));
    const clients = Array.from({ length: CLIENTS }, (_, client) => bill(hospital, `${kill}-${client}`, sent));
    await waitForLoad(sent);
    if (kill % 3 !== 0) process.kill(enginePid(), "SIGKILL");
    if (kill % 3 !== 1) await killService();
    // Where only the engine died, clients go on: the service starts it again and carries on by itself.
    if (kill % 3 === 1) await pause(LOAD_MS);
    if (kill % 3 === 1) await killService();
    await Promise.all(clients);
    url = await startService(port);
    await checkAndCancel(makeLocalClient(url, await tokenOf(url, "demo-hospital")), sent);
    settled += sent.filter(isSettled).length;
    unanswered += sent.filter(({ answer }) => answer === undefined).length;
  }
  // How many depends on the hour; that there were both does not.
  expect(settled).toBeGreaterThanOrEqual(KILLS);
  expect(unanswered).toBeGreaterThan(3);
  const finance = makeLocalClient(url, await tokenOf(url, "demo-finance"));
  const query = `from=${today.from}&to=${today.to}&groupBy=month`;
  const summary = await finance.send("GET", `/v1/finance/settlement-summary?${query}`);
  expect(summary?.body.totals.total).toBe((settled * 23).toFixed(2));
}, 300_000);
