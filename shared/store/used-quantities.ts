import * as z from "zod/mini";
import type { UsedQuantity } from "../domain/adjudication/quantity-limits.ts";
import type { Database } from "./database.ts";
import { ledgerKeys, type VisitKey } from "./keys.ts";
import { pack, unpack } from "./packed.ts";
import { getItem, type Item } from "./read.ts";
import { StoredBytes, StoredDay, StoredQuantity } from "./stored-fields.ts";
import { putNew, type Write } from "./transaction.ts";

const StoredUsed = z.object({ packed: StoredBytes });
const UsedQuantities = z.array(z.tuple([z.string(), StoredDay, StoredQuantity]));

/** What an item of the visit says that was used up. */
export function fromStoredUsed(item: Item | undefined): UsedQuantity[] {
  if (item === undefined) return [];
  const used = UsedQuantities.parse(unpack(StoredUsed.parse(item).packed));
  return used.map(([itemCode, on, quantity]) => ({ itemCode, on, quantity }));
}

/** Keeps what a settlement used up, where the next one of the same visit will read it. */
export const recordUsed = (
  db: Database,
  visit: VisitKey,
  number: number,
  used: readonly UsedQuantity[],
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.usedQuantities(visit, number),
      packed: pack(used.map(({ itemCode, on, quantity }) => [itemCode, on, quantity])),
    },
    "CHANGED",
  );

/** What one settlement used up counts for another that takes its place. */
export async function copyUsed(db: Database, visit: VisitKey, from: number, to: number): Promise<Write> {
  const item = await getItem(db, db.ledger, ledgerKeys.usedQuantities(visit, from));
  return recordUsed(db, visit, to, fromStoredUsed(item));
}
