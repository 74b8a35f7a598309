import type { FilesConfig } from "../config.ts";

/** How an upload URL is given out. */
export interface UploadTerms {
  readonly now: Date;
  readonly lifetimeSeconds: number;
  /** How many bytes are sent, to the byte; then the URL takes no other length. */
  readonly bytes?: number | undefined;
}

/**
 * Files that are too large for a message: sent to a URL that was given out for each, read by a job, and then removed.
 * Nobody reads them where they lie without a key: of KMS, or of the key file.
 */
export interface FileStore {
  /** A URL to which one file can be PUT until it expires; the store knows it by its key. */
  readonly openUpload: (key: string, terms: UploadTerms) => Promise<string>;
  /** The bytes of a file, as they come. Throws where there is none. */
  readonly read: (key: string) => Promise<AsyncIterable<Uint8Array>>;
  /** Removes a file; nothing happens where there is none. */
  readonly remove: (key: string) => Promise<void>;
}

/** The store that the configuration names. What it needs is loaded with its first use: most calls touch no file. */
export function makeFileStore(config: FilesConfig | undefined): FileStore {
  const load = async (): Promise<FileStore> => {
    if (config === undefined) throw new Error("no place for files is configured");
    if (config.kind === "FOLDER") return (await import("./folder.ts")).makeFolder(config);
    return (await import("./bucket.ts")).makeBucket(config);
  };
  return {
    openUpload: async (...call) => (await load()).openUpload(...call),
    read: async (key) => (await load()).read(key),
    remove: async (key) => (await load()).remove(key),
  };
}
