import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { makeIdentityProvider } from "../../../infra/local/identity/identity-provider.ts";
import { loadSigningKey } from "../../../infra/local/identity/signing-key.ts";
import { COMMON_HEADERS } from "../../../shared/http/response.ts";
import { freePort } from "../../support/free-port.ts";
import { tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";

const CONSOLE = "http://localhost:5173";
let service: LocalService;
beforeAll(async () => {
  service = await startLocalService({ consoleOrigin: CONSOLE });
});
afterAll(() => service.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What `npm start` says with this environment, and how it ends. */
async function start(env: Readonly<Record<string, string>>): Promise<{ said: string; code: number | null }> {
  const child = spawn(process.execPath, ["infra/local/start.ts"], {
    env: { ...process.env, PORT: String(await freePort()), DATA_DIR: "memory", DEMO_DATA: "off", ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = await text(child.stdout);
  return { said, code: await ended };
}

describe("the service on one machine does not start", () => {
  test.each(["0.0.0.0", "::", "10.1.2.3", "settlement.example.org"])(
    "where others could reach it: HOST=%s",
    async (HOST) => {
      const { said, code } = await start({ HOST });
      expect(code).toBe(1);
      expect(said).toContain(`HOST=${HOST}`);
      expect(said).toContain("SSH");
      expect(said).not.toContain("engine");
    },
  );

  test.each(["*", "https://console.example.org/app", "http://console.example.org"])(
    "for a console at %s",
    async (CONSOLE_ORIGIN) => {
      const { said, code } = await start({ CONSOLE_ORIGIN });
      expect([code, said]).toEqual([1, expect.stringContaining(`CONSOLE_ORIGIN=${CONSOLE_ORIGIN}`)]);
    },
  );

  test.each([
    ["DEMO_DATA", "no", "on or off"],
    ["WEBHOOKS_ALLOW_HTTP", "yes", "local"],
  ])("with %s=%s, and says what it may be: %s", async (name, value, allowed) => {
    const { said, code } = await start({ [name]: value });
    expect([code, said]).toEqual([1, expect.stringContaining(`${name} can only be ${allowed}: ${value}`)]);
    expect(said).not.toContain("engine");
  });

  test.each([
    ["in production", { NODE_ENV: "production" }],
    ["on Lambda", { AWS_LAMBDA_FUNCTION_NAME: "Hospital" }],
  ])("its issuer %s", async (_where, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const options = { origin: "http://127.0.0.1:1", enterpriseUscc: "91999999DEM000006M" };
    await expect(makeIdentityProvider(options)).rejects.toThrow("one machine only");
  });
});

interface Raw {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Sent as it is: `fetch` lets nobody choose the name under which a machine is asked. */
const send = (path: string, headers: Record<string, string>, method = "GET", body = ""): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(service.url);
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode, headers: response.headers, body: answer }),
        reject,
      );
    });
    sent.once("error", reject).end(body);
  });

const PATHS = [
  "/health",
  "/docs",
  "/oauth/token",
  "/oauth/jwks",
  "/.well-known/openid-configuration",
  "/oauth/none",
  "/uploads/x",
  "/v1/finance/deferred-claims",
  "/none",
];

describe("a web page whose name leads to this machine", () => {
  test.each(PATHS)("is not answered at %s", async (path) => {
    const { status, body } = await send(path, { host: "evil.example" });
    expect([status, JSON.parse(body).code]).toEqual([403, "HOST_NOT_LOCAL"]);
  });

  test("gets no token", async () => {
    const authorization = `Basic ${btoa("demo-agency:demo-secret")}`;
    const { status, body } = await send("/oauth/token", { host: "evil.example:8787", authorization }, "POST");
    expect([status, body.includes("access_token")]).toEqual([403, false]);
  });
});

describe("security headers", () => {
  test.each(PATHS)("are on whatever is answered at %s", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
      const { headers } = await send(path, { host: "localhost" }, method);
      for (const [name, value] of Object.entries(COMMON_HEADERS)) {
        // A page says itself what it may load.
        if (name === "content-security-policy") expect(headers[name]).toContain("default-src 'none'");
        else if (name === "cache-control") expect(headers[name]).toContain("no-store");
        else expect([method, name, headers[name]]).toEqual([method, name, value]);
      }
    }
  });
});

describe("the console's page", () => {
  const preflight = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  };
  const corsOf = (headers: Raw["headers"]) =>
    Object.keys(headers).filter((name) => name.startsWith("access-control-"));

  test("may ask beforehand, call, and read what it needs", async () => {
    const asked = await send("/v1/hospital/visits", { origin: CONSOLE, ...preflight }, "OPTIONS");
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": CONSOLE,
      "access-control-allow-methods": "GET,POST,PUT,PATCH",
      "access-control-allow-headers": "authorization,content-type,idempotency-key",
      vary: "origin",
    });
    const authorization = `Bearer ${await tokenOf(service.url, "demo-finance")}`;
    const called = await send("/v1/finance/deferred-claims", { origin: CONSOLE, authorization });
    expect(called.status).toBe(200);
    expect(called.headers).toMatchObject({
      "access-control-allow-origin": CONSOLE,
      "access-control-expose-headers": "content-disposition,idempotency-replayed,link,retry-after",
    });
    expect(called.headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test.each(["https://evil.example", "http://localhost:5174", "null"])("and no other: %s", async (origin) => {
    const asked = await send("/v1/hospital/visits", { origin, ...preflight }, "OPTIONS");
    expect([asked.status, corsOf(asked.headers)]).toEqual([405, []]);
    for (const path of PATHS) {
      for (const method of ["GET", "POST"]) {
        const { headers } = await send(path, { origin }, method);
        expect([method, path, corsOf(headers)]).toEqual([method, path, []]);
      }
      const beforehand = await send(path, { origin, ...preflight }, "OPTIONS");
      expect([path, corsOf(beforehand.headers)]).toEqual([path, []]);
    }
  });

  test("reads the issuer's documents, which no other page may", async () => {
    for (const path of ["/.well-known/openid-configuration", "/oauth/jwks"]) {
      const { status, headers } = await send(path, { origin: CONSOLE });
      expect([status, headers["access-control-allow-origin"]]).toEqual([200, CONSOLE]);
    }
  });

  test("of another origin gets no token, whatever it sends", async () => {
    const askAs = (origin: string) => {
      const authorization = `Basic ${btoa("demo-agency:demo-secret")}`;
      const form = { "content-type": "application/x-www-form-urlencoded", authorization };
      return send("/oauth/token", { ...form, origin }, "POST", "grant_type=client_credentials");
    };
    expect((await askAs(CONSOLE)).body).toContain("access_token");
    const { body, headers } = await askAs("https://evil.example");
    expect([body.includes("access_token"), corsOf(headers)]).toEqual([false, []]);
  });
});

test("a signing key of an earlier version, of another algorithm, is replaced once", async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const file = join(service.dataDir, "old-key.json");
  writeFileSync(file, JSON.stringify({ ...(await exportJWK(privateKey)), kid: "local", alg: "ES256" }));
  const made = await loadSigningKey(file);
  expect([made.kty, made.alg]).toEqual(["RSA", "RS256"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
  expect(await loadSigningKey(file)).toEqual(made);
});
