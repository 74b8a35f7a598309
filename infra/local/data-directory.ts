import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one machine keeps between two starts; all undefined where `DATA_DIR` is `memory`. */
export interface DataDirectory {
  readonly engineFile: string | undefined;
  readonly signingKeyFile: string | undefined;
  readonly pumpFile: string | undefined;
  readonly lookupKey: string;
}

const newKey = (): string => randomBytes(32).toString("base64url");

/** Opens the directory, making it where it is missing; the lookup key is made once and kept. */
export function openDataDirectory(path: string): DataDirectory {
  if (path === "memory") {
    const nowhere = { engineFile: undefined, signingKeyFile: undefined, pumpFile: undefined };
    return { ...nowhere, lookupKey: newKey() };
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const keyFile = join(path, "lookup-key");
  if (!existsSync(keyFile)) writeFileSync(keyFile, newKey(), { mode: 0o600 });
  return {
    engineFile: join(path, "engine.db"),
    signingKeyFile: join(path, "signing-key.json"),
    pumpFile: join(path, "events-handled-until"),
    lookupKey: readFileSync(keyFile, "utf8"),
  };
}
