import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { roles } from "../../../shared/http/caller.ts";
import { tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService, stateDemoInstitutions } from "../../support/local-service.ts";
import { goodClaims, issuerKey, secondsNow, signToken } from "../../support/signed-token.ts";

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
  await stateDemoInstitutions(service);
});
afterAll(() => service.stop());

const sign = (changes: Readonly<Record<string, unknown>>): Promise<string> => signToken(service, changes);

/** Under another algorithm and a key of somebody's own. */
async function signOtherwise(alg: string): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(goodClaims(service))
    .setProtectedHeader({ alg, kid: issuerKey(service).kid })
    .sign(privateKey);
}

async function ask(token: string | undefined) {
  const response = await fetch(`${service.url}/v1/finance/deferred-claims`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Signed with the public key, as with a shared secret: who confuses the two algorithms takes it for genuine. */
async function signConfused(): Promise<string> {
  const { kty, n, e } = issuerKey(service);
  const key = await importJWK({ kty, n, e, ext: true }, "RS256");
  if (key instanceof Uint8Array) throw new Error("no public key");
  const secret = new TextEncoder().encode(await exportSPKI(key));
  return new SignJWT(goodClaims(service)).setProtectedHeader({ alg: "HS256" }).sign(secret);
}

const badTokens: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ["that is missing", async () => undefined],
  ["that is none", async () => "x.y.z"],
  ["without a signature (alg none)", async () => new UnsecuredJWT(goodClaims(service)).encode()],
  ["signed with the public key as a secret", signConfused],
  ["signed by ES256, which API Gateway does not take", () => signOtherwise("ES256")],
  ["signed by somebody else's key", () => signOtherwise("RS256")],
  ["of another issuer", () => sign({ iss: "https://issuer.example" })],
  ["for another audience", () => sign({ aud: "another-service" })],
  ["without an audience", () => sign({ aud: undefined })],
  ["that has expired", () => sign({ exp: secondsNow() - 1 })],
  ["that never expires", () => sign({ exp: undefined })],
  ["that is not valid yet", () => sign({ nbf: secondsNow() + 600 })],
  ["without a subject", () => sign({ sub: undefined })],
  ["without a role", () => sign({ role: undefined })],
  ["with a role that there is not", () => sign({ role: "root" })],
  ["with two roles", () => sign({ role: ["finance", "agency"] })],
  ["without an institution", () => sign({ institution: undefined })],
  ["with an institution that is none", () => sign({ institution: "A#1 OR 1=1" })],
];

describe("a token", () => {
  test("of the issuer is taken", async () => {
    expect((await ask(await sign({}))).status).toBe(200);
  });

  test.each(badTokens)("%s is refused with a code, and told nothing", async (_name, make) => {
    const { status, headers, body } = await ask(await make());
    expect([status, body.code, body.errors]).toEqual([401, "UNAUTHENTICATED", []]);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("every operation on the running service", () => {
  const guarded = operations.filter(({ roles: allowed }) => allowed.length > 0);

  test.each(guarded)("$id takes no bad token", async ({ method, path }) => {
    for (const [name, make] of badTokens) {
      const token = await make();
      const response = await fetch(service.url + path.replaceAll(/\{\w+\}/g, "x"), {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      const { code } = JSON.parse(await response.text());
      expect([name, response.status, code]).toEqual([name, 401, "UNAUTHENTICATED"]);
    }
  });

  test.each(guarded)("$id is for its roles alone", async (definition) => {
    const path = definition.path.replaceAll(/\{\w+\}/g, "x");
    const send = async (token: string | undefined): Promise<number> => {
      const response = await fetch(`${service.url}${path}`, {
        method: definition.method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await send(undefined)).toBe(401);
    for (const role of roles) {
      const status = await send(await tokenOf(service.url, `demo-${role}`));
      if (definition.roles.includes(role)) expect([role, [401, 403].includes(status)]).toEqual([role, false]);
      else expect([role, status]).toEqual([role, 403]);
    }
  });
});
