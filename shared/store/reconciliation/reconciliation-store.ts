import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Day, Instant } from "../../domain/dates.ts";
import type { DayTotals } from "../../domain/reconciliation/day-totals.ts";
import { type DetailColumn, detailColumns } from "../../domain/reconciliation/detail-columns.ts";
import {
  type CauseCounts,
  causes,
  type Difference,
  type Unlisted,
} from "../../domain/reconciliation/difference.ts";
import { type RoundStatus, roundStatuses } from "../../domain/reconciliation/reconciliation.ts";
import type { DetailRow } from "../../domain/reconciliation/statement.ts";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys, reconciliationPartition } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { readPackedRows } from "../kit/packed-parts.ts";
import { getItem, queryAll } from "../kit/read.ts";
import { StoredBytes, StoredDay, StoredFen, StoredInstant } from "../kit/stored-fields.ts";
import { putNew, putNext, type Write } from "../kit/transaction.ts";
import {
  StoredDayTotals,
  StoredDetailRow,
  StoredDifference,
  toStoredDayTotals,
  toStoredDetailRow,
  toStoredDifference,
} from "./stored-reconciliation.ts";

/**
 * One fault of an uploaded file: its row (the header is row 1), its column by number and, where the contract knows it,
 * by name, and what. Nothing of what is written in the file.
 */
export interface FileFault {
  readonly row: number;
  readonly field: DetailColumn | "allocation" | "";
  /** From 1; absent where the fault is of no column that the file has. */
  readonly column?: number | undefined;
  readonly code: string;
}

/** One round of reconciling a hospital's day (Asia/Shanghai). */
export interface Round {
  readonly hospitalCode: string;
  readonly day: Day;
  readonly round: number;
  readonly status: RoundStatus;
  /** What the hospital counts: as it posted it, or the sum of the rows that it agreed by. */
  readonly hospital: DayTotals;
  /** What the fund counted at that moment. */
  readonly fund: DayTotals;
  readonly postedAt: Instant;
  readonly at: Instant;
  /** The comparison row by row, once there was one. */
  readonly comparison?:
    | {
        readonly id: string;
        readonly causes: CauseCounts;
        readonly unlisted?: readonly Unlisted[] | undefined;
      }
    | undefined;
  /** The upload that is or was compared. */
  readonly uploadId?: string | undefined;
  /** Why the upload could not be compared. */
  readonly faults?: readonly FileFault[] | undefined;
}

/** A hospital's day: its latest round, which moves on, and the rows that were posted for it so far. */
export interface DayState extends Round {
  readonly version: number;
  readonly rowParts: number;
  readonly rowCount: number;
}

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

/** One call's rows of a round's details, as the part that the day's state counts next. */
export const recordRows = (
  db: Database,
  { hospitalCode, day, round, rowParts }: DayState,
  rows: readonly DetailRow[],
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.reconciliationRows(hospitalCode, day, round, rowParts),
      packed: pack(rows.map(toStoredDetailRow)),
    },
    "CHANGED",
  );

const StoredPart = z.object({ packed: StoredBytes });

/** The rows that were posted for the latest round, call by call. */
export async function* readRows(
  db: Database,
  { hospitalCode, day, round, rowParts }: DayState,
): AsyncGenerator<readonly DetailRow[]> {
  for (let part = 0; part < rowParts; part += 1) {
    const item = await getItem(db, db.ledger, ledgerKeys.reconciliationRows(hospitalCode, day, round, part));
    yield z.array(StoredDetailRow).parse(unpack(StoredPart.parse(item).packed));
  }
}

export const DIFFERENCES_PER_PART = 500;

/**
 * Keeps one part of a comparison's differences: every part but the last is full. Its id is new, so that what is
 * written before the comparison is on record can be written again.
 */
export async function saveDifferences(
  db: Database,
  { hospitalCode, day }: Pick<Round, "hospitalCode" | "day">,
  { id, part }: { readonly id: string; readonly part: number },
  differences: readonly Difference[],
): Promise<void> {
  await db.client.send(
    new PutCommand({
      TableName: db.ledger,
      Item: {
        ...ledgerKeys.reconciliationDifferences(hospitalCode, day, id, part),
        packed: pack(differences.map(toStoredDifference)),
      },
    }),
  );
}

/** Differences of a round, from a position; none where it was not compared. */
export async function readDifferences(
  db: Database,
  { hospitalCode, day, comparison }: Round,
  start: number,
  limit: number,
): Promise<Difference[]> {
  if (comparison === undefined) return [];
  const parts = {
    keyOf: (part: number) => ledgerKeys.reconciliationDifferences(hospitalCode, day, comparison.id, part),
    rowsPerPart: DIFFERENCES_PER_PART,
    schema: StoredDifference,
  };
  return readPackedRows(db, parts, start, limit);
}
