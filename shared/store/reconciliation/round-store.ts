import * as z from "zod/mini";
import type { Day } from "../../domain/dates.ts";
import { detailColumns } from "../../domain/reconciliation/detail-columns.ts";
import { causes } from "../../domain/reconciliation/difference.ts";
import { roundStatuses } from "../../domain/reconciliation/reconciliation.ts";
import type { DayState, Round } from "../../domain/reconciliation/round.ts";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys, reconciliationPartition } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { getItem, queryAll } from "../kit/read.ts";
import { StoredBytes, StoredDay, StoredFen, StoredInstant } from "../kit/stored-fields.ts";
import { putNew, putNext, type Write } from "../kit/transaction.ts";
import { StoredDayTotals, toStoredDayTotals } from "./stored-reconciliation.ts";

const faultFields = ["", "allocation", ...detailColumns] as const;
/** Earlier versions kept what a file had in its first row: a name that is none of ours is not read. */
const toFaultField = (stored: string) => faultFields.find((field) => field === stored) ?? "";
const StoredFault = z.object({
  row: z.number(),
  field: z.pipe(z.string(), z.transform(toFaultField)),
  column: z.optional(z.number()),
  code: z.string(),
});

const StoredRound = z.object({
  hospitalCode: z.string(),
  day: StoredDay,
  round: z.number(),
  status: z.enum(roundStatuses),
  hospital: StoredDayTotals,
  fund: StoredDayTotals,
  postedAt: StoredInstant,
  at: StoredInstant,
  comparison: z.optional(
    z.object({
      id: z.string(),
      causes: z.record(z.enum(causes), z.number()),
      unlisted: z.optional(
        z.array(z.object({ cause: z.enum(causes), count: z.number(), hospital: StoredFen, fund: StoredFen })),
      ),
    }),
  ),
  uploadId: z.optional(z.string()),
  faults: z.optional(
    z.pipe(
      StoredBytes,
      z.transform((bytes) => z.array(StoredFault).parse(unpack(bytes))),
    ),
  ),
});

const StoredState = z.extend(StoredRound, {
  version: z.number(),
  rowParts: z.number(),
  rowCount: z.number(),
});

const toStoredRound = (round: Round) => ({
  ...round,
  hospital: toStoredDayTotals(round.hospital),
  fund: toStoredDayTotals(round.fund),
  faults: round.faults === undefined ? undefined : pack(round.faults),
});

export async function findDayState(
  db: Database,
  hospitalCode: string,
  on: Day,
): Promise<DayState | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.reconciliationDay(on, hospitalCode));
  return item === undefined ? undefined : StoredState.parse(item);
}

/** Every hospital's state of one day. */
export async function readDayStates(db: Database, on: Day): Promise<DayState[]> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": reconciliationPartition(on) },
  });
  return items.map((item) => StoredState.parse(item));
}

/** A round with what became of it: the latest as the day stands, an earlier one as it was left. */
export async function findRound(
  db: Database,
  hospitalCode: string,
  { day, round }: { readonly day: Day; readonly round: number },
): Promise<Round | undefined> {
  const state = await findDayState(db, hospitalCode, day);
  if (state === undefined || state.round < round) return undefined;
  if (state.round === round) return state;
  const { pk, sk } = ledgerKeys.reconciliationRound(hospitalCode, day, round);
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :round)",
    ExpressionAttributeValues: { ":pk": pk, ":round": sk },
  });
  return StoredRound.parse(items.at(-1));
}

/** Moves a hospital's day on, from the version that was read. */
export function saveDayState(db: Database, state: DayState): Write {
  const { version, rowParts, rowCount, ...round } = state;
  const item = {
    ...ledgerKeys.reconciliationDay(state.day, state.hospitalCode),
    ...toStoredRound(round),
    ...{ version, rowParts, rowCount },
  };
  return version === 1 ? putNew(db.ledger, item, "CHANGED") : putNext(db.ledger, item);
}

const putRound = (
  db: Database,
  key: Key,
  { version: _version, rowParts: _parts, ...round }: DayState,
): Write => putNew(db.ledger, { ...key, ...toStoredRound(round) }, "CHANGED");

/** What was posted, as it was posted: a record of its own, never edited. */
export const recordPosting = (db: Database, state: DayState): Write =>
  putRound(db, ledgerKeys.reconciliationRound(state.hospitalCode, state.day, state.round), state);

/** What became of a round later on: one more record, never edited. */
export function recordOutcome(db: Database, state: DayState): Write {
  const { hospitalCode, day, round, version } = state;
  return putRound(db, ledgerKeys.reconciliationOutcome(hospitalCode, day, round, version), state);
}
