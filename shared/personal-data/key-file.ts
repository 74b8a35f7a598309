import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import * as z from "zod/mini";

/** Keys of the hash under which people are found; `before` only while it is being replaced. */
export interface LookupKeys {
  readonly current: string;
  readonly before?: string | undefined;
}

const LookupKey = z.string().check(z.minLength(32));

/** What takes the place of a key management service on one machine: 256-bit keys by name, in base64. */
const KeyFile = z.object({
  encryption: z.object({ current: z.string(), keys: z.record(z.string(), z.string()) }),
  lookup: z.object({ current: LookupKey, before: z.optional(LookupKey) }),
  /** Of the hash of every message's content; it is never replaced. */
  messages: LookupKey,
  /** Under which the secrets of webhooks are sealed. */
  webhooks: LookupKey,
});
export type KeyFile = z.infer<typeof KeyFile>;

const KEY_BYTES = 32;

const newEncryptionKey = (): { readonly name: string; readonly key: string } => ({
  name: `local-${randomBytes(4).toString("hex")}`,
  key: randomBytes(KEY_BYTES).toString("base64"),
});
const newLookupKey = (): string => randomBytes(KEY_BYTES).toString("base64url");

/** Keys for a new data directory. */
export function makeKeys(): KeyFile {
  const { name, key } = newEncryptionKey();
  return {
    encryption: { current: name, keys: { [name]: key } },
    lookup: { current: newLookupKey() },
    messages: newLookupKey(),
    webhooks: newLookupKey(),
  };
}

/** New keys for what is written from now on; the old ones go on serving what was written before. */
export function addKeys({ encryption, lookup, ...kept }: KeyFile): KeyFile {
  const { name, key } = newEncryptionKey();
  return {
    ...kept,
    encryption: { current: name, keys: { ...encryption.keys, [name]: key } },
    lookup: { current: newLookupKey(), before: lookup.current },
  };
}

/** People are found by the current key alone, once everybody is stored under it. */
export const dropOldLookupKey = ({ lookup, ...kept }: KeyFile): KeyFile => ({
  ...kept,
  lookup: { current: lookup.current },
});

/** Only the current keys, once nothing is left under the others. */
export function dropOldKeys({ encryption, lookup, ...kept }: KeyFile): KeyFile {
  const { current, keys } = encryption;
  const key = keys[current];
  if (key === undefined) throw new Error("the key file lacks its current key");
  return { ...kept, encryption: { current, keys: { [current]: key } }, lookup: { current: lookup.current } };
}

export const readKeyFile = (path: string): KeyFile => KeyFile.parse(JSON.parse(readFileSync(path, "utf8")));

/** Whether it has every key that is needed now. */
export const isKeyFile = (path: string): boolean =>
  KeyFile.safeParse(JSON.parse(readFileSync(path, "utf8"))).success;

/** Replaces the file as a whole; only its owner may read it. */
export function writeKeyFile(path: string, keys: KeyFile): void {
  writeFileSync(`${path}.next`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${path}.next`, path);
}

/** A file system gives the inode of a replaced file to the next one, so the inode alone does not tell two apart. */
function identityOf(path: string): string {
  const { ino, ctimeNs, size } = statSync(path, { bigint: true });
  return `${ino} ${ctimeNs} ${size}`;
}

/** The keys as the file has them at each moment; it is read again when it was replaced. */
export function followKeyFile(path: string): () => KeyFile {
  let known: { readonly identity: string; readonly keys: KeyFile } | undefined;
  return () => {
    const identity = identityOf(path);
    if (known?.identity !== identity) known = { identity, keys: readKeyFile(path) };
    return known.keys;
  };
}
