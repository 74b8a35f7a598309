import * as z from "zod/mini";

/** An HTTP client of the service on one machine, as a demo client; an answer that never came is undefined. */
export interface LocalClient {
  readonly send: (
    method: "GET" | "POST" | "PUT",
    path: string,
    input?: { readonly body?: unknown; readonly key?: string },
  ) => Promise<LocalAnswer | undefined>;
}

export interface LocalAnswer {
  readonly status: number;
  /** Parsed, so that tests may look into it. */
  readonly body: ReturnType<typeof JSON.parse>;
}

const Token = z.object({ access_token: z.string() });

export async function tokenOf(url: string, clientId: string): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${clientId}:demo-secret`)}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return Token.parse(await answer.json()).access_token;
}

const TIMEOUT_MS = 20_000;

export function makeLocalClient(url: string, token: string): LocalClient {
  return {
    send: async (method, path, { body, key } = {}) => {
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(key === undefined ? {} : { "idempotency-key": key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        return { status: response.status, body: JSON.parse(await response.text()) };
      } catch {
        return undefined;
      }
    },
  };
}
