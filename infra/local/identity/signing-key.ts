import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { exportJWK, generateKeyPair, type JWK } from "jose";

/** RSA, because the JWT authorizers of HTTP APIs take nothing else: what runs here runs there. */
export const SIGNING_ALGORITHM = "RS256";

async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: "local", alg: SIGNING_ALGORITHM, use: "sig" };
}

const readKey = (keyFile: string): JWK => JSON.parse(readFileSync(keyFile, "utf8"));

/**
 * The key that signs tokens, with its private part. It is kept in a file, so that tokens outlive a restart; without a
 * file it is new each time. One of an earlier version, of another algorithm, is replaced.
 */
export async function loadSigningKey(keyFile: string | undefined): Promise<JWK> {
  if (keyFile === undefined) return makeSigningKey();
  if (existsSync(keyFile)) {
    const kept = readKey(keyFile);
    if (kept.alg === SIGNING_ALGORITHM) return kept;
  }
  const made = await makeSigningKey();
  writeFileSync(keyFile, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The part of a key that verifies. */
export const toPublicKey = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({ kty, n, e, kid, alg, use }) as JWK;
