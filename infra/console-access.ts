import { isLoopback } from "./loopback.ts";

/** What a console's page may send and read, and no other page: the same at API Gateway and on one machine. */
export const cors = {
  methods: ["GET", "POST", "PUT", "PATCH"],
  headers: ["authorization", "content-type", "idempotency-key"],
  exposed: ["content-disposition", "idempotency-replayed", "link", "retry-after"],
  maxAgeSeconds: 600,
} as const;

export const CONSOLE_ORIGIN_RULE =
  "须为 https 来源（本机可用 http），不含路径 · must be an origin without a path, over https, or http on this machine";

/** Whether a text is the origin of a page that may be let in: a scheme, a host and perhaps a port, nothing more. */
export function isConsoleOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text || url.hostname.includes("*")) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}
