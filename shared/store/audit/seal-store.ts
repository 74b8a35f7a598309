import { createHash } from "node:crypto";
import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Seal, SealedEntry } from "../../domain/audit/seal.ts";
import { addDays, type Day, dayOf, type Instant, instantOf } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { auditKeys, type Key } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import type { Item } from "../kit/read.ts";
import { StoredBytes, StoredInstant } from "../kit/stored-fields.ts";
import { type Commit, commitTransaction, putNew } from "../kit/transaction.ts";
import { readTrailItems, type TrailItem } from "./trail-items.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** JSON with the fields of an entry in the order of their names; entries are flat. */
const sortedJson = (entry: Item): string =>
  JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

const IN_EVENT = "@event";

/** The item that a sealed place names. */
export function keyOfPlace(on: Day, shard: number, place: string): Key {
  if (!place.endsWith(IN_EVENT)) return { pk: auditKeys.partition(on, shard), sk: place };
  return { pk: auditKeys.eventPartition(on, shard), sk: place.slice(0, -IN_EVENT.length) };
}

/** The hash that a seal of this content has. */
export const hashOfSeal = ({ shard, from, until, previous, entries }: Omit<Seal, "hash">): string =>
  sha256(JSON.stringify([shard, from, until, previous, entries]));

export const startOfDay = (on: Day): Instant => instantOf(Date.parse(`${on}T00:00:00+08:00`));
export const endOfDay = (at: Instant): Instant => startOfDay(addDays(dayOf(at), 1));

const StoredSeal = z.object({
  sk: StoredInstant,
  until: StoredInstant,
  previous: z.string(),
  entries: StoredBytes,
  hash: z.string(),
});
const StoredEntries = z.array(z.tuple([z.string(), z.string()]));

/** What lies in the place of a seal: none, where it is not of the form in which seals are put. */
export interface SealItem {
  readonly place: string;
  readonly seal: Seal | undefined;
}

const isExact = (at: Instant): boolean => instantOf(Date.parse(at)) === at;

function toSeal(shard: number, item: Item): Seal | undefined {
  try {
    const { sk: from, entries, ...rest } = StoredSeal.parse(item);
    if (!isExact(from) || !isExact(rest.until)) return undefined;
    return { ...rest, shard, from, entries: StoredEntries.parse(unpack(entries)) };
  } catch {
    // Fields, bytes or times that nobody can read: whoever wrote them should not make the whole trail unreadable.
    return undefined;
  }
}

const toSealItem = (shard: number, item: Item): SealItem => ({
  place: String(item.sk),
  seal: toSeal(shard, item),
});

const toSealed = ({ order, isInEvent, content }: TrailItem): SealedEntry => [
  isInEvent ? order + IN_EVENT : order,
  sha256(sortedJson(content)),
];

/**
 * What lies in a shard from an instant until before another one of the same day: place and hash of each, in order.
 * `limit` is how many of the first are enough.
 */
export async function readSealable(
  db: Database,
  shard: number,
  from: Instant,
  until: Instant,
  limit?: number,
): Promise<SealedEntry[]> {
  const items = await readTrailItems(db, {
    on: dayOf(from),
    shard,
    orders: "sk BETWEEN :from AND :until",
    orderValues: { ":from": from, ":until": until },
    ...(limit === undefined ? {} : { limit, pageSize: limit }),
  });
  return items.slice(0, limit).map(toSealed);
}

/** Before everything: DynamoDB refuses an empty value of a key. */
const BEFORE_ALL = "\u0000";

/**
 * What lies where a seal looks, and at both ends of its day also what begins with no time of that day: readers of the
 * trail would be shown it all the same.
 */
export async function readUnderSeal(db: Database, { shard, from, until }: Seal): Promise<SealedEntry[]> {
  const on = dayOf(from);
  const begin = { ":from": from === startOfDay(on) ? BEFORE_ALL : from };
  const isLast = until === endOfDay(from);
  const items = await readTrailItems(db, {
    on,
    shard,
    orders: isLast ? "sk >= :from" : "sk BETWEEN :from AND :until",
    orderValues: isLast ? begin : { ...begin, ":until": until },
  });
  return items.map(toSealed);
}

/** What lies later than an instant, on its day and the next one: the first of each day. */
export async function readAhead(db: Database, shard: number, latest: Instant): Promise<Key[]> {
  const today = dayOf(latest);
  const days = [today, addDays(today, 1)];
  const found = await Promise.all(
    days.map((on) =>
      readTrailItems(db, {
        ...{ on, shard, limit: 1, pageSize: 1 },
        orders: "sk > :latest",
        orderValues: { ":latest": on === today ? latest : BEFORE_ALL },
      }),
    ),
  );
  return found.flatMap((items, index) =>
    items.slice(0, 1).map((item) => keyOfPlace(days[index] ?? today, shard, toSealed(item)[0])),
  );
}

async function findLastItem(
  db: Database,
  shard: number,
  before: string | undefined,
): Promise<SealItem | undefined> {
  const { Items: items = [] } = await db.client.send(
    new QueryCommand({
      TableName: db.ledger,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      KeyConditionExpression: before === undefined ? "pk = :pk" : "pk = :pk AND sk < :before",
      ExpressionAttributeValues: {
        ":pk": auditKeys.sealPartition(shard),
        ...(before === undefined ? {} : { ":before": before }),
      },
    }),
  );
  return items[0] === undefined ? undefined : toSealItem(shard, items[0]);
}

/** The last seal of a shard, or the last that begins before an instant, and the places of what lies behind it and is none. */
export async function findLastSeal(
  db: Database,
  shard: number,
  before?: Instant,
): Promise<{ readonly last: Seal | undefined; readonly spoiled: readonly string[] }> {
  const spoiled: string[] = [];
  for (;;) {
    const item = await findLastItem(db, shard, spoiled.at(-1) ?? before);
    if (item === undefined) return { last: undefined, spoiled };
    if (item.seal !== undefined) return { last: item.seal, spoiled };
    spoiled.push(item.place);
  }
}

/** A seal names up to a thousand entries: no more of them are in memory at once. */
const SEALS_PER_PAGE = 16;

/** The seals of a shard in order, page by page, from the first that begins at an instant or later. */
export async function* readSeals(
  db: Database,
  shard: number,
  from: Instant,
): AsyncGenerator<readonly SealItem[]> {
  let start: Item | undefined;
  do {
    const page: QueryCommandOutput = await db.client.send(
      new QueryCommand({
        TableName: db.ledger,
        ConsistentRead: true,
        Limit: SEALS_PER_PAGE,
        KeyConditionExpression: "pk = :pk AND sk >= :from",
        ExpressionAttributeValues: { ":pk": auditKeys.sealPartition(shard), ":from": from },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []).map((item) => toSealItem(shard, item));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Puts a seal where none begins yet: of two sealers one is refused, and no chain has two ends. */
export const commitSeal = (db: Database, seal: Seal): Promise<Commit> => {
  const { shard, from, until, previous, entries, hash } = seal;
  const item = { ...auditKeys.seal(shard, from), until, previous, count: entries.length, hash };
  return commitTransaction(db, [putNew(db.ledger, { ...item, entries: pack(entries) }, "CHANGED")]);
};
