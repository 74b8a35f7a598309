import type { Instant } from "../domain/dates.ts";
import { toWorker, type WorkerStatement } from "../domain/registry/worker.ts";
import type { Database } from "../store/database.ts";
import type { Write } from "../store/transaction.ts";
import { claimLookup, releaseLookup, saveWorker, type WorkerRecord } from "../store/worker-store.ts";
import type { PersonLookup } from "./person-lookup.ts";
import type { PersonalDataCipher } from "./personal-data-cipher.ts";

/** What writing a worker leans on: only functions that have it can seal and open what names a person. */
export interface WorkerServices {
  readonly db: Database;
  readonly personLookup: PersonLookup;
  readonly cipher: PersonalDataCipher;
}

/** A worker as it will be, and what one transaction writes for it. */
export interface PlannedWorker {
  readonly worker: WorkerRecord;
  readonly writes: readonly Write[];
}

/**
 * Seals a worker's statement under the current keys, over what is known of the worker, if anything. `statedAt` is when it
 * was stated first, which tells it from what was stated later.
 */
export async function planWorker(
  { db, personLookup, cipher }: WorkerServices,
  workerId: string,
  statement: WorkerStatement,
  known: WorkerRecord | undefined,
  statedAt: Instant | undefined,
): Promise<PlannedWorker> {
  // Under both keys while one replaces the other: else two requests that know one each could make two of one person.
  const lookups = [
    ...personLookup.hashes({ idType: statement.idType, idNumber: statement.idNumber }),
    ...personLookup.hashes({ cardNumber: statement.cardNumber }),
  ];
  const before = known?.lookups ?? [];
  const worker: WorkerRecord = {
    ...toWorker(workerId, statement),
    version: (known?.version ?? 0) + 1,
    statedAt,
    sealedUnder: cipher.keyName(),
    sealed: await cipher.seal(workerId, statement),
    lookupUnder: personLookup.keyNames(),
    lookups,
  };
  return {
    worker,
    writes: [
      saveWorker(db, worker),
      ...lookups.filter((each) => !before.includes(each)).map((each) => claimLookup(db, each, workerId)),
      ...before.filter((each) => !lookups.includes(each)).map((each) => releaseLookup(db, each, workerId)),
    ],
  };
}
