import * as z from "zod/mini";
import type { UsedQuantity } from "../../domain/settlements/quantity-limits.ts";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys, type VisitKey } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { packParts } from "../kit/packed-parts.ts";
import { getItem, getItems, type Item } from "../kit/read.ts";
import { StoredBytes, StoredDay, StoredQuantity } from "../kit/stored-fields.ts";
import { putNew, type Write } from "../kit/transaction.ts";

/** The first part says how many more there are. */
const StoredUsed = z.object({ packed: StoredBytes, parts: z.optional(z.number()) });
const UsedQuantities = z.array(z.tuple([z.string(), StoredDay, StoredQuantity]));

const numbersUpTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What one item says that was used up. */
function fromStoredUsed(item: Item): UsedQuantity[] {
  const used = UsedQuantities.parse(unpack(StoredUsed.parse(item).packed));
  return used.map(([itemCode, on, quantity]) => ({ itemCode, on, quantity }));
}

/**
 * What a settlement used up, from the items that `find` gives by their keys; undefined where one is missing, and so
 * where the settlement kept nothing.
 */
export function fromUsedItems(
  visit: VisitKey,
  number: number,
  find: (key: Key) => Item | undefined,
): UsedQuantity[] | undefined {
  const first = find(ledgerKeys.usedQuantities(visit, number, 0));
  if (first === undefined) return undefined;
  const count = StoredUsed.parse(first).parts ?? 1;
  const items = numbersUpTo(count).map((part) => find(ledgerKeys.usedQuantities(visit, number, part)));
  const found = items.filter((item) => item !== undefined);
  return found.length < count ? undefined : found.flatMap(fromStoredUsed);
}

/** All that one bill can use up; parts are cut by their bytes. */
const USED_PER_PART = 10_000;

/** Keeps what a settlement used up, where the next one of the same visit will read it. */
export function recordUsed(
  db: Database,
  visit: VisitKey,
  number: number,
  used: readonly UsedQuantity[],
): Write[] {
  const rows = used.map(({ itemCode, on, quantity }) => [itemCode, on, quantity]);
  const packed = rows.length === 0 ? [{ packed: pack([]) }] : packParts(rows, USED_PER_PART);
  return packed.map((part, index) =>
    putNew(
      db.ledger,
      {
        ...ledgerKeys.usedQuantities(visit, number, index),
        packed: part.packed,
        ...(index > 0 || packed.length === 1 ? {} : { parts: packed.length }),
      },
      "CHANGED",
    ),
  );
}

/** What a settlement used up; nothing where it kept nothing. */
export async function findUsed(db: Database, visit: VisitKey, number: number): Promise<UsedQuantity[]> {
  const first = await getItem(db, db.ledger, ledgerKeys.usedQuantities(visit, number, 0));
  const count = first === undefined ? 0 : (StoredUsed.parse(first).parts ?? 1);
  const keys = numbersUpTo(count).map((part) => ledgerKeys.usedQuantities(visit, number, part));
  const items = await getItems(db, db.ledger, keys.slice(1));
  const bySortKey = new Map([first, ...items].map((item) => [item?.sk, item]));
  return fromUsedItems(visit, number, ({ sk }) => bySortKey.get(sk)) ?? [];
}
