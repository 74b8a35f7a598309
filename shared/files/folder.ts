import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import type { FolderConfig } from "../config.ts";
import type { FileStore } from "./file-store.ts";
import { fileOf, uploadPathOf } from "./upload-signature.ts";

/** Files in a folder of this machine; its gateway takes the uploads. */
export const makeFolder = ({ directory, url, key: secret }: FolderConfig): FileStore => ({
  openUpload: async (key, now, lifetimeSeconds) =>
    new URL(uploadPathOf(secret, key, now.getTime() + lifetimeSeconds * 1_000), url).href,
  read: async (key) => {
    const file = fileOf(directory, key);
    await access(file);
    return createReadStream(file);
  },
});
