import type { IncomingMessage } from "node:http";
import { cors } from "../console-access.ts";

const list = (values: readonly string[]): string => values.join(",");

/** What API Gateway adds for the one origin that it lets in; nothing for any other. */
export function corsHeadersFor(
  { headers, method }: IncomingMessage,
  consoleOrigin: string | undefined,
): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (consoleOrigin === undefined || origin !== consoleOrigin) return {};
  const allowed = { "access-control-allow-origin": consoleOrigin, vary: "origin" };
  if (!isPreflight({ method, headers })) {
    return { ...allowed, "access-control-expose-headers": list(cors.exposed) };
  }
  return {
    ...allowed,
    "access-control-allow-methods": list(cors.methods),
    "access-control-allow-headers": list(cors.headers),
    "access-control-max-age": String(cors.maxAgeSeconds),
  };
}

/** A browser's question whether a page may send what it is about to send. */
export const isPreflight = ({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
