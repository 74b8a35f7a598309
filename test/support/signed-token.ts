import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importJWK, type JWK, type JWTPayload, SignJWT } from "jose";
import { API_AUDIENCE } from "../../infra/local/identity/identity-provider.ts";
import type { LocalService } from "./local-service.ts";

type IssuerKey = JWK & Readonly<Record<"kty" | "alg" | "kid" | "n" | "e", string>>;

/** The RSA key of a service's demo issuer. */
export const issuerKey = ({ dataDir }: LocalService): IssuerKey =>
  JSON.parse(readFileSync(join(dataDir, "signing-key.json"), "utf8"));

export const secondsNow = (): number => Math.floor(Date.now() / 1_000);

/** What a good token of the agency's finance office says. */
export const goodClaims = ({ url }: LocalService): JWTPayload => ({
  iss: url,
  aud: API_AUDIENCE,
  exp: secondsNow() + 600,
  sub: "demo-finance",
  role: "finance",
  institution: "A330304",
});

/** A token as the issuer signs it, but for what is changed; what is undefined is left out. */
export async function signToken(
  service: LocalService,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const key = issuerKey(service);
  const claims = { ...goodClaims(service), ...changes };
  const given = Object.entries(claims).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(given))
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .sign(await importJWK(key, key.alg));
}
