import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

const CACHE_KIBIBYTES = 24_576;

/**
 * Lends a database in a temporary file for as long as some work takes. Nothing in it needs to outlive the process, so
 * it keeps no journal and waits for no disk. SQLite is part of Node and is loaded only here: most calls never compare.
 */
export async function withScratchDatabase<T>(work: (database: DatabaseSync) => Promise<T>): Promise<T> {
  const { DatabaseSync } = await import("node:sqlite");
  const folder = mkdtempSync(join(tmpdir(), "comparison-"));
  try {
    const database = new DatabaseSync(join(folder, "sides.db"));
    try {
      database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA cache_size = -${CACHE_KIBIBYTES}; PRAGMA temp_store = FILE; BEGIN`);
      return await work(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
