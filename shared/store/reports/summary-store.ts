import * as z from "zod/mini";
import { type Day, monthOf, monthsBetween } from "../../domain/dates.ts";
import type { SummaryCell } from "../../domain/reports/settlement-summary.ts";
import { visitTypes } from "../../domain/visit-type.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys, SUMMARY_SHARDS } from "../kit/keys.ts";
import { queryAll, readEach } from "../kit/read.ts";
import { StoredDay, StoredFen } from "../kit/stored-fields.ts";
import type { Write } from "../kit/transaction.ts";

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
  benefits: StoredFen,
  reversedTotal: StoredFen,
  reversedFund: StoredFen,
  reversedEmployer: StoredFen,
  reversedHospital: StoredFen,
  reversedThirdParty: StoredFen,
  reversedOtherInsurer: StoredFen,
  reversedPersonal: StoredFen,
  earlierMonthsCount: z.number(),
  earlierMonthsTotal: StoredFen,
});
type StoredCell = z.infer<typeof StoredCell>;

/** A row keeps its figures side by side, because the store adds numbers, not objects. */
const toStoredCell = ({ allocation, reversed, ofEarlierMonths, ...cell }: SummaryCell): StoredCell => ({
  ...cell,
  ...allocation,
  reversedTotal: reversed.total,
  reversedFund: reversed.allocation.fund,
  reversedEmployer: reversed.allocation.employer,
  reversedHospital: reversed.allocation.hospital,
  reversedThirdParty: reversed.allocation.thirdParty,
  reversedOtherInsurer: reversed.allocation.otherInsurer,
  reversedPersonal: reversed.allocation.personal,
  earlierMonthsCount: ofEarlierMonths.reversalCount,
  earlierMonthsTotal: ofEarlierMonths.total,
});

function fromStoredCell(item: unknown): SummaryCell {
  const { day, hospitalCode, employerUscc, visitType, count, reversalCount, total, benefits, ...row } =
    StoredCell.parse(item);
  const { fund, employer, hospital, thirdParty, otherInsurer, personal } = row;
  return {
    ...{ day, hospitalCode, employerUscc, visitType, count, reversalCount, total, benefits },
    allocation: { fund, employer, hospital, thirdParty, otherInsurer, personal },
    reversed: {
      total: row.reversedTotal,
      allocation: {
        fund: row.reversedFund,
        employer: row.reversedEmployer,
        hospital: row.reversedHospital,
        thirdParty: row.reversedThirdParty,
        otherInsurer: row.reversedOtherInsurer,
        personal: row.reversedPersonal,
      },
    },
    ofEarlierMonths: { reversalCount: row.earlierMonthsCount, total: row.earlierMonthsTotal },
  };
}

const NAMED = new Set(["day", "hospitalCode", "employerUscc", "visitType"]);
const FIELDS = Object.keys(StoredCell.shape);
const ADDED = FIELDS.filter((field) => !NAMED.has(field));
const NAMES = Object.fromEntries(FIELDS.map((field) => [`#${field}`, field]));
const UPDATE =
  `SET ${[...NAMED].map((field) => `#${field} = :${field}`).join(", ")} ` +
  `ADD ${ADDED.map((field) => `#${field} :${field}`).join(", ")}`;

/**
 * Adds a settlement to its summary row, within the settlement's own transaction. The shard is the caller's to
 * choose: a conflict is retried on another one.
 */
export function addToSummary(db: Database, cell: SummaryCell, shard: number): Write {
  const values: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(toStoredCell(cell))) values[`:${field}`] = value;
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
        ExpressionAttributeValues: values,
      },
    },
    onConditionFailed: "CHANGED",
  };
}

/** What one hospital settled and reversed on one day, from all shards. */
export async function readHospitalDay(db: Database, hospitalCode: string, on: Day): Promise<SummaryCell[]> {
  const shards = Array.from({ length: SUMMARY_SHARDS }, (_, shard) => ledgerKeys.summary(monthOf(on), shard));
  const pages = await readEach(shards, (pk) =>
    queryAll(db, {
      TableName: db.ledger,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :day)",
      ExpressionAttributeValues: { ":pk": pk, ":day": `${on}#${hospitalCode}#` },
    }),
  );
  return pages.flat().map(fromStoredCell);
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
  return pages.flat().map(fromStoredCell);
}
