import * as z from "zod/mini";
import type { PeriodRemoval } from "../../domain/catalogue/item-history.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { getItems } from "../kit/read.ts";
import { StoredDay, StoredInstant } from "../kit/stored-fields.ts";
import { putOver, type Write } from "../kit/transaction.ts";

/** So many first days are kept of an item, the latest removals: twice as many as an item may have periods. */
const MAX_REMOVALS = 100;

const StoredRemovals = z.object({
  itemCode: z.string(),
  removals: z.array(z.object({ at: StoredInstant, removedFrom: StoredDay })),
});

export type RemovalsOfItems = ReadonlyMap<string, readonly PeriodRemoval[]>;

/** What was ever taken away of items, by code, whatever became of the Registry; items of which nothing was are left out. */
export async function findRemovals(db: Database, itemCodes: readonly string[]): Promise<RemovalsOfItems> {
  const items = await getItems(db, db.ledger, itemCodes.map(ledgerKeys.removedPeriods));
  return new Map(
    items.map((item) => {
      const { itemCode, removals } = StoredRemovals.parse(item);
      return [itemCode, removals];
    }),
  );
}

/** That a period was taken away, in the transaction that does so, which rests on the item as it was read. */
export function recordRemoval(
  db: Database,
  itemCode: string,
  known: readonly PeriodRemoval[],
  removal: PeriodRemoval,
): Write {
  const others = known.filter(({ removedFrom }) => removedFrom !== removal.removedFrom);
  const removals = [...others, removal].slice(-MAX_REMOVALS);
  return putOver(db.ledger, { ...ledgerKeys.removedPeriods(itemCode), itemCode, removals });
}
