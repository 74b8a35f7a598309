import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { JSONWebKeySet } from "jose";
import Provider, { type KoaContextWithOIDC } from "oidc-provider";
import { receiveBody } from "../receive-body.ts";
import { type DemoClaims, type DemoPerson, demoClients, demoPeople } from "./demo-identities.ts";
import { loginPage, loginPolicy } from "./login-page.ts";
import { MemoryAdapter } from "./memory-adapter.ts";
import { loadSigningKey, SIGNING_ALGORITHM, toPublicKey } from "./signing-key.ts";

/** What the API's tokens are made out for. */
export const API_AUDIENCE = "work-injury-settlement";

const RESOURCE = `urn:${API_AUDIENCE}`;
const TOKEN_LIFE_S = 3_600;
const CLIENT_SECRET = "demo-secret";
/** The client of people: public, so that it proves itself by PKCE alone. */
const CONSOLE_CLIENT = "demo-console";
const CONSOLE_CALLBACK = "/console/callback";
const LOGIN_PATH = "/oauth/login/";

export interface IdentityProvider {
  readonly issuer: string;
  readonly listener: RequestListener;
  /** The public keys that verify its tokens. */
  readonly publicKeys: JSONWebKeySet;
}

export interface IdentityOptions {
  readonly origin: string;
  readonly enterpriseUscc: string;
  readonly keyFile?: string;
  /** Where a console is served besides `origin`; its page may ask for tokens. */
  readonly consoleOrigin?: string | undefined;
}

/** Whoever can reach it can be the agency, so it must never run where others are. */
function refuseElsewhere({ NODE_ENV, AWS_LAMBDA_FUNCTION_NAME: lambda }: NodeJS.ProcessEnv): void {
  if (NODE_ENV !== "production" && lambda === undefined) return;
  throw new Error(
    "演示身份提供方只在本机运行 · the demo identity provider runs on one machine only, neither on Lambda nor with NODE_ENV=production",
  );
}

/** Where people are sent back to: this machine by either of its names, and the console. */
function redirectsOf({ origin, consoleOrigin }: IdentityOptions): string[] {
  const byName = new URL(origin);
  byName.hostname = "localhost";
  const origins = new Set([origin, byName.origin, ...(consoleOrigin === undefined ? [] : [consoleOrigin])]);
  return [...origins].map((each) => `${each}${CONSOLE_CALLBACK}`);
}

function clientsOf(options: IdentityOptions) {
  const systems = demoClients(options.enterpriseUscc).map(({ clientId }) => ({
    client_id: clientId,
    client_secret: CLIENT_SECRET,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
  }));
  const console = {
    client_id: CONSOLE_CLIENT,
    client_name: "演示控制台 · demo console",
    token_endpoint_auth_method: "none" as const,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code" as const],
    redirect_uris: redirectsOf(options),
  };
  return [...systems, console];
}

/** The console is ours, so people are not asked whether it may act for them. */
async function grantConsole({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider, result } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  if (known !== undefined) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid offline_access");
  grant.addResourceScope(RESOURCE, "");
  await grant.save();
  return grant;
}

/** Its documents and keys are for whoever asks, but for no other page: the provider would let every page read them. */
const keepToConsole =
  (consoleOrigin: string | undefined) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (ctx.get("origin") === consoleOrigin) return;
    for (const name of Object.keys(ctx.response.headers))
      if (name.startsWith("access-control-")) ctx.remove(name);
  };

