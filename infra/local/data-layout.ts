import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findMisfits } from "./create-tables.ts";

/** Counted up whenever what is kept on one machine can no longer be read as it was; tables are compared besides. */
const LAYOUT = "1";
const LAYOUT_FILE = "layout";

const OTHER_VERSION = (place: string, what: string): string =>
  `${place} 中的数据由另一版本建立（${what}），本版本不能使用，数据未作改动：请用建立它的版本启动，或另用一个新的 DATA_DIR。· ` +
  `The data in ${place} was made by another version (${what}) and was left as it is: start the version that made it, or give a new DATA_DIR.`;

/** Throws where a data directory says that it has another layout than this version's. One without a mark says nothing. */
export function checkLayout(path: string): void {
  const file = join(path, LAYOUT_FILE);
  if (path === "memory" || !existsSync(file)) return;
  const layout = readFileSync(file, "utf8").trim();
  if (layout !== LAYOUT) throw new Error(OTHER_VERSION(path, `${LAYOUT_FILE} ${layout.slice(0, 20)}`));
}

/** Throws where the tables of an engine are another version's, or lack an index; `place` is where the data is. */
export async function checkTables(endpoint: string, place: string): Promise<void> {
  const misfits = await findMisfits(endpoint);
  if (misfits.length > 0) throw new Error(OTHER_VERSION(place, misfits.join(", ")));
}

/** Marks a data directory whose tables fit as one of this version's. */
export function markLayout(path: string): void {
  if (path !== "memory") writeFileSync(join(path, LAYOUT_FILE), `${LAYOUT}\n`, { mode: 0o600 });
}
