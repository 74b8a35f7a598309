import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { chunksOf } from "../../chunks.ts";
import { mapConcurrent } from "../../map-concurrent.ts";
import { type RetryPolicy, retry } from "../../retry.ts";
import type { Database } from "./database.ts";
import type { Key } from "./keys.ts";

export type Item = Record<string, unknown>;

/** One item, strongly consistent; undefined where there is none. */
export async function getItem(db: Database, table: string, key: Key): Promise<Item | undefined> {
  const { Item: item } = await db.client.send(
    new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  return item;
}

const BATCH_GET_LIMIT = 100;
/** More reads at once would only wait for connections until they time out. */
const READS_AT_ONCE = 16;

/** A read that was refused in part, or that met a write, is made again. */
export const readAgain = ({ pause }: Database): RetryPolicy => ({
  ...{ attempts: 8, firstPauseMs: 40, longestPauseMs: 3_000, pause },
});

async function getBatch(db: Database, table: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let left: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  const done = await retry(readAgain(db), async () => {
    db.signal?.throwIfAborted();
    const { Responses, UnprocessedKeys } = await db.client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(Responses?.[table] ?? []));
    left = UnprocessedKeys?.[table]?.Keys ?? [];
    return left.length === 0 ? "DONE" : "AGAIN";
  });
  if (done === "AGAIN") throw new Error("items stayed unprocessed");
  return items;
}

/** Many items by key, in parallel batches of 100; strongly consistent, in no order. */
export async function getItems(db: Database, table: string, keys: readonly Key[]): Promise<Item[]> {
  const batches = chunksOf(keys, BATCH_GET_LIMIT);
  const pages = await readEach(batches, (batch) => getBatch(db, table, batch));
  return pages.flat();
}

/** Every item of a query, page after page; `limit` stops it early, and so does the end of the time for it. */
export async function queryAll(db: Database, input: QueryCommandInput, limit?: number): Promise<Item[]> {
  const items: Item[] = [];
  let start: QueryCommandInput["ExclusiveStartKey"];
  do {
    db.signal?.throwIfAborted();
    const page = await db.client.send(
      new QueryCommand({ ...input, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && (limit === undefined || items.length < limit));
  return items;
}

/** One page of a query, and whether there are more: it asks for one more than it gives. */
export async function queryPage(
  db: Database,
  input: QueryCommandInput,
  limit: number,
): Promise<{ readonly items: readonly Item[]; readonly hasMore: boolean }> {
  const { Items: items = [], LastEvaluatedKey: last } = await db.client.send(
    new QueryCommand({ ...input, Limit: limit + 1 }),
  );
  return { items: items.slice(0, limit), hasMore: last !== undefined || items.length > limit };
}

/** Reads from many places, a few at a time; the pages are in the order of the places. */
export const readEach = <Place, Page>(
  places: Iterable<Place>,
  read: (place: Place) => Promise<Page>,
  concurrency = READS_AT_ONCE,
): Promise<Page[]> => mapConcurrent(places, concurrency, read);
