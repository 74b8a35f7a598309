import { ScanCommand, type ScanCommandOutput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Instant } from "../../domain/dates.ts";
import type { InjuryCase } from "../../domain/registry/injury-case.ts";
import { IdTypeField } from "../../domain/registry/person-number.ts";
import type { Worker } from "../../domain/registry/worker.ts";
import type { Database } from "../kit/database.ts";
import { casePrefix, registryKeys } from "../kit/keys.ts";
import { getItem, getItems, type Item, queryAll } from "../kit/read.ts";
import { StoredInstant } from "../kit/stored-fields.ts";
import { putNew, putNext, type Write } from "../kit/transaction.ts";
import { StoredCase } from "./registry-store.ts";

/** A worker with what is sealed of the person, and how it is found. */
export interface WorkerRecord extends Worker {
  readonly version: number;
  /** When it was stated last; absent of who was stated before that was kept. No statement is dated as one before it. */
  readonly statedAt?: Instant | undefined;
  readonly sealed: Uint8Array;
  /** Names of the keys under which the person is sealed and found. */
  readonly sealedUnder: string;
  readonly lookupUnder: string;
  /** Keyed hashes of ID and card number. */
  readonly lookups: readonly string[];
}

const workerShape = {
  workerId: z.string(),
  maskedName: z.string(),
  /** Whoever was stated before there were other types has a resident's number. */
  idType: IdTypeField,
  maskedIdNumber: z.string(),
  frozen: z.boolean(),
};
const StoredWorker = z.object(workerShape);
const StoredRecord = z.object({
  ...workerShape,
  version: z.number(),
  statedAt: z.optional(StoredInstant),
  sealed: z.instanceof(Uint8Array),
  sealedUnder: z.string(),
  lookupUnder: z.string(),
  lookups: z.array(z.string()),
});
const StoredOwner = z.object({ workerId: z.string() });

export const toWorkerOfItem = (item: Item): Worker => StoredWorker.parse(item);

/** The worker whom one of these keyed hashes of an ID or card number leads to, in one call. */
export async function findWorkerId(
  db: Database,
  lookups: readonly [string, ...string[]],
): Promise<string | undefined> {
  const [first, ...others] = lookups.map(registryKeys.person);
  if (first === undefined) return undefined;
  const found =
    others.length === 0
      ? await getItem(db, db.registry, first)
      : (await getItems(db, db.registry, [first, ...others]))[0];
  return found === undefined ? undefined : StoredOwner.parse(found).workerId;
}

/** A worker with all of the worker's cases, in one query. */
export async function findWorkerAndCases(
  db: Database,
  workerId: string,
): Promise<{ readonly worker: Worker | undefined; readonly cases: InjuryCase[] }> {
  const items = await queryAll(db, {
    TableName: db.registry,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": registryKeys.worker(workerId).pk },
  });
  const isCase = (item: Item): boolean => String(item.sk).startsWith(casePrefix);
  const worker = items.find((item) => !isCase(item));
  return {
    worker: worker === undefined ? undefined : StoredWorker.parse(worker),
    cases: items.filter(isCase).map((item) => StoredCase.parse(item)),
  };
}

/** A worker with what is sealed, for those who may open it or state it anew. */
export async function findWorkerRecord(db: Database, workerId: string): Promise<WorkerRecord | undefined> {
  const item = await getItem(db, db.registry, registryKeys.worker(workerId));
  return item === undefined ? undefined : StoredRecord.parse(item);
}

/** Workers who are sealed or found under other keys than these, page by page. */
export async function* readWorkersUnderOtherKeys(
  db: Database,
  keys: Pick<WorkerRecord, "sealedUnder" | "lookupUnder">,
): AsyncGenerator<readonly string[]> {
  let start: Item | undefined;
  do {
    const page: ScanCommandOutput = await db.client.send(
      new ScanCommand({
        TableName: db.registry,
        ConsistentRead: true,
        FilterExpression: "sk = :worker AND (sealedUnder <> :sealed OR lookupUnder <> :lookup)",
        ProjectionExpression: "workerId",
        ExpressionAttributeValues: {
          ":worker": registryKeys.worker("").sk,
          ":sealed": keys.sealedUnder,
          ":lookup": keys.lookupUnder,
        },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []).map((item) => StoredOwner.parse(item).workerId);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** A worker over the one whose version was read. */
export const saveWorker = (db: Database, record: WorkerRecord): Write => {
  const item = { ...registryKeys.worker(record.workerId), ...record };
  return record.version === 1 ? putNew(db.registry, item, "CHANGED") : putNext(db.registry, item);
};

/** Makes a keyed hash lead to a worker; fails as CHANGED where it leads to somebody else than `from`. */
export const claimLookup = (db: Database, lookup: string, workerId: string, from = workerId): Write => ({
  item: {
    Put: {
      TableName: db.registry,
      Item: { ...registryKeys.person(lookup), workerId },
      ConditionExpression: "attribute_not_exists(pk) OR workerId = :from",
      ExpressionAttributeValues: { ":from": from },
    },
  },
  onConditionFailed: "CHANGED",
});

/** The number no longer leads to the worker. */
export const releaseLookup = (db: Database, lookup: string, workerId: string): Write => ({
  item: {
    Delete: {
      TableName: db.registry,
      Key: registryKeys.person(lookup),
      ConditionExpression: "workerId = :workerId",
      ExpressionAttributeValues: { ":workerId": workerId },
    },
  },
  onConditionFailed: "CHANGED",
});
