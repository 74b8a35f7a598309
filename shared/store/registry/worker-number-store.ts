import * as z from "zod/mini";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { getItem } from "../kit/read.ts";
import { putNew, putNext, type Write } from "../kit/transaction.ts";

/**
 * Whose a number is that was given to, or taken from, a worker by a correction. It outlives the Registry, because what is
 * stated anew must lead to the ids that the Ledger names.
 */
export interface CorrectedNumber {
  readonly workerId: string;
  /** How often it was taken from somebody: the next person who has it gets another id. */
  readonly uses: number;
  readonly version: number;
}

const StoredNumber = z.object({ workerId: z.string(), uses: z.number(), version: z.number() });

/** Whose a number is by correction; undefined for one that no correction ever touched. */
export async function findCorrectedNumber(db: Database, trace: string): Promise<CorrectedNumber | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.workerNumber(trace));
  return item === undefined ? undefined : StoredNumber.parse(item);
}

/** Whose a number is from now on, over what was read of it. */
export const saveCorrectedNumber = (
  db: Database,
  trace: string,
  known: CorrectedNumber | undefined,
  next: Omit<CorrectedNumber, "version">,
): Write => {
  const item = { ...ledgerKeys.workerNumber(trace), ...next, version: (known?.version ?? 0) + 1 };
  return known === undefined ? putNew(db.ledger, item, "CHANGED") : putNext(db.ledger, item);
};
