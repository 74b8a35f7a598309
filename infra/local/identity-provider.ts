import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from "jose";
import Provider, { type Adapter } from "oidc-provider";

/** What the API's tokens are made out for. */
export const API_AUDIENCE = "work-injury-settlement";

const TOKEN_LIFE_S = 3_600;
const CLIENT_SECRET = "demo-secret";
const AGENCY = "A330304";

interface DemoClient {
  readonly clientId: string;
  readonly role: string;
  readonly institution: string;
}

/** The demo clients, one for each who uses the service; their secret is `demo-secret`, and known to all. */
const demoClients = (enterpriseUscc: string): readonly DemoClient[] => [
  { clientId: "demo-hospital", role: "hospital", institution: "H33030400001" },
  { clientId: "demo-hospital-2", role: "hospital", institution: "H33030400002" },
  { clientId: "demo-enterprise", role: "enterprise", institution: enterpriseUscc },
  { clientId: "demo-finance", role: "finance", institution: AGENCY },
  { clientId: "demo-agency", role: "agency", institution: AGENCY },
  { clientId: "demo-auditor", role: "auditor", institution: AGENCY },
];

export interface IdentityProvider {
  readonly issuer: string;
  readonly listener: RequestListener;
  /** The public keys that verify its tokens. */
  readonly publicKeys: JSONWebKeySet;
}

async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: "local", alg: "ES256", use: "sig" };
}

/** The signing key is kept in a file, so that tokens outlive a restart; without a file it is new each time. */
async function loadSigningKey(keyFile: string | undefined): Promise<JWK> {
  if (keyFile === undefined) return makeSigningKey();
  if (!existsSync(keyFile)) writeFileSync(keyFile, JSON.stringify(await makeSigningKey()), { mode: 0o600 });
  const key: JWK = JSON.parse(readFileSync(keyFile, "utf8"));
  return key;
}

function toPublicKey({ d: _secret, ...rest }: JWK): JWK {
  return rest;
}

/** Clients stand in the code and tokens are signed, so the provider has nothing to keep. */
class NothingKept implements Adapter {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

/**
 * An OIDC provider that plays the issuer on one machine: client credentials at `/oauth/token`, signed tokens with
 * the claims `role` and `institution`. It knows only demo clients and refuses to be anything but local.
 */
export async function makeIdentityProvider(options: {
  readonly origin: string;
  readonly enterpriseUscc: string;
  readonly keyFile?: string;
}): Promise<IdentityProvider> {
  if (process.env.NODE_ENV === "production") {
    throw new Error("the demo identity provider runs on one machine only, never with NODE_ENV=production");
  }
  const clients = demoClients(options.enterpriseUscc);
  const claimsOf = new Map(clients.map(({ clientId, ...claims }) => [clientId, claims]));
  const signingKey = await loadSigningKey(options.keyFile);
  const provider = new Provider(options.origin, {
    clients: clients.map(({ clientId }) => ({
      client_id: clientId,
      client_secret: CLIENT_SECRET,
      grant_types: ["client_credentials"],
      id_token_signed_response_alg: "ES256",
      redirect_uris: [],
      response_types: [],
    })),
    adapter: NothingKept,
    jwks: { keys: [signingKey] },
    clientAuthMethods: ["client_secret_basic", "client_secret_post"],
    ttl: { ClientCredentials: TOKEN_LIFE_S },
    routes: { token: "/oauth/token", jwks: "/oauth/jwks" },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${API_AUDIENCE}`,
        getResourceServerInfo: () => ({
          scope: "",
          audience: API_AUDIENCE,
          accessTokenTTL: TOKEN_LIFE_S,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => {
      const clientId = "clientId" in token ? token.clientId : undefined;
      return clientId === undefined ? undefined : { ...claimsOf.get(clientId) };
    },
  });
  const answer = provider.callback();
  return {
    issuer: provider.issuer,
    listener: (request, response) => {
      // Koa answers every fault itself; what could not be answered ends the connection.
      answer(request, response).catch(() => response.destroy());
    },
    publicKeys: { keys: [toPublicKey(signingKey)] },
  };
}
