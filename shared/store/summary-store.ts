import * as z from "zod/mini";
import { type Day, monthOf, monthsBetween } from "../domain/dates.ts";
import type { SummaryCell } from "../domain/reports/settlement-summary.ts";
import { visitTypes } from "../domain/visit/visit-type.ts";
import type { Database } from "./database.ts";
import { ledgerKeys, SUMMARY_SHARDS } from "./keys.ts";
import { queryAll, readEach } from "./read.ts";
import { StoredDay, StoredFen } from "./stored-fields.ts";
import type { Write } from "./transaction.ts";

const StoredCell = z.object({
  day: StoredDay,
  hospitalCode: z.string(),
  employerUscc: z.string(),
  visitType: z.enum(visitTypes),
  count: z.number(),
  reversalCount: z.number(),
  total: StoredFen,
  fund: StoredFen,
  employer: StoredFen,
  hospital: StoredFen,
  thirdParty: StoredFen,
  otherInsurer: StoredFen,
  personal: StoredFen,
});

const COUNTED = ["count", "reversalCount", "total"] as const;
const ALLOCATED = ["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"] as const;
const NAMED = ["day", "hospitalCode", "employerUscc", "visitType"] as const;

const FIELDS = [...NAMED, ...COUNTED, ...ALLOCATED];
const NAMES = Object.fromEntries(FIELDS.map((field) => [`#${field}`, field]));
const UPDATE =
  `SET ${NAMED.map((field) => `#${field} = :${field}`).join(", ")} ` +
  `ADD ${[...COUNTED, ...ALLOCATED].map((field) => `#${field} :${field}`).join(", ")}`;

/**
 * Adds a settlement to its summary row, within the settlement's own transaction. The shard is the caller's to
 * choose: a conflict is retried on another one.
 */
export function addToSummary(db: Database, cell: SummaryCell, shard: number): Write {
  const values = { ...cell, ...cell.allocation };
  return {
    item: {
      Update: {
        TableName: db.ledger,
        Key: {
          pk: ledgerKeys.summary(monthOf(cell.day), shard % SUMMARY_SHARDS),
          sk: ledgerKeys.summaryCell(cell),
        },
        UpdateExpression: UPDATE,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: Object.fromEntries(FIELDS.map((field) => [`:${field}`, values[field]])),
      },
    },
    onConditionFailed: "CHANGED",
  };
}

/** Past the last sort key of a day: keys go on with `#`, which sorts before `~`. */
const END_OF_DAY = "~";

/** Every summary row of a period, both days included, from all shards. */
export async function readSummaryCells(db: Database, from: Day, to: Day): Promise<SummaryCell[]> {
  const partitions = monthsBetween(from, to).flatMap((month) =>
    Array.from({ length: SUMMARY_SHARDS }, (_, shard) => ledgerKeys.summary(month, shard)),
  );
  const pages = await readEach(partitions, (pk) =>
    queryAll(db, {
      TableName: db.ledger,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: { ":pk": pk, ":from": from, ":to": `${to}${END_OF_DAY}` },
    }),
  );
  return pages.flat().map((item) => {
    const { fund, employer, hospital, thirdParty, otherInsurer, personal, ...cell } = StoredCell.parse(item);
    return { ...cell, allocation: { fund, employer, hospital, thirdParty, otherInsurer, personal } };
  });
}
