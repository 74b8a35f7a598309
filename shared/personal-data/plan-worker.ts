import type { Instant } from "../domain/dates.ts";
import { toWorker, type WorkerStatement } from "../domain/registry/worker.ts";
import type { Database } from "../store/kit/database.ts";
import type { Write } from "../store/kit/transaction.ts";
import { claimLookup, releaseLookup, saveWorker, type WorkerRecord } from "../store/registry/worker-store.ts";
import type { PersonLookup } from "./person-lookup.ts";
import type { PersonalDataCipher } from "./personal-data-cipher.ts";

/** What writing a worker leans on: only functions that have it can seal and open what names a person. */
export interface WorkerServices {
  readonly db: Database;
  readonly personLookup: PersonLookup;
  readonly cipher: PersonalDataCipher;
}

/** What is stated of a worker, over what is known, if anything. */
export interface StatedWorker {
  readonly workerId: string;
  readonly statement: WorkerStatement;
  readonly known: WorkerRecord | undefined;
  /** When it was stated first, which tells it from what was stated later. */
  readonly statedAt: Instant | undefined;
}

/** A worker as it will be, and what one transaction writes for it. */
export interface PlannedWorker {
  readonly worker: WorkerRecord;
  readonly writes: readonly Write[];
}

async function toRecord(
  { personLookup, cipher }: WorkerServices,
  { workerId, statement, known, statedAt }: StatedWorker,
): Promise<WorkerRecord> {
  const { idType, idNumber, cardNumber } = statement;
  return {
    ...toWorker(workerId, statement),
    version: (known?.version ?? 0) + 1,
    statedAt,
    sealedUnder: cipher.keyName(),
    sealed: await cipher.seal(workerId, statement),
    lookupUnder: personLookup.keyNames(),
    // Under both keys while one replaces the other: else two requests that know one each could make two of one person.
    lookups: [...personLookup.hashes({ idType, idNumber }), ...personLookup.hashes({ cardNumber })],
  };
}

type Found = Pick<WorkerRecord, "workerId" | "lookups">;

/** Each keyed hash of what was known, or will be, with the worker that it leads to. */
const ownersIn = (records: readonly (Found | undefined)[]): ReadonlyMap<string, string> =>
  new Map(
    records.flatMap((record) =>
      (record?.lookups ?? []).map((lookup) => [lookup, record?.workerId ?? ""] as const),
    ),
  );

/** Writes that make each hash lead to whom it will belong; one that goes over from one worker to the other is one write. */
function moveLookups(
  db: Database,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Write[] {
  return [
    ...[...after]
      .filter(([lookup, workerId]) => before.get(lookup) !== workerId)
      .map(([lookup, workerId]) => claimLookup(db, lookup, workerId, before.get(lookup))),
    ...[...before]
      .filter(([lookup]) => !after.has(lookup))
      .map(([lookup, workerId]) => releaseLookup(db, lookup, workerId)),
  ];
}

/**
 * Seals workers' statements under the current keys, in one transaction. A number may go over from one of them to another.
 */
export async function planWorkers(
  services: WorkerServices,
  stated: readonly StatedWorker[],
): Promise<{ readonly workers: readonly WorkerRecord[]; readonly writes: readonly Write[] }> {
  const { db } = services;
  const workers = await Promise.all(stated.map((each) => toRecord(services, each)));
  const before = ownersIn(stated.map(({ known }) => known));
  return {
    workers,
    writes: [
      ...workers.map((worker) => saveWorker(db, worker)),
      ...moveLookups(db, before, ownersIn(workers)),
    ],
  };
}

/** The same for a single worker. */
export async function planWorker(
  services: WorkerServices,
  workerId: string,
  statement: WorkerStatement,
  known: WorkerRecord | undefined,
  statedAt: Instant | undefined,
): Promise<PlannedWorker> {
  const worker = await toRecord(services, { workerId, statement, known, statedAt });
  const moves = moveLookups(services.db, ownersIn([known]), ownersIn([worker]));
  return { worker, writes: [saveWorker(services.db, worker), ...moves] };
}
