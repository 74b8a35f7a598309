import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";

export type Claims = Readonly<Record<string, unknown>>;
export type VerifyToken = (token: string) => Promise<Claims | undefined>;

const MAX_TOKENS = 1_000;

/**
 * Checks tokens as the JWT authorizer of API Gateway does: signature, algorithm, issuer, audience, times. A token
 * that was verified is remembered until it expires, because a signature costs more than the rest of a request.
 */
export function makeTokenVerifier(options: {
  readonly publicKeys: JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
}): VerifyToken {
  const keys = createLocalJWKSet(options.publicKeys);
  const known = new Map<string, { readonly claims: Claims; readonly expiresAtMs: number }>();
  return async (token) => {
    const remembered = known.get(token);
    if (remembered !== undefined && Date.now() < remembered.expiresAtMs) return remembered.claims;
    known.delete(token);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms: ["RS256", "RS384", "RS512"],
        requiredClaims: ["exp"],
      });
      if (known.size >= MAX_TOKENS) known.clear();
      known.set(token, { claims: payload, expiresAtMs: (payload.exp ?? 0) * 1_000 });
      return payload;
    } catch {
      return undefined;
    }
  };
}
