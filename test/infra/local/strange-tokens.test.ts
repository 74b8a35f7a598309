import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { API_AUDIENCE, makeIdentityProvider } from "../../../infra/local/identity/identity-provider.ts";
import { runService, type Service } from "../../../infra/local/run-service.ts";
import { freePort } from "../../support/free-port.ts";

const dataDir = mkdtempSync(join(tmpdir(), "strange-tokens-"));
let service: Service;
beforeAll(async () => {
  service = await runService({
    host: "127.0.0.1",
    port: await freePort(),
    dataDir,
    endpoint: undefined,
    loadDemoData: false,
    report: () => undefined,
  });
});
afterAll(async () => {
  await service.stop();
  rmSync(dataDir, { recursive: true });
});

const now = (): number => Math.floor(Date.now() / 1_000);
const claims = (): JWTPayload => ({
  iss: service.url,
  aud: API_AUDIENCE,
  exp: now() + 600,
  sub: "demo-finance",
  role: "finance",
  institution: "A330304",
});
const ownKey = (): { readonly alg: string; readonly kid: string } =>
  JSON.parse(readFileSync(join(dataDir, "signing-key.json"), "utf8"));

async function statusWith(token: string, path = "/v1/finance/deferred-claims"): Promise<number> {
  const answer = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}

describe("a key that a token brings itself is not believed:", () => {
  test.each<[string, (jwk: object, url: string) => Partial<JWTHeaderParameters>]>([
    ["in jwk", (jwk) => ({ jwk })],
    ["at jku", (_jwk, url) => ({ jku: url })],
    ["at x5u", (_jwk, url) => ({ x5u: url })],
    ["under the name of the issuer's own key", () => ({})],
  ])("%s", async (_where, headerWith) => {
    const { alg, kid } = ownKey();
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: "sig" };
    let questions = 0;
    const server = createServer((_request, response) => {
      questions += 1;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    const port = await freePort();
    server.listen(port, "127.0.0.1");
    const header = { alg, kid, ...headerWith(jwk, `http://127.0.0.1:${port}/keys`) };
    const token = await new SignJWT(claims()).setProtectedHeader(header).sign(privateKey);
    expect(await statusWith(token)).toBe(401);
    expect(questions).toBe(0);
    server.close();
  });
});

test("a token that says who signed in at a client is none for the service, whatever it says of the role", async () => {
  const key = ownKey();
  const signAs = async (changes: object): Promise<string> =>
    new SignJWT({ ...claims(), ...changes })
      .setProtectedHeader({ alg: key.alg, kid: key.kid })
      .sign(await importJWK(key, key.alg));
  expect(await statusWith(await signAs({}))).toBe(200);
  const idToken = { aud: "demo-console", azp: "demo-console", sub: "somebody", nonce: "n", at_hash: "h" };
  expect(await statusWith(await signAs(idToken))).toBe(401);
});

test("a token is taken in its header alone, not in the address", async () => {
  const key = ownKey();
  const token = await new SignJWT(claims())
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .sign(await importJWK(key, key.alg));
  const answer = await fetch(`${service.url}/v1/finance/deferred-claims?access_token=${token}`);
  expect(answer.status).toBe(401);
});

test("the demo issuer with its known secrets does not start where NODE_ENV says production", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const made = makeIdentityProvider({ origin: "http://127.0.0.1:1", enterpriseUscc: "x" });
  await expect(made).rejects.toThrow("NODE_ENV=production");
  vi.unstubAllEnvs();
});
