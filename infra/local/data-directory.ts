import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
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
  /** Where uploaded files wait, sealed, until they are judged. */
  readonly filesDirectory: string;
  /** In memory: the folder that is removed when the service stops; nobody else can read or foretell it. */
  readonly temporaryDirectory?: string;
  readonly uploadKey: string;
}

export const KEYS_FILE = "personal-data-keys.json";
export const ENGINE_FILE = "engine.db";
const FILES_FOLDER = "files";
const OTHER_ENGINES_FILE = "other-engines";

/** The engines beside the embedded one that the keys of a data directory have served, by endpoint. */
export function readOtherEngines(path: string): readonly string[] {
  const file = join(path, OTHER_ENGINES_FILE);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** Keeps on record that the keys of a data directory serve an engine, so that they are not dropped while it needs them. */
export function noteOtherEngine(path: string, endpoint: string): void {
  if (readOtherEngines(path).includes(endpoint)) return;
  appendFileSync(join(path, OTHER_ENGINES_FILE), `${endpoint}\n`, { mode: 0o600 });
}

const MADE_BEFORE = (path: string): string =>
  `数据目录 ${path} 由较早的版本建立，其中的数据未加密或未全部加密（仅演示数据），请删除后重新启动。· ` +
  `The data in ${path} was made by an earlier version that did not encrypt all of it yet: remove it and start again.`;

const KEYS_MISSING = (path: string, place: string): string =>
  `密钥文件 ${join(path, KEYS_FILE)} 缺失，而 ${place} 中已有数据：请把该文件放回原处。没有它，已有的姓名和号码无法读出；只能以空的 DATA_DIR 和空的引擎从新数据开始。· ` +
  `The key file ${join(path, KEYS_FILE)} is missing, and there is data in ${place}: put the file back. Without it, names and numbers ` +
  "cannot be read; treating goes on with new data only, in an empty DATA_DIR and an empty engine.";

/** Throws where data was made with keys that are not here: new ones would read none of it. */
export async function checkKeysAreHere(
  path: string,
  endpoint: string | undefined,
  hasWorkers: (endpoint: string) => Promise<boolean>,
): Promise<void> {
  if (path !== "memory") {
    if (existsSync(join(path, KEYS_FILE))) return;
    const engineFile = join(path, ENGINE_FILE);
    if (existsSync(engineFile)) throw new Error(KEYS_MISSING(path, engineFile));
  }
  if (endpoint !== undefined && (await hasWorkers(endpoint))) throw new Error(KEYS_MISSING(path, endpoint));
}

/** What lies in a data directory is its owner's alone, whatever made it and whatever the folder lets others do. */
function keepPrivate(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(path, entry.name), 0o600);
    if (entry.isDirectory() && entry.name === FILES_FOLDER) chmodSync(join(path, entry.name), 0o700);
  }
}

const newKey = (): string => randomBytes(32).toString("base64url");

/** Opens the directory, making it where it is missing; keys are made once and kept. */
export function openDataDirectory(path: string): DataDirectory {
  if (path === "memory") {
    const directory = mkdtempSync(join(tmpdir(), "settlement-"));
    const personalDataKeysFile = join(directory, KEYS_FILE);
    writeKeyFile(personalDataKeysFile, makeKeys());
    return {
      ...{ engineFile: undefined, signingKeyFile: undefined, pumpFile: undefined, personalDataKeysFile },
      ...{
        filesDirectory: join(directory, FILES_FOLDER),
        uploadKey: newKey(),
        temporaryDirectory: directory,
      },
    };
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  keepPrivate(path);
  const keptKey = (name: string): string => {
    const file = join(path, name);
    if (!existsSync(file)) writeFileSync(file, newKey(), { mode: 0o600 });
    return readFileSync(file, "utf8");
  };
  const personalDataKeysFile = join(path, KEYS_FILE);
  if (!existsSync(personalDataKeysFile)) writeKeyFile(personalDataKeysFile, makeKeys());
  if (!isKeyFile(personalDataKeysFile)) throw new Error(MADE_BEFORE(path));
  return {
    engineFile: join(path, ENGINE_FILE),
    signingKeyFile: join(path, "signing-key.json"),
    pumpFile: join(path, "events-handled-until"),
    personalDataKeysFile,
    filesDirectory: join(path, FILES_FOLDER),
    uploadKey: keptKey("upload-key"),
  };
}
