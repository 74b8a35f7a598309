import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one machine keeps between two starts; all undefined where `DATA_DIR` is `memory`. */
export interface DataDirectory {
  readonly engineFile: string | undefined;
  readonly signingKeyFile: string | undefined;
  readonly pumpFile: string | undefined;
  readonly lookupKey: string;
  /** Where uploaded files are; in memory, a folder for temporary files. */
  readonly filesDirectory: string;
  readonly uploadKey: string;
}

const newKey = (): string => randomBytes(32).toString("base64url");

/** Opens the directory, making it where it is missing; keys are made once and kept. */
export function openDataDirectory(path: string): DataDirectory {
  if (path === "memory") {
    return {
      ...{ engineFile: undefined, signingKeyFile: undefined, pumpFile: undefined, lookupKey: newKey() },
      ...{ filesDirectory: mkdtempSync(join(tmpdir(), "uploads-")), uploadKey: newKey() },
    };
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const keptKey = (name: string): string => {
    const file = join(path, name);
    if (!existsSync(file)) writeFileSync(file, newKey(), { mode: 0o600 });
    return readFileSync(file, "utf8");
  };
  return {
    engineFile: join(path, "engine.db"),
    signingKeyFile: join(path, "signing-key.json"),
    pumpFile: join(path, "events-handled-until"),
    lookupKey: keptKey("lookup-key"),
    filesDirectory: join(path, "files"),
    uploadKey: keptKey("upload-key"),
  };
}
