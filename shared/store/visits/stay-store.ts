import * as z from "zod/mini";
import { instantOf } from "../../domain/dates.ts";
import type { Stay, Stays } from "../../domain/visits/stays.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { getItem } from "../kit/read.ts";
import { StoredDay, StoredInstant } from "../kit/stored-fields.ts";
import type { Write } from "../kit/transaction.ts";

/** All stays of a worker, with the version that they were read at. */
export interface StaysRecord {
  readonly stays: Stays;
  /** 0 while none was ever kept. */
  readonly version: number;
}

const StoredStays = z.object({
  version: z.number(),
  stays: z.array(
    z.object({
      visitId: z.string(),
      hospitalCode: z.string(),
      admittedAt: StoredInstant,
      dischargedAt: z.optional(StoredInstant),
      bedReleasedAt: z.optional(StoredInstant),
      settledUntil: z.optional(StoredDay),
      countsUntil: z.optional(StoredDay),
      isFirstMealElsewhere: z.optional(z.boolean()),
    }),
  ),
});
/** As it was kept before stays that are over were remembered: which visit holds the bed, and where. */
const StoredBed = z.object({ visitId: z.string(), hospitalCode: z.optional(z.string()) });

const toOpenStay = ({ visitId, hospitalCode = "" }: z.infer<typeof StoredBed>): Stay => ({
  visitId,
  hospitalCode,
  admittedAt: instantOf(0),
});

/** Every stay of a worker at any hospital, but for cancelled ones. */
export async function findStays(db: Database, workerId: string): Promise<StaysRecord> {
  const item = await getItem(db, db.ledger, ledgerKeys.stays(workerId));
  if (item === undefined) return { stays: [], version: 0 };
  if (item.version === undefined) return { stays: [toOpenStay(StoredBed.parse(item))], version: 0 };
  return StoredStays.parse(item);
}

/** The worker's stays over those that were read: whoever changed them in between is decided after. */
export const saveStays = (db: Database, workerId: string, stays: Stays, { version }: StaysRecord): Write => ({
  item: {
    Put: {
      TableName: db.ledger,
      Item: {
        ...ledgerKeys.stays(workerId),
        version: version + 1,
        stays: stays.map((each) => ({ ...each })),
      },
      ...(version === 0
        ? { ConditionExpression: "attribute_not_exists(version)" }
        : { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } }),
    },
  },
  onConditionFailed: "CHANGED",
});
