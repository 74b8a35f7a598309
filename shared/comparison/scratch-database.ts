import type { DatabaseSync } from "node:sqlite";

const CACHE_KIBIBYTES = 24_576;

/**
 * Lends a database for as long as some work takes. It is SQLite's own temporary one (sqlite.org/inmemorydb.html, "temporary
 * databases"): what memory does not hold goes to a file whose name is taken away when it is opened, so that nobody else
 * opens it and nothing is left of it, however the process ends. It keeps no journal and waits for no disk. SQLite is
 * part of Node and is loaded only here: most calls never compare.
 */
export async function withScratchDatabase<T>(work: (database: DatabaseSync) => Promise<T>): Promise<T> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync("");
  try {
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA cache_size = -${CACHE_KIBIBYTES}; PRAGMA temp_store = FILE; BEGIN`);
    return await work(database);
  } finally {
    database.close();
  }
}
