import { createReadStream } from "node:fs";
import { access, rm } from "node:fs/promises";
import type { FolderConfig } from "../config.ts";
import { readKeyFile } from "../personal-data/key-file.ts";
import type { FileStore } from "./file-store.ts";
import { openStream } from "./sealed-stream.ts";
import { fileOf, uploadPathOf } from "./upload-signature.ts";

/** Files in a folder of this machine, each sealed under the key file; its gateway takes the uploads. */
export const makeFolder = ({ directory, url, key: secret, keysFile }: FolderConfig): FileStore => ({
  openUpload: async (key, { now, lifetimeSeconds, bytes }) =>
    new URL(uploadPathOf(secret, { key, expiresMs: now.getTime() + lifetimeSeconds * 1_000, bytes }), url)
      .href,
  read: async (key) => {
    const file = fileOf(directory, key);
    await access(file);
    return openStream(createReadStream(file), readKeyFile(keysFile).encryption, key);
  },
  remove: (key) => rm(fileOf(directory, key), { force: true }),
});
