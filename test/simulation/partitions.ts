import { compareTexts, type Item, sizeAtMost, sizeOfItem } from "./values.ts";

/** Where an entry lies: in a partition by its `sort`able key, and among equal ones, which indexes have, by its key. */
export interface Position {
  readonly partition: string;
  readonly sort: string;
  readonly pk: string;
  readonly sk: string;
}

/** An item in its place. Nobody changes the item: another one replaces it. */
export interface Entry extends Position {
  readonly item: Item;
  readonly sizeAtMost: number;
}

/** The entries of a table or an index by partition, each partition in the order of its sort keys. */
export type Partitions = Map<string, Entry[]>;

export const makeEntry = (position: Position, item: Item): Entry => ({
  ...position,
  item,
  sizeAtMost: sizeAtMost(item),
});

export function comparePositions(a: Position, b: Position): number {
  return compareTexts(a.sort, b.sort) || compareTexts(a.pk, b.pk) || compareTexts(a.sk, b.sk);
}

export const isSamePlace = (a: Position, b: Position): boolean => a.pk === b.pk && a.sk === b.sk;

/** Whether any two of the list are the same; for lists of a hundred at most. */
export const hasTwice = <Each>(list: readonly Each[], isSame: (a: Each, b: Each) => boolean): boolean =>
  list.some((one, index) => list.findIndex((other) => isSame(one, other)) < index);

/** The first place in an ordered list where the test holds; its length where it never does. */
export function firstWhere(entries: readonly Entry[], test: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && test(entry)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function find(entries: readonly Entry[], position: Position): { index: number; entry: Entry | undefined } {
  const last = entries.at(-1);
  if (last !== undefined && comparePositions(last, position) < 0)
    return { index: entries.length, entry: undefined };
  const index = firstWhere(entries, (each) => comparePositions(each, position) >= 0);
  const entry = entries[index];
  const isThere = entry !== undefined && comparePositions(entry, position) === 0;
  return { index, entry: isThere ? entry : undefined };
}

export function findEntry(partitions: Partitions, position: Position): Entry | undefined {
  const entries = partitions.get(position.partition);
  return entries === undefined ? undefined : find(entries, position).entry;
}

export function putEntry(partitions: Partitions, entry: Entry): void {
  const entries = partitions.get(entry.partition);
  if (entries === undefined) {
    partitions.set(entry.partition, [entry]);
    return;
  }
  const { index, entry: present } = find(entries, entry);
  entries.splice(index, present === undefined ? 0 : 1, entry);
}

export function removeEntry(partitions: Partitions, position: Position): void {
  const entries = partitions.get(position.partition);
  if (entries === undefined) return;
  const { index, entry } = find(entries, position);
  if (entry !== undefined) entries.splice(index, 1);
  if (entries.length === 0) partitions.delete(position.partition);
}

/** Shares the items, which nobody changes. */
export const copyPartitions = (partitions: Partitions): Partitions =>
  new Map([...partitions].map(([partition, entries]) => [partition, [...entries]]));

/** How many entries from the first on fit into that many bytes; one always does. */
export function countWithin(entries: readonly Entry[], maxBytes: number): number {
  let bound = 0;
  for (const entry of entries) bound += entry.sizeAtMost;
  if (bound <= maxBytes) return entries.length;
  let size = 0;
  for (const [index, { item }] of entries.entries()) {
    size += sizeOfItem(item);
    if (size > maxBytes && index > 0) return index;
  }
  return entries.length;
}
