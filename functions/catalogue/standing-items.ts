import { findStandingItems, type StandingItem } from "../../shared/store/catalogue/catalogue-store.ts";
import { readReferenceVersion } from "../../shared/store/catalogue/reference-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";

export type Standing = ReadonlyMap<string, StandingItem>;

/** Items as they stood at one version. */
export interface StandingAsOf {
  readonly standing: Standing;
  /** The version that was read, on which a change rests; 0 where there is none. */
  readonly read: number;
  /** The version that the items are of: `read`, or the latest that is known where the Registry has lost it. */
  readonly known: number;
}

/**
 * Items by code as of one version: the version is read first, and whatever is of a later one is read again. `atLeast` is a
 * version that is known of.
 */
export async function readStandingAsOf(
  db: Database,
  itemCodes: readonly string[],
  atLeast = 0,
): Promise<StandingAsOf> {
  const read = await readReferenceVersion(db);
  const known = Math.max(read, atLeast);
  const standing = await findStandingItems(db, itemCodes);
  const newest = [...standing.values()].reduce((latest, { statedIn }) => Math.max(latest, statedIn), 0);
  return newest > known ? readStandingAsOf(db, itemCodes, newest) : { standing, read, known };
}
