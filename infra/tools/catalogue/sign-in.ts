import * as z from "zod/mini";
import { adviceOnLoss, explainProblem, isPassing, post, retryAfterMs, toProblem } from "./http-call.ts";
import { ImportError } from "./import-error.ts";
import { type Attempt, type Persistence, persist } from "./persist.ts";

export interface Credentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenSource {
  /** A token that is still valid for a while. */
  readonly get: () => Promise<string>;
  /** Forgets a token that was not accepted, so that the next one is new. */
  readonly drop: (token: string) => void;
}

const Grant = z.object({ access_token: z.string(), expires_in: z.optional(z.number()) });

/** A server that does not say how long its tokens last may be asked again soon. */
const DEFAULT_LIFE_S = 300;
/** A token is renewed while it still has time for the call that it is fetched for. */
const SPARE_MS = 60_000;
/** Somebody who forgot to start the service should not wait to be told so. */
const FIRST_ATTEMPTS = 3;

/** RFC 6749 section 2.3.1: both parts form-encoded, then Basic. */
function basic({ clientId, clientSecret }: Credentials): string {
  const encode = (part: string): string => new URLSearchParams({ "": part }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64")}`;
}

interface Token {
  readonly text: string;
  readonly renewAtMs: number;
}

async function requestToken(credentials: Credentials): Promise<Attempt<Token>> {
  const { tokenUrl, clientId } = credentials;
  const outcome = await post(tokenUrl, {
    headers: { authorization: basic(credentials) },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  if (outcome.kind === "LOST") return { kind: "AGAIN", why: outcome.why, advice: adviceOnLoss };
  const { status, headers, body } = outcome;
  const grant = Grant.safeParse(body);
  if (status === 200 && grant.success) {
    const lifeMs = (grant.data.expires_in ?? DEFAULT_LIFE_S) * 1_000;
    const renewAtMs = performance.now() + lifeMs - Math.min(SPARE_MS, lifeMs / 2);
    return { kind: "DONE", value: { text: grant.data.access_token, renewAtMs } };
  }
  const problem = toProblem(body);
  const why = `${tokenUrl} ${explainProblem(status, problem)}`;
  if (isPassing(status, problem)) return { kind: "AGAIN", why, pauseMs: retryAfterMs(headers) };
  throw new ImportError(
    `无法以 ${clientId} 取得令牌，请检查 CLIENT_ID、CLIENT_SECRET 与 TOKEN_URL`,
    `No token for ${clientId}; check CLIENT_ID, CLIENT_SECRET and TOKEN_URL: ${why}`,
  );
}

/** Signs in by client credentials (RFC 6749 section 4.4), and again whenever the token is about to expire. */
export function makeTokenSource(credentials: Credentials, persistence: Persistence): TokenSource {
  let token: Token | undefined;
  let attempts = FIRST_ATTEMPTS;
  return {
    get: async () => {
      if (token === undefined || performance.now() >= token.renewAtMs) {
        token = await persist({ ...persistence, attempts }, () => requestToken(credentials));
        attempts = persistence.attempts;
      }
      return token.text;
    },
    drop: (refused) => {
      if (token?.text === refused) token = undefined;
    },
  };
}
