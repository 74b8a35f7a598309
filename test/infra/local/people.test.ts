import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { type LocalService, startLocalService, stateDemoInstitutions } from "../../support/local-service.ts";

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
  await stateDemoInstitutions(service);
});
afterAll(() => service.stop());

const Tokens = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.optional(z.string()),
});
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

const callback = (): string => `${service.url}/console/callback`;
const newVerifier = (): string => randomBytes(32).toString("base64url");
const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

/** A browser: it keeps cookies and goes where it is sent, as long as that is this service. */
function openBrowser() {
  const cookies = new Map<string, string>();
  const visit = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    const next = location === null ? undefined : new URL(location, url);
    if (next === undefined || next.href.startsWith(callback()) || next.origin !== service.url)
      return response;
    return visit(next.href);
  };
  return { visit, forget: () => cookies.clear() };
}

function authorizeUrl(parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL("/oauth/auth", service.url);
  const all = {
    ...{ client_id: "demo-console", response_type: "code", scope: "openid", state: "s1" },
    ...{ redirect_uri: callback(), code_challenge_method: "S256" },
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** Goes to the issuer, chooses a person there, and comes back with a code. */
async function signIn(person: string, verifier: string, parameters: object = {}): Promise<string> {
  const browser = openBrowser();
  const page = await browser.visit(authorizeUrl({ code_challenge: challengeOf(verifier), ...parameters }));
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("虚构")]);
  const back = await browser.visit(page.url, { method: "POST", body: new URLSearchParams({ person }) });
  const location = new URL(back.headers.get("location") ?? "");
  expect(location.searchParams.get("state")).toBe("s1");
  return location.searchParams.get("code") ?? "";
}

const ask = (form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${service.url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: "demo-console", ...form }),
  });
const exchange = (code: string, verifier: string): Promise<Response> =>
  ask({ grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: callback() });

async function tokensOf(person: string, parameters: object = {}) {
  const verifier = newVerifier();
  const answer = await exchange(await signIn(person, verifier, parameters), verifier);
  expect(answer.status).toBe(200);
  return Tokens.parse(await answer.json());
}

describe("a person", () => {
  test.each([
    ["person-hospital", "hospital", "H33030400001", "/v1/hospital/events"],
    ["person-hospital-2", "hospital", "H33030400002", "/v1/hospital/events"],
    ["person-enterprise", "enterprise", "91999999DEM000006M", "/v1/enterprise/claims"],
    ["person-finance", "finance", "A330304", "/v1/finance/deferred-claims"],
    ["person-agency", "agency", "A330304", "/v1/agency/events"],
    ["person-auditor", "auditor", "A330304", "/v1/auditor/audit-events?from=2026-01-01&to=2026-01-01"],
  ])("%s signs in with PKCE and may do what %s of %s may", async (person, role, institution, path) => {
    const { access_token: token, id_token: idToken } = await tokensOf(person);
    expect(claimsOf(token)).toMatchObject({ sub: person, role, institution, aud: "work-injury-settlement" });
    expect(claimsOf(idToken)).toMatchObject({ sub: person, aud: "demo-console" });
    const call = (bearer: string, to: string) =>
      fetch(service.url + to, { headers: { authorization: `Bearer ${bearer}` } });
    expect((await call(token, path)).status).toBe(200);
    const others = role === "hospital" ? "/v1/enterprise/events" : "/v1/hospital/events";
    expect((await call(token, others)).status).toBe(403);
    // What says who somebody is, is no leave to call anything.
    expect((await call(idToken, path)).status).toBe(401);
  });

  test("goes on with a refresh token, which is good for one time", async () => {
    const { refresh_token: first = "" } = await tokensOf("person-agency", {
      scope: "openid offline_access",
      prompt: "consent",
    });
    const refresh = (token: string) => ask({ grant_type: "refresh_token", refresh_token: token });
    const answer = await refresh(first);
    expect(answer.status).toBe(200);
    const { access_token: token } = Tokens.parse(await answer.json());
    expect(claimsOf(token)).toMatchObject({ sub: "person-agency", role: "agency" });
    expect((await refresh(first)).status).toBe(400);
  });

  test("is in the audit trail by the token's subject", async () => {
    const { access_token: token } = await tokensOf("person-auditor");
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const path = `/v1/auditor/audit-events?from=${today}&to=${today}&who=person-auditor`;
    const look = async () => {
      const answer = await fetch(service.url + path, { headers: { authorization: `Bearer ${token}` } });
      return JSON.parse(await answer.text()).items;
    };
    await look();
    expect(await look()).toContainEqual(
      expect.objectContaining({ who: "person-auditor", operation: "list-audit-events" }),
    );
  });
});

describe("the issuer refuses", () => {
  test.each([
    [
      "a login without a challenge",
      { code_challenge: undefined, code_challenge_method: undefined },
      "invalid_request",
    ],
    ["a challenge that is the verifier itself", { code_challenge_method: "plain" }, "invalid_request"],
    ["a token without a code (implicit)", { response_type: "token" }, "unsupported_response_type"],
  ])("%s", async (_what, parameters, error) => {
    const url = authorizeUrl({ code_challenge: challengeOf(newVerifier()), ...parameters });
    const answer = await openBrowser().visit(url);
    const back = new URL(answer.headers.get("location") ?? "http://none");
    const said = back.searchParams.get("error") ?? new URLSearchParams(back.hash.slice(1)).get("error");
    expect(said ?? (await answer.text())).toContain(error);
    expect(back.searchParams.get("code")).toBeNull();
  });

  test.each(["https://evil.example/console/callback", "http://127.0.0.1:1/console/callback"])(
    "to send anybody to %s",
    async (redirect) => {
      const parameters = { code_challenge: challengeOf(newVerifier()), redirect_uri: redirect };
      const answer = await openBrowser().visit(authorizeUrl(parameters));
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    },
  );

  test("another verifier, and a code that was used", async () => {
    const verifier = newVerifier();
    const code = await signIn("person-finance", verifier);
    expect((await exchange(code, newVerifier())).status).toBe(400);
    const another = await signIn("person-finance", verifier);
    expect((await exchange(another, verifier)).status).toBe(200);
    expect((await exchange(another, verifier)).status).toBe(400);
  });

  test("to sign in whoever has no cookie of the login, or names nobody", async () => {
    const browser = openBrowser();
    const page = await browser.visit(authorizeUrl({ code_challenge: challengeOf(newVerifier()) }));
    await page.text();
    const choose = (person: string) => ({ method: "POST", body: new URLSearchParams({ person }) });
    const nobody = await browser.visit(page.url, choose("person-root"));
    expect([nobody.status, nobody.headers.get("location")]).toEqual([200, null]);
    browser.forget();
    const foreign = await browser.visit(page.url, choose("person-agency"));
    expect([foreign.status, await foreign.text()]).toEqual([400, expect.stringContaining("expired")]);
  });

  test("the console what is for systems alone", async () => {
    expect((await ask({ grant_type: "client_credentials" })).status).toBe(400);
  });
});

test("the login page says that it is a demo, runs no script and can be put into no frame", async () => {
  const page = await openBrowser().visit(authorizeUrl({ code_challenge: challengeOf(newVerifier()) }));
  const text = await page.text();
  expect(text).toContain("Never for real use");
  expect(text).not.toMatch(/<script|\son\w+=|src=|href=/);
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  const cookies = page.headers.getSetCookie();
  for (const cookie of cookies) expect(cookie.toLowerCase()).toMatch(/httponly/);
});
