import type { IndexDefinition, TableDefinition } from "../../shared/store/kit/table-schema.ts";
import { ItemValidationException, ValidationException } from "./errors.ts";
import {
  copyPartitions,
  type Entry,
  findEntry,
  type Partitions,
  type Position,
  putEntry,
  removeEntry,
} from "./partitions.ts";
import { bytesOf, type Item, sortable } from "./values.ts";

export interface MemoryIndex {
  readonly definition: IndexDefinition;
  readonly partitions: Partitions;
}

export interface MemoryTable {
  readonly name: string;
  readonly definition: TableDefinition;
  readonly partitions: Partitions;
  readonly indexes: readonly MemoryIndex[];
}

/** What a write to a table still has to do to one of its indexes. */
export interface IndexWrite {
  readonly table: string;
  readonly index: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

export const makeTable = (name: string, definition: TableDefinition): MemoryTable => ({
  name,
  definition,
  partitions: new Map(),
  indexes: definition.indexes.map((index) => ({ definition: index, partitions: new Map() })),
});

export const copyTable = (table: MemoryTable): MemoryTable => ({
  ...table,
  partitions: copyPartitions(table.partitions),
  indexes: table.indexes.map(({ definition, partitions }) => ({
    definition,
    partitions: copyPartitions(partitions),
  })),
});

const MAX_PARTITION_KEY_BYTES = 2_048;
const MAX_SORT_KEY_BYTES = 1_024;

function keyText(item: Item, name: string, maxBytes: number): string {
  const value = item[name];
  if (typeof value !== "string")
    throw new ItemValidationException(`Missing the key ${name} in the item, or no text`);
  if (value === "") throw new ValidationException(`The key ${name} is empty`);
  if (value.length * 3 > maxBytes && bytesOf(value) > maxBytes)
    throw new ItemValidationException(`The key ${name} is longer than ${maxBytes} bytes`);
  return value;
}

/** Where a table keeps an item. */
export function positionOf({ definition }: MemoryTable, item: Item): Position {
  const pk = keyText(item, definition.partitionKey, MAX_PARTITION_KEY_BYTES);
  const sk = keyText(item, definition.sortKey, MAX_SORT_KEY_BYTES);
  return { partition: pk, sort: sortable(sk), pk, sk };
}

/** The position that a key means, which has the key's attributes and no others. */
export function positionOfKey(table: MemoryTable, key: Item | undefined): Position {
  if (key === undefined || Object.values(key).filter((value) => value !== undefined).length !== 2)
    throw new ItemValidationException("The provided key element does not match the schema");
  return positionOf(table, key);
}

/** Refuses an item whose index keys are no texts or empty; an item may lack them. */
export function checkIndexKeys({ definition }: MemoryTable, item: Item): void {
  for (const { partitionKey, sortKey } of definition.indexes) {
    if (item[partitionKey] !== undefined) keyText(item, partitionKey, MAX_PARTITION_KEY_BYTES);
    if (item[sortKey] !== undefined) keyText(item, sortKey, MAX_SORT_KEY_BYTES);
  }
}

export const readEntry = (table: MemoryTable, position: Position): Entry | undefined =>
  findEntry(table.partitions, position);

function indexEntry(index: IndexDefinition, entry: Entry | undefined): Entry | undefined {
  if (entry === undefined) return undefined;
  const partition = entry.item[index.partitionKey];
  const sort = entry.item[index.sortKey];
  return typeof partition === "string" && typeof sort === "string"
    ? { ...entry, partition, sort: sortable(sort) }
    : undefined;
}

const isIndexed = ({ indexes }: MemoryTable, entry: Entry | undefined): boolean =>
  entry !== undefined && indexes.some(({ definition }) => entry.item[definition.sortKey] !== undefined);

/** Puts the entry in its place, or takes away what is there; says what the indexes have to follow. */
export function writeEntry(table: MemoryTable, position: Position, after: Entry | undefined): IndexWrite[] {
  const before = table.indexes.length === 0 ? undefined : readEntry(table, position);
  if (after === undefined) removeEntry(table.partitions, position);
  else putEntry(table.partitions, after);
  if (!isIndexed(table, before) && !isIndexed(table, after)) return [];
  return table.indexes
    .map(({ definition }) => ({
      table: table.name,
      index: definition.name,
      before: indexEntry(definition, before),
      after: indexEntry(definition, after),
    }))
    .filter((write) => write.before !== undefined || write.after !== undefined);
}

export function followWrite({ partitions }: MemoryIndex, { before, after }: IndexWrite): void {
  if (before !== undefined) removeEntry(partitions, before);
  if (after !== undefined) putEntry(partitions, after);
}
