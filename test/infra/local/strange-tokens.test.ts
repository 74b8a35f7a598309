import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeIdentityProvider } from "../../../infra/local/identity/identity-provider.ts";
import { freePort } from "../../support/free-port.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";
import { goodClaims, issuerKey, signToken } from "../../support/signed-token.ts";

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
});
afterAll(() => service.stop());

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
    const { alg, kid } = issuerKey(service);
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
    const token = await new SignJWT(goodClaims(service)).setProtectedHeader(header).sign(privateKey);
    expect(await statusWith(token)).toBe(401);
    expect(questions).toBe(0);
    server.close();
  });
});

test("a token that says who signed in at a client is none for the service, whatever it says of the role", async () => {
  expect(await statusWith(await signToken(service))).toBe(200);
  const idToken = { aud: "demo-console", azp: "demo-console", sub: "somebody", nonce: "n", at_hash: "h" };
  expect(await statusWith(await signToken(service, idToken))).toBe(401);
});

test("a token is taken in its header alone, not in the address", async () => {
  const token = await signToken(service);
  const answer = await fetch(`${service.url}/v1/finance/deferred-claims?access_token=${token}`);
  expect(answer.status).toBe(401);
});

test("the demo issuer with its known secrets does not start where NODE_ENV says production", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const made = makeIdentityProvider({ origin: "http://127.0.0.1:1", enterpriseUscc: "x" });
  await expect(made).rejects.toThrow("NODE_ENV=production");
  vi.unstubAllEnvs();
});
