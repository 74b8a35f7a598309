import { dayOf } from "../domain/dates.ts";
import type { LedgerEntry } from "../domain/ledger/ledger-entry.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import { toStoredAllocation } from "./stored-fields.ts";
import { putNew, type Write } from "./transaction.ts";

/** Appends an entry to its hospital's day. */
export const recordEntry = (db: Database, entry: LedgerEntry): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.ledgerEntry(entry.hospitalCode, dayOf(entry.at), entry.at, entry.entryId),
      ...entry,
      allocation: toStoredAllocation(entry.allocation),
    },
    "CHANGED",
  );

/**
 * Marks an entry as one that counts for neither side when its day is reconciled: its message was cancelled
 * (冲正), so that it is as if it had never been. The entry itself and all sums of money stay as they are.
 */
export const voidEntry = (
  db: Database,
  entry: Pick<LedgerEntry, "hospitalCode" | "at" | "entryId" | "kind" | "total" | "allocation">,
): Write => {
  const { hospitalCode, at, entryId, kind, total, allocation } = entry;
  return putNew(
    db.ledger,
    {
      ...ledgerKeys.voidEntry(hospitalCode, dayOf(at), entryId),
      ...{ entryId, kind, total },
      allocation: toStoredAllocation(allocation),
    },
    "CHANGED",
  );
};
