import type { Database } from "../kit/database.ts";
import { registryKeys } from "../kit/keys.ts";
import { getItem } from "../kit/read.ts";

/** Whether the agency has stated a hospital of this code, or an employer of this uscc. */
export type IsStated = (kind: "hospital" | "employer", code: string) => Promise<boolean>;

/** A district has some dozens of hospitals and some thousands of employers. */
const MAX_REMEMBERED = 20_000;

/** Asks the Registry, once for each institution: what was stated stays, because nothing takes it back. */
export function makeIsStated(db: Database): IsStated {
  const remembered = new Set<string>();
  return async (kind, code) => {
    const key = registryKeys[kind](code);
    if (remembered.has(key.pk)) return true;
    if ((await getItem(db, db.registry, key)) === undefined) return false;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.add(key.pk);
    return true;
  };
}