async function makeProvider(options: IdentityOptions, people: ReadonlyMap<string, DemoPerson>) {
  const { origin, enterpriseUscc, keyFile, consoleOrigin } = options;
  const claimsOfClient = new Map(
    demoClients(enterpriseUscc).map(({ clientId, ...claims }) => [clientId, claims]),
  );
  const claimsOfPerson = ({ role, institution }: DemoPerson): DemoClaims => ({ role, institution });
  const signingKey = await loadSigningKey(keyFile);
  const provider = new Provider(origin, {
    clients: clientsOf(options),
    adapter: MemoryAdapter,
    jwks: { keys: [signingKey] },
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    clientBasedCORS: (_ctx, from) => from === consoleOrigin,
    scopes: ["openid", "offline_access"],
    responseTypes: ["code"],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: TOKEN_LIFE_S,
      ClientCredentials: TOKEN_LIFE_S,
      Session: 12 * TOKEN_LIFE_S,
      Grant: 12 * TOKEN_LIFE_S,
      RefreshToken: 12 * TOKEN_LIFE_S,
      IdToken: TOKEN_LIFE_S,
      Interaction: TOKEN_LIFE_S,
    },
    routes: {
      authorization: "/oauth/auth",
      token: "/oauth/token",
      jwks: "/oauth/jwks",
      userinfo: "/oauth/me",
      end_session: "/oauth/logout",
    },
    renderError: (ctx, { error }) => {
      ctx.type = "text/plain; charset=utf-8";
      ctx.body = `无法登录 · cannot sign in: ${error}`;
    },
    interactions: { url: (_ctx, { uid }) => `${LOGIN_PATH}${uid}` },
    findAccount: (_ctx, id) => {
      const person = people.get(id);
      if (person === undefined) return undefined;
      return { accountId: id, claims: () => ({ sub: id, ...claimsOfPerson(person) }) };
    },
    loadExistingGrant: grantConsole,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "",
          audience: API_AUDIENCE,
          accessTokenTTL: TOKEN_LIFE_S,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: SIGNING_ALGORITHM } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => {
      const person = "accountId" in token ? people.get(token.accountId) : undefined;
      if (person !== undefined) return { ...claimsOfPerson(person) };
      return { ...claimsOfClient.get(token.clientId ?? "") };
    },
  });
  provider.use(keepToConsole(consoleOrigin));
  return { provider, publicKeys: { keys: [toPublicKey(signingKey)] } };
}

/** One name of a person. */
const MAX_FORM_BYTES = 4_096;

/** The login page of one interaction, which the provider knows by its cookie: shows who there is, and signs one in. */
async function login(
  provider: Provider,
  people: ReadonlyMap<string, DemoPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  const form = request.method === "POST" ? await receiveBody(request, MAX_FORM_BYTES) : undefined;
  const chosen =
    form?.kind === "BODY" ? new URLSearchParams(form.bytes.toString("utf8")).get("person") : undefined;
  if (chosen !== undefined && people.has(chosen ?? "")) {
    const result = { login: { accountId: chosen ?? "" }, consent: {} };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": loginPolicy };
  response.writeHead(200, headers).end(loginPage([...people.values()]));
}

const EXPIRED = "登录已过期，请从控制台重新开始 · this login has expired, begin again at the console";

/**
 * An OIDC provider that plays the issuer on one machine: systems sign in by client credentials, people by authorization
 * code with PKCE; tokens carry `sub`, `role` and `institution`. It knows only demo clients and fictional people, asks
 * for no password, and refuses to run anywhere else.
 */
export async function makeIdentityProvider(options: IdentityOptions): Promise<IdentityProvider> {
  refuseElsewhere(process.env);
  const people = new Map(demoPeople(options.enterpriseUscc).map((person) => [person.id, person]));
  const { provider, publicKeys } = await makeProvider(options, people);
  const answer = provider.callback();
  return {
    issuer: provider.issuer,
    publicKeys,
    listener: (request, response) => {
      if (request.url?.startsWith(LOGIN_PATH) === true) {
        login(provider, people, request, response).catch(() => {
          if (response.headersSent) response.destroy();
          else response.writeHead(400, { "content-type": "text/plain; charset=utf-8" }).end(EXPIRED);
        });
        return;
      }
      // Koa answers every fault itself; what could not be answered ends the connection.
      answer(request, response).catch(() => response.destroy());
    },
  };
}
