import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";

const start = (dataDir: string, loadDemoData = false): Promise<LocalService> =>
  startLocalService({ dataDir, loadDemoData });

const FORM = "application/x-www-form-urlencoded";

async function signIn(url: string, init: RequestInit): Promise<Response> {
  return fetch(`${url}/oauth/token`, { method: "POST", ...init });
}

const basic = (clientId: string, secret = "demo-secret"): RequestInit => ({
  headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}`, "content-type": FORM },
  body: "grant_type=client_credentials",
});

const codeOf = async (answer: Response): Promise<string> =>
  z.object({ code: z.string() }).parse(await answer.json()).code;

describe("the service on one machine", () => {
  let service: LocalService;
  beforeAll(async () => {
    service = await start("memory", true);
  });
  afterAll(() => service.stop());

  test("gives tokens with role and institution, by header and by form", async () => {
    const byForm = await signIn(service.url, {
      headers: { "content-type": FORM },
      body: "grant_type=client_credentials&client_id=demo-finance&client_secret=demo-secret",
    });
    expect(byForm.status).toBe(200);
    const payload = (await tokenOf(service.url, "demo-hospital-2")).split(".")[1] ?? "";
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toMatchObject({
      role: "hospital",
      institution: "H33030400002",
      aud: "work-injury-settlement",
    });
  });

  test("takes a file under the URL that a hospital was given, and compares it", async () => {
    const authorization = `Bearer ${await tokenOf(service.url, "demo-hospital")}`;
    const call = async (path: string, body?: object) => {
      const answer = await fetch(`${service.url}/v1/hospital/reconciliations${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization, "idempotency-key": crypto.randomUUID() },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      expect(answer.status).toBeLessThan(300);
      return JSON.parse(await answer.text());
    };
    const none = {
      fund: "0",
      employer: "0",
      hospital: "0",
      thirdParty: "0",
      otherInsurer: "0",
      personal: "0",
    };
    const one = { count: 1, total: "5.00", allocation: { ...none, fund: "5.00" } };
    const reversals = { count: 0, total: "0", allocation: none };
    await call("", { date: "2026-01-05", settlements: one, reversals });
    const { url, columns } = await call("/2026-01-05/upload", {});
    const csv = `${columns.join(",")}\n,unsent,,,SETTLEMENT,5.00,5.00,0,0,0,0,0\n`;
    expect((await fetch(url, { method: "PUT", body: csv })).status).toBe(200);
    await expect
      .poll(async () => (await call("/2026-01-05")).causes, { timeout: 20_000 })
      .toMatchObject({ MISSING_AT_FUND: 1, MISSING_AT_HOSPITAL: 0 });
    expect((await fetch(url.replace("signature=", "signature=x"), { method: "PUT", body: csv })).status).toBe(
      403,
    );
  });

  test("gives no token for a wrong secret", async () => {
    expect((await signIn(service.url, basic("demo-hospital", "wrong"))).status).toBe(401);
  });

  test.each([
    ["no token", {}],
    ["a token that nobody signed", { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }],
    ["a token of another kind", { authorization: "Basic eDp5" }],
  ])("answers %s with 401 and says what it wants", async (_what, headers: Record<string, string>) => {
    const answer = await fetch(`${service.url}/v1/enterprise/claims`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.json()).toMatchObject({ code: "UNAUTHENTICATED", retryable: false });
  });

  test("refuses a token that was tampered with", async () => {
    const [head, , signature] = (await tokenOf(service.url, "demo-enterprise")).split(".");
    const forged = Buffer.from(JSON.stringify({ role: "agency", institution: "A330304" })).toString(
      "base64url",
    );
    const headers = { authorization: `Bearer ${head}.${forged}.${signature}` };
    expect((await fetch(`${service.url}/v1/enterprise/claims`, { headers })).status).toBe(401);
  });

  test("knows no route that is not in the list, and names the methods of one that is", async () => {
    const root = await fetch(`${service.url}/`, { redirect: "manual" });
    expect([root.status, root.headers.get("location")]).toEqual([302, "/docs"]);
    const unknown = await fetch(`${service.url}/v1/nothing`);
    expect([unknown.status, await codeOf(unknown)]).toEqual([404, "ROUTE_NOT_FOUND"]);
    const otherMethod = await fetch(`${service.url}/v1/enterprise/claims`, { method: "POST" });
    expect([otherMethod.status, otherMethod.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("refuses a body of more than 10 MB, and the caller sees the answer", async () => {
    const answer = await fetch(`${service.url}/v1/hospital/visits`, {
      method: "POST",
      headers: { authorization: `Bearer ${await tokenOf(service.url, "demo-hospital")}` },
      body: "x".repeat(10_000_001),
    });
    expect([answer.status, await codeOf(answer)]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });

  test("an enterprise may not do what is a hospital's", async () => {
    const answer = await fetch(`${service.url}/v1/hospital/visits/V1`, {
      headers: { authorization: `Bearer ${await tokenOf(service.url, "demo-enterprise")}` },
    });
    expect([answer.status, await codeOf(answer)]).toEqual([403, "FORBIDDEN"]);
  });

  test("knows a demo worker by card", async () => {
    const answer = await fetch(`${service.url}/v1/hospital/eligibility-checks`, {
      method: "POST",
      headers: { authorization: `Bearer ${await tokenOf(service.url, "demo-hospital")}` },
      body: JSON.stringify({ cardNumber: "DEMO000001", visitType: "OUTPATIENT", serviceDate: "2026-08-03" }),
    });
    expect(await answer.json()).toMatchObject({ route: "DIRECT" });
  });
});

describe("a second start", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "second-start-"));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  test("is refused while the first one runs, and afterwards finds its data and its tokens again", async () => {
    const first = await start(dataDir, true);
    expect(first.isNew).toBe(true);
    await expect(start(dataDir)).rejects.toThrow("DATA_DIR");
    await first.stop();
    await expect(fetch(`${first.url}/health`)).rejects.toThrow();

    const second = await start(dataDir, true);
    expect(second.isNew).toBe(false);
    await second.stop();
  });
});

test("a client that never pauses does not hold up the stop, and every answer that it got was whole", async () => {
  const service = await start("memory");
  let isStopped = false;
  const statuses: number[] = [];
  const client = async (): Promise<void> => {
    for (;;) {
      try {
        const answer = await fetch(`${service.url}/health`);
        await answer.json();
        statuses.push(answer.status);
      } catch {
        if (isStopped) return;
      }
    }
  };
  const clients = Array.from({ length: 4 }, client);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const startedAt = performance.now();
  await service.stop();
  isStopped = true;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await Promise.all(clients);
  expect(statuses.length).toBeGreaterThan(10);
  expect(new Set(statuses)).toEqual(new Set([200]));
});
