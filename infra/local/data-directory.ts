import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isKeyFile, makeKeys, writeKeyFile } from "../../shared/personal-data/key-file.ts";

/** What one machine keeps between two starts; all undefined where `DATA_DIR` is `memory`. */
export interface DataDirectory {
  readonly engineFile: string | undefined;
  readonly signingKeyFile: string | undefined;
  readonly pumpFile: string | undefined;
  /** Keys under which people are sealed and found. */
  readonly personalDataKeysFile: string;
  /** Where uploaded files are; in memory, a folder for temporary files. */
  readonly filesDirectory: string;
  readonly uploadKey: string;
}

export const KEYS_FILE = "personal-data-keys.json";
export const ENGINE_FILE = "engine.db";

const MADE_BEFORE = (path: string): string =>
  `数据目录 ${path} 由较早的版本建立，其中的数据未加密或未全部加密（仅演示数据），请删除后重新启动。· ` +
  `The data in ${path} was made by an earlier version that did not encrypt all of it yet: remove it and start again.`;

const newKey = (): string => randomBytes(32).toString("base64url");

/** Opens the directory, making it where it is missing; keys are made once and kept. */
export function openDataDirectory(path: string): DataDirectory {
  if (path === "memory") {
    const directory = mkdtempSync(join(tmpdir(), "settlement-"));
    const personalDataKeysFile = join(directory, KEYS_FILE);
    writeKeyFile(personalDataKeysFile, makeKeys());
    return {
      ...{ engineFile: undefined, signingKeyFile: undefined, pumpFile: undefined, personalDataKeysFile },
      ...{ filesDirectory: directory, uploadKey: newKey() },
    };
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const keptKey = (name: string): string => {
    const file = join(path, name);
    if (!existsSync(file)) writeFileSync(file, newKey(), { mode: 0o600 });
    return readFileSync(file, "utf8");
  };
  const personalDataKeysFile = join(path, KEYS_FILE);
  if (!existsSync(personalDataKeysFile)) {
    if (existsSync(join(path, ENGINE_FILE))) throw new Error(MADE_BEFORE(path));
    writeKeyFile(personalDataKeysFile, makeKeys());
  }
  if (!isKeyFile(personalDataKeysFile)) throw new Error(MADE_BEFORE(path));
  return {
    engineFile: join(path, ENGINE_FILE),
    signingKeyFile: join(path, "signing-key.json"),
    pumpFile: join(path, "events-handled-until"),
    personalDataKeysFile,
    filesDirectory: join(path, "files"),
    uploadKey: keptKey("upload-key"),
  };
}
