import { BatchGetCommand, DeleteCommand, ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Send, StoreCommand } from "./send.ts";
import type { Item } from "./values.ts";

/** Tables that a history is played on: the stand-in, or the real engine. */
export interface StoreUnderTest {
  readonly send: Send;
  readonly registry: string;
  readonly ledger: string;
  /** Lets the indexes catch up by so many writes, or by all of them; a store that does it by itself ignores it. */
  readonly advanceIndexes: (count?: number) => void;
}

interface Place {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
}

const placeOf = (table: string | undefined, key: Item | undefined): Place => ({
  table: table ?? "",
  pk: String(key?.pk),
  sk: String(key?.sk),
});

/** Which items a command writes; none for one that reads. */
export function placesWritten(command: StoreCommand): Place[] {
  if (!(command instanceof TransactWriteCommand)) return [];
  return (command.input.TransactItems ?? []).flatMap(({ Put, Update, Delete }) => {
    if (Put !== undefined) return [placeOf(Put.TableName, Put.Item)];
    if (Update !== undefined) return [placeOf(Update.TableName, Update.Key)];
    return Delete === undefined ? [] : [placeOf(Delete.TableName, Delete.Key)];
  });
}

/** The items at these places as they lie there now. */
export async function readPlaces(send: Send, places: readonly Place[]): Promise<Item[]> {
  const requests: Record<string, { Keys: Record<string, string>[]; ConsistentRead: true }> = {};
  for (const { table, pk, sk } of places) {
    requests[table] ??= { Keys: [], ConsistentRead: true };
    requests[table].Keys.push({ pk, sk });
  }
  const answer = (await send(new BatchGetCommand({ RequestItems: requests }))) as {
    readonly Responses?: Readonly<Record<string, Item[]>>;
  };
  return Object.values(answer.Responses ?? {}).flat();
}

/** Every item of both tables. */
export const dumpStore = (store: StoreUnderTest): Promise<Item[]> =>
  dumpTables(store.send, [store.registry, store.ledger]);

/** Takes everything out of the Registry; says what it was. */
export async function emptyRegistry({ send, registry }: StoreUnderTest): Promise<Item[]> {
  const items = await dumpTables(send, [registry]);
  for (const { pk, sk } of items) await send(new DeleteCommand({ TableName: registry, Key: { pk, sk } }));
  return items;
}

async function dumpTables(send: Send, names: readonly string[]): Promise<Item[]> {
  const items: Item[] = [];
  for (const TableName of names) {
    let start: Item | undefined;
    do {
      const page = (await send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      )) as { readonly Items?: Item[]; readonly LastEvaluatedKey?: Item };
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
  return items;
}
