import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Day } from "../../domain/dates.ts";
import {
  addDayTotals,
  type DayTotals,
  isEqualDay,
  NO_DAY_TOTALS,
  ofSummary,
  reconciledKinds,
  subtractDayTotals,
  toDayTotals,
} from "../../domain/reconciliation/day-totals.ts";
import type { FundEntry } from "../../domain/reconciliation/difference.ts";
import type { SummaryCell } from "../../domain/reports/settlement-summary.ts";
import { retry } from "../../retry.ts";
import type { Database } from "../kit/database.ts";
import { ledgerPartition, voidPrefix } from "../kit/keys.ts";
import { type Item, queryAll, readAgain, readEach } from "../kit/read.ts";
import { StoredAllocation, StoredFen } from "../kit/stored-fields.ts";
import { readHospitalDay, readSummaryCells } from "./summary-store.ts";

const StoredVoid = z.object({
  entryId: z.string(),
  kind: z.enum(reconciledKinds),
  total: StoredFen,
  allocation: StoredAllocation,
});
type StoredVoid = z.infer<typeof StoredVoid>;

/** The marks of entries of a hospital's day whose messages were cancelled. */
export async function readVoids(db: Database, hospitalCode: string, on: Day): Promise<StoredVoid[]> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :void)",
    ExpressionAttributeValues: { ":pk": ledgerPartition(hospitalCode, on), ":void": voidPrefix },
  });
  return items.map((item) => StoredVoid.parse(item));
}

const sumUp = (parts: readonly DayTotals[]): DayTotals => parts.reduce(addDayTotals, NO_DAY_TOTALS);
const sumCells = (cells: readonly SummaryCell[]): DayTotals => sumUp(cells.map(ofSummary));
const sumVoids = (voids: readonly StoredVoid[]): DayTotals => sumUp(voids.map(toDayTotals));

/**
 * What the fund counts on a hospital's day: its summary rows without what was cancelled. A cancellation adds to both,
 * so rows that are the same before and after the marks were read fit those marks. Throws where they never are.
 */
export async function readFundDay(db: Database, hospitalCode: string, on: Day): Promise<DayTotals> {
  let before = sumCells(await readHospitalDay(db, hospitalCode, on));
  const totals = await retry<DayTotals>(readAgain(db), async () => {
    const voids = await readVoids(db, hospitalCode, on);
    const after = sumCells(await readHospitalDay(db, hospitalCode, on));
    if (isEqualDay(before, after)) return subtractDayTotals(after, sumVoids(voids));
    before = after;
    return "AGAIN";
  });
  if (totals === "AGAIN")
    throw new Error(`the totals of ${hospitalCode} on ${on} could not be read as of one moment`);
  return totals;
}

/** A hospital's day with what the fund counts on it. */
export interface FundDay {
  readonly hospitalCode: string;
  readonly day: Day;
  readonly totals: DayTotals;
}

const keyOf = ({ day, hospitalCode }: Pick<FundDay, "day" | "hospitalCode">): string =>
  `${day}#${hospitalCode}`;

function groupCells(cells: readonly SummaryCell[]): Map<string, FundDay> {
  const days = new Map<string, FundDay>();
  for (const cell of cells) {
    const { hospitalCode, day } = cell;
    const known = days.get(keyOf(cell))?.totals ?? NO_DAY_TOTALS;
    days.set(keyOf(cell), { hospitalCode, day, totals: addDayTotals(known, ofSummary(cell)) });
  }
  return days;
}

const HOSPITAL_DAYS_AT_ONCE = 48;

/** What the fund counts on each day of a period, for every hospital that settled or reversed anything. */
export async function readFundDays(db: Database, from: Day, to: Day): Promise<Map<string, FundDay>> {
  const before = groupCells(await readSummaryCells(db, from, to));
  const voids = await readEach(
    before.values(),
    async ({ hospitalCode, day }) => sumVoids(await readVoids(db, hospitalCode, day)),
    HOSPITAL_DAYS_AT_ONCE,
  );
  const after = groupCells(await readSummaryCells(db, from, to));
  const marks = new Map([...before.keys()].map((key, index) => [key, voids[index] ?? NO_DAY_TOTALS]));
  const days = await readEach(
    after,
    async ([key, { hospitalCode, day, totals }]): Promise<[string, FundDay]> => {
      const earlier = before.get(key);
      const isSame = earlier !== undefined && isEqualDay(earlier.totals, totals);
      const counted = isSame
        ? subtractDayTotals(totals, marks.get(key) ?? NO_DAY_TOTALS)
        : await readFundDay(db, hospitalCode, day);
      return [key, { hospitalCode, day, totals: counted }];
    },
  );
  return new Map(days);
}

const StoredEntry = z.object({
  kind: z.enum(reconciledKinds),
  settlementId: z.string(),
  visitId: z.string(),
  messageKey: z.optional(z.string()),
  reverses: z.optional(z.string()),
  total: StoredFen,
  allocation: StoredAllocation,
});

const isReconciled = ({ kind }: Item): boolean => reconciledKinds.some((reconciled) => reconciled === kind);

/** All entries of a hospital's day between hospital and fund, page by page in the order of time. */
async function* readEntryPages(
  db: Database,
  hospitalCode: string,
  on: Day,
): AsyncGenerator<readonly FundEntry[]> {
  let start: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page = await db.client.send(
      new QueryCommand({
        TableName: db.ledger,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND sk < :void",
        ExpressionAttributeValues: { ":pk": ledgerPartition(hospitalCode, on), ":void": voidPrefix },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    // What is deferred, was released or is owed to others is in the ledger too, and not between hospital and fund.
    yield (page.Items ?? []).filter(isReconciled).map((item) => StoredEntry.parse(item));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

const readVoidedIds = async (db: Database, hospitalCode: string, on: Day): Promise<ReadonlySet<string>> =>
  new Set((await readVoids(db, hospitalCode, on)).map(({ entryId }) => entryId));

/** The entries of a hospital's day that count, page by page in the order of time. */
export async function* readFundEntries(
  db: Database,
  hospitalCode: string,
  on: Day,
): AsyncGenerator<readonly FundEntry[]> {
  const voided = await readVoidedIds(db, hospitalCode, on);
  for await (const entries of readEntryPages(db, hospitalCode, on))
    yield entries.filter(({ settlementId }) => !voided.has(settlementId));
}

/** The first pages of a hospital's day, and which of its entries were cancelled. */
export async function readDayEntries(
  db: Database,
  hospitalCode: string,
  on: Day,
  maxPages: number,
): Promise<{ readonly entries: readonly FundEntry[]; readonly voided: ReadonlySet<string> }> {
  const voided = await readVoidedIds(db, hospitalCode, on);
  const pages: (readonly FundEntry[])[] = [];
  for await (const page of readEntryPages(db, hospitalCode, on)) {
    pages.push(page);
    if (pages.length >= maxPages) break;
  }
  return { entries: pages.flat(), voided };
}
