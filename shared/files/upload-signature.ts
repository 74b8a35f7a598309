import { createHmac, timingSafeEqual } from "node:crypto";
import { join } from "node:path";

/** Where this machine takes uploads. */
export const UPLOADS_PATH = "/uploads/";

/** What the bearer of an upload URL may do. */
export interface UploadPermit {
  /** Of the file, as the file store knows it. */
  readonly key: string;
  /** Milliseconds since 1970, UTC. */
  readonly expiresMs: number;
  /** How many bytes are sent, to the byte; undefined where that was not said. */
  readonly bytes?: number | undefined;
}

const signatureOf = (secret: string, { key, expiresMs, bytes }: UploadPermit): Buffer =>
  createHmac("sha256", secret)
    .update(`${expiresMs}\n${bytes ?? ""}\n${key}`)
    .digest();

/** The path and query under which one file can be PUT until it expires. */
export function uploadPathOf(secret: string, permit: UploadPermit): string {
  const { key, expiresMs, bytes } = permit;
  const length = bytes === undefined ? "" : `&bytes=${bytes}`;
  return `${UPLOADS_PATH}${key}?expires=${expiresMs}${length}&signature=${signatureOf(secret, permit).toString("base64url")}`;
}

/** What a URL lets its bearer upload now; undefined where it is expired or not one of ours. */
export function findUpload(secret: string, url: URL, nowMs: number): UploadPermit | undefined {
  const key = url.pathname.slice(UPLOADS_PATH.length);
  const expiresMs = Number(url.searchParams.get("expires"));
  if (!(nowMs <= expiresMs)) return undefined;
  const length = url.searchParams.get("bytes");
  const permit = { key, expiresMs, bytes: length === null ? undefined : Number(length) };
  const given = Buffer.from(url.searchParams.get("signature") ?? "", "base64url");
  const expected = signatureOf(secret, permit);
  return given.length === expected.length && timingSafeEqual(given, expected) ? permit : undefined;
}

/** The file of a key: one flat name, whatever the key has in it. */
export const fileOf = (directory: string, key: string): string => join(directory, encodeURIComponent(key));
