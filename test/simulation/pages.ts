import type { QueryCommandInput, ScanCommandInput } from "@aws-sdk/lib-dynamodb";
import { type Condition, checkOperands, holds, parseCondition } from "./conditions.ts";
import { noSuchTable, notBuilt, ValidationException } from "./errors.ts";
import { toKeyRange } from "./key-conditions.ts";
import { type MemoryIndex, type MemoryTable, positionOf } from "./memory-table.ts";
import { type Scope, scopeOf } from "./operands.ts";
import { comparePositions, countWithin, type Entry, firstWhere, type Position } from "./partitions.ts";
import { type Projection, parseProjection, project } from "./projections.ts";
import type { Parsed } from "./tokens.ts";
import { compareTexts, copyItem, type Item, sortable } from "./values.ts";

const PAGE_BYTES = 1_048_576;

type Source = Pick<MemoryIndex, "definition" | "partitions"> | MemoryTable;

function sourceOf(table: MemoryTable, input: QueryCommandInput | ScanCommandInput): Source {
  if (input.Select !== undefined) throw notBuilt("Select");
  if (input.Limit !== undefined && input.Limit < 1) throw new ValidationException("Limit must be at least 1");
  if (input.IndexName === undefined) return table;
  const index = table.indexes.find(({ definition }) => definition.name === input.IndexName);
  if (index === undefined) throw new ValidationException(`There is no index ${input.IndexName}`);
  if (input.ConsistentRead === true)
    throw new ValidationException("Consistent reads are not supported on global secondary indexes");
  return index;
}

const keyNamesOf = (table: MemoryTable, { definition }: Source): Set<string> =>
  new Set([
    table.definition.partitionKey,
    table.definition.sortKey,
    definition.partitionKey,
    definition.sortKey,
  ]);

function startOf(table: MemoryTable, source: Source, key: Item): Position {
  const names = keyNamesOf(table, source);
  const given = Object.keys(copyItem(key));
  if (given.length !== names.size || !given.every((name) => names.has(name)))
    throw new ValidationException("The provided starting key is invalid");
  const { pk, sk } = positionOf(table, key);
  const [partition, sort] = [key[source.definition.partitionKey], key[source.definition.sortKey]];
  if (typeof partition !== "string" || typeof sort !== "string")
    throw new ValidationException("The provided starting key is invalid");
  return { partition, sort: sortable(sort), pk, sk };
}

interface Reading {
  readonly filter: Parsed<Condition> | undefined;
  readonly projection: Projection;
  readonly scope: Scope;
}

function readingOf(input: QueryCommandInput | ScanCommandInput, key?: Parsed<Condition>): Reading {
  const filter = input.FilterExpression === undefined ? undefined : parseCondition(input.FilterExpression);
  const projection = parseProjection(input.ProjectionExpression);
  const scope = scopeOf(input, [key, filter, projection]);
  if (filter !== undefined) checkOperands(filter.tree, scope);
  return { filter, projection, scope };
}

/** What a table, or one of its indexes, has of an item. */
const held = (keyNames: ReadonlySet<string>, { definition }: Source, item: Item): Item =>
  "projection" in definition && definition.projection === "KEYS_ONLY"
    ? Object.fromEntries(Object.entries(item).filter(([name]) => keyNames.has(name)))
    : item;

/** The page that starts with the first of these entries; tells where it ends if it was cut. */
function toPage(
  table: MemoryTable,
  source: Source,
  entries: readonly Entry[],
  { filter, projection, scope }: Reading,
  limit: number | undefined,
) {
  const keyNames = keyNamesOf(table, source);
  const wanted = limit === undefined ? entries : entries.slice(0, limit);
  const evaluated = wanted.slice(0, countWithin(wanted, PAGE_BYTES));
  // DynamoDB does not look past its limit: it names a last key even where nothing follows.
  const isCut = evaluated.length < entries.length || evaluated.length === limit;
  const last = isCut ? evaluated.at(-1) : undefined;
  const found =
    filter === undefined ? evaluated : evaluated.filter(({ item }) => holds(filter.tree, item, scope));
  return {
    Items: found.map(({ item }) => project(held(keyNames, source, item), projection, scope)),
    Count: found.length,
    ScannedCount: evaluated.length,
    ...(last === undefined
      ? {}
      : { LastEvaluatedKey: Object.fromEntries([...keyNames].map((name) => [name, last.item[name]])) }),
  };
}

export function query(table: MemoryTable | undefined, input: QueryCommandInput) {
  if (table === undefined) throw noSuchTable();
  const source = sourceOf(table, input);
  if (input.KeyConditionExpression === undefined) throw new ValidationException("There is no key condition");
  const key = parseCondition(input.KeyConditionExpression);
  const reading = readingOf(input, key);
  checkOperands(key.tree, reading.scope);
  const { partition, place } = toKeyRange(key.tree, source.definition, reading.scope);
  const entries = source.partitions.get(partition) ?? [];
  let first = firstWhere(entries, ({ sort }) => place(sort) >= 0);
  let end = firstWhere(entries, ({ sort }) => place(sort) > 0);
  const isForward = input.ScanIndexForward !== false;
  if (input.ExclusiveStartKey !== undefined) {
    const start = startOf(table, source, input.ExclusiveStartKey);
    if (start.partition !== partition || place(start.sort) !== 0)
      throw new ValidationException("The provided starting key is outside query boundaries");
    if (isForward)
      first = Math.max(
        first,
        firstWhere(entries, (each) => comparePositions(each, start) > 0),
      );
    else
      end = Math.min(
        end,
        firstWhere(entries, (each) => comparePositions(each, start) >= 0),
      );
  }
  const range = entries.slice(first, Math.max(first, end));
  return toPage(table, source, isForward ? range : range.reverse(), reading, input.Limit);
}

/** Goes through the partitions by name; DynamoDB goes by a hash of it, which is no order to count on either. */
export function scan(table: MemoryTable | undefined, input: ScanCommandInput) {
  if (table === undefined) throw noSuchTable();
  if (input.TotalSegments !== undefined) throw notBuilt("parallel scans");
  const source = sourceOf(table, input);
  const start =
    input.ExclusiveStartKey === undefined ? undefined : startOf(table, source, input.ExclusiveStartKey);
  const isPast = (entry: Entry): boolean =>
    start === undefined ||
    (compareTexts(entry.partition, start.partition) || comparePositions(entry, start)) > 0;
  const entries = [...source.partitions.keys()]
    .sort(compareTexts)
    .flatMap((partition) => source.partitions.get(partition) ?? [])
    .filter(isPast);
  return toPage(table, source, entries, readingOf(input), input.Limit);
}
