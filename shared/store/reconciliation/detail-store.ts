import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Difference } from "../../domain/reconciliation/difference.ts";
import type { DayState, Round } from "../../domain/reconciliation/round.ts";
import type { DetailRow } from "../../domain/reconciliation/statement.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { readPackedRows } from "../kit/packed-parts.ts";
import { getItem } from "../kit/read.ts";
import { StoredBytes } from "../kit/stored-fields.ts";
import { putNew, type Write } from "../kit/transaction.ts";
import {
  StoredDetailRow,
  StoredDifference,
  toStoredDetailRow,
  toStoredDifference,
} from "./stored-reconciliation.ts";

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
