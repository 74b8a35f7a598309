import { dayOf } from "../../domain/dates.ts";
import { isBalanced, type LedgerEntry } from "../../domain/settlements/ledger-entry.ts";
import type { Settlement } from "../../domain/settlements/settlement.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { toStoredAllocation } from "../kit/stored-fields.ts";
import { putNew, type Write } from "../kit/transaction.ts";

/**
 * Appends an entry to its hospital's day. Throws where it does not balance: money would appear or get lost, and nothing
 * of its transaction may be written.
 */
export function recordEntry(db: Database, entry: LedgerEntry): Write {
  if (!isBalanced(entry)) throw new Error(`entry ${entry.entryId} does not balance`);
  return putNew(
    db.ledger,
    {
      ...ledgerKeys.ledgerEntry(entry.hospitalCode, dayOf(entry.at), entry.at, entry.entryId),
      ...entry,
      ...(entry.allocation === undefined ? {} : { allocation: toStoredAllocation(entry.allocation) }),
    },
    "CHANGED",
  );
}

/**
 * Marks a settlement's entry as one that counts for neither side when its day is reconciled: its message was cancelled
 * (冲正), so that it is as if it had never been. The entry itself and all sums of money stay as they are.
 */
export const voidSettlement = (
  db: Database,
  { settlementId, kind, settledAt, hospitalCode, total, allocation }: Settlement,
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.voidEntry(hospitalCode, dayOf(settledAt), settlementId),
      ...{ entryId: settlementId, kind: kind === "REVERSAL" ? "REVERSAL" : "SETTLEMENT", total },
      allocation: toStoredAllocation(allocation),
    },
    "CHANGED",
  );
