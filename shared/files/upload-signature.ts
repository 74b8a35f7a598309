import { createHmac, timingSafeEqual } from "node:crypto";
import { join } from "node:path";

/** Where this machine takes uploads. */
export const UPLOADS_PATH = "/uploads/";

const signatureOf = (secret: string, key: string, expiresMs: number): Buffer =>
  createHmac("sha256", secret).update(`${expiresMs}\n${key}`).digest();

/** The path and query under which one file can be PUT until it expires (milliseconds since 1970, UTC). */
export const uploadPathOf = (secret: string, key: string, expiresMs: number): string =>
  `${UPLOADS_PATH}${key}?expires=${expiresMs}&signature=${signatureOf(secret, key, expiresMs).toString("base64url")}`;

/** The key of the file that a URL lets its bearer upload now; undefined where it is expired or not one of ours. */
export function findUploadKey(secret: string, url: URL, nowMs: number): string | undefined {
  const key = url.pathname.slice(UPLOADS_PATH.length);
  const expiresMs = Number(url.searchParams.get("expires"));
  if (!(nowMs <= expiresMs)) return undefined;
  const given = Buffer.from(url.searchParams.get("signature") ?? "", "base64url");
  const expected = signatureOf(secret, key, expiresMs);
  return given.length === expected.length && timingSafeEqual(given, expected) ? key : undefined;
}

/** The file of a key: one flat name, whatever the key has in it. */
export const fileOf = (directory: string, key: string): string => join(directory, encodeURIComponent(key));
