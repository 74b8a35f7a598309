import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
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
const BATCH_ATTEMPTS = 8;
const BATCH_PAUSE_MS = 25;

async function getBatch(db: Database, table: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let left: Record<string, unknown>[] = [...keys].map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === BATCH_ATTEMPTS) throw new Error("items stayed unprocessed");
    if (attempt > 0) await db.pause(BATCH_PAUSE_MS * 2 ** attempt);
    db.timeOver?.throwIfAborted();
    const { Responses, UnprocessedKeys } = await db.client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(Responses?.[table] ?? []));
    left = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
}

/** Many items by key, in parallel batches of 100; strongly consistent, in no order. */
export async function getItems(db: Database, table: string, keys: readonly Key[]): Promise<Item[]> {
  const batches: Key[][] = [];
  for (let start = 0; start < keys.length; start += BATCH_GET_LIMIT) {
    batches.push(keys.slice(start, start + BATCH_GET_LIMIT));
  }
  const pages = await readEach(batches, (batch) => getBatch(db, table, batch));
  return pages.flat();
}

/** Every item of a query, page after page; `limit` stops it early, and so does the end of the time for it. */
export async function queryAll(db: Database, input: QueryCommandInput, limit?: number): Promise<Item[]> {
  const items: Item[] = [];
  let start: QueryCommandInput["ExclusiveStartKey"];
  do {
    db.timeOver?.throwIfAborted();
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

/** Reads from many places, a few at a time: more at once would only wait for connections until they time out. */
export async function readEach<Place, Page>(
  places: Iterable<Place>,
  read: (place: Place) => Promise<Page>,
  atOnce = 16,
): Promise<Page[]> {
  const pages: Page[] = [];
  const work = [...places].entries();
  const readNext = async (): Promise<void> => {
    for (const [index, place] of work) pages[index] = await read(place);
  };
  await Promise.all(Array.from({ length: atOnce }, readNext));
  return pages;
}
