import type {
  DeleteCommandInput,
  PutCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { checkOperands, holds, parseCondition } from "./conditions.ts";
import {
  conditionFailed,
  ItemValidationException,
  noSuchTable,
  notBuilt,
  transactionCancelled,
  ValidationException,
} from "./errors.ts";
import { checkIndexKeys, type MemoryTable, positionOf, positionOfKey, readEntry } from "./memory-table.ts";
import { type Scope, scopeOf } from "./operands.ts";
import { type Entry, hasTwice, isSamePlace, makeEntry, type Position } from "./partitions.ts";
import { checkActions, parseUpdate, updated } from "./updates.ts";
import { copyItem, type Item, sizeOfItem } from "./values.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
type Put = Omit<PutCommandInput, "ReturnValues">;
type Update = Omit<UpdateCommandInput, "ReturnValues">;
type Delete = Omit<DeleteCommandInput, "ReturnValues">;
type Check = NonNullable<TransactItem["ConditionCheck"]>;

/** A write whose request is in order: what is left depends on the item that it meets. */
interface Prepared {
  readonly table: MemoryTable;
  readonly position: Position;
  readonly allows: (before: Item) => boolean;
  /** What the write leaves behind; absent where it only checks. */
  readonly next?: (before: Item | undefined) => Entry | undefined;
}

/** What takes the tables from one state to the next. */
export interface TableWriter {
  readonly findTable: (name: string | undefined) => MemoryTable | undefined;
  readonly write: (table: MemoryTable, position: Position, after: Entry | undefined) => void;
}

const MAX_ITEM_BYTES = 400 * 1_024;
const MAX_TRANSACTION_BYTES = 4 * 1_048_576;
const MAX_TRANSACTION_ITEMS = 100;

function entryOf(table: MemoryTable, position: Position, item: Item): Entry {
  checkIndexKeys(table, item);
  return makeEntry(position, item);
}

const isTooLarge = (entry: Entry): boolean =>
  entry.sizeAtMost > MAX_ITEM_BYTES && sizeOfItem(entry.item) > MAX_ITEM_BYTES;

function getTable({ findTable }: TableWriter, name: string | undefined): MemoryTable {
  const table = findTable(name);
  if (table === undefined) throw noSuchTable();
  return table;
}

type Conditional = Pick<
  Update,
  "ConditionExpression" | "UpdateExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

function prepareExpressions(request: Conditional): { allows: Prepared["allows"]; scope: Scope } {
  const condition =
    request.ConditionExpression === undefined ? undefined : parseCondition(request.ConditionExpression);
  const update = request.UpdateExpression === undefined ? undefined : parseUpdate(request.UpdateExpression);
  const scope = scopeOf(request, [condition, update]);
  if (condition === undefined) return { allows: () => true, scope };
  checkOperands(condition.tree, scope);
  return { allows: (before) => holds(condition.tree, before, scope), scope };
}

function preparePut(writer: TableWriter, put: Put): Prepared {
  const table = getTable(writer, put.TableName);
  const item = copyItem(put.Item ?? {});
  const entry = entryOf(table, positionOf(table, item), item);
  if (isTooLarge(entry)) throw new ValidationException("Item size has exceeded the maximum allowed size");
  return { table, position: entry, ...prepareExpressions(put), next: () => entry };
}

function prepareDelete(writer: TableWriter, request: Delete): Prepared {
  const table = getTable(writer, request.TableName);
  const position = positionOfKey(table, request.Key);
  return { table, position, ...prepareExpressions(request), next: () => undefined };
}

function prepareCheck(writer: TableWriter, check: Check): Prepared {
  const table = getTable(writer, check.TableName);
  if (check.ConditionExpression === undefined) throw new ValidationException("A check has a condition");
  return { table, position: positionOfKey(table, check.Key), ...prepareExpressions(check) };
}

function prepareUpdate(writer: TableWriter, update: Update): Prepared {
  const table = getTable(writer, update.TableName);
  const position = positionOfKey(table, update.Key);
  const { allows, scope } = prepareExpressions(update);
  const actions = update.UpdateExpression === undefined ? [] : parseUpdate(update.UpdateExpression).tree;
  const { partitionKey, sortKey } = table.definition;
  checkActions(actions, [partitionKey, sortKey], scope);
  const next = (before: Item | undefined): Entry => {
    const item = updated(before ?? { [partitionKey]: position.pk, [sortKey]: position.sk }, actions, scope);
    const entry = entryOf(table, position, item);
    if (isTooLarge(entry))
      throw new ItemValidationException("Item size to update has exceeded the maximum allowed size");
    return entry;
  };
  return { table, position, allows, next };
}

const beforeOf = ({ table, position }: Prepared): Item | undefined => readEntry(table, position)?.item;
const NO_ITEM: Item = {};

function writeOne(
  writer: TableWriter,
  prepared: Prepared,
  returns: string | undefined,
): { Attributes?: Item } {
  const before = beforeOf(prepared);
  if (!prepared.allows(before ?? NO_ITEM)) throw conditionFailed();
  const after = prepared.next?.(before);
  writer.write(prepared.table, prepared.position, after);
  if (returns === undefined || returns === "NONE") return {};
  if (returns !== "ALL_OLD" && returns !== "ALL_NEW") throw notBuilt(returns);
  const shown = returns === "ALL_OLD" ? before : after?.item;
  return shown === undefined ? {} : { Attributes: copyItem(shown) };
}

export const putItem = (writer: TableWriter, { ReturnValues, ...put }: PutCommandInput) =>
  writeOne(writer, preparePut(writer, put), ReturnValues);

export const deleteItem = (writer: TableWriter, { ReturnValues, ...request }: DeleteCommandInput) =>
  writeOne(writer, prepareDelete(writer, request), ReturnValues);

export const updateItem = (writer: TableWriter, { ReturnValues, ...update }: UpdateCommandInput) =>
  writeOne(writer, prepareUpdate(writer, update), ReturnValues);

function prepare(writer: TableWriter, item: TransactItem): Prepared {
  if (item.Put !== undefined) return preparePut(writer, item.Put);
  if (item.Update !== undefined) return prepareUpdate(writer, item.Update);
  if (item.Delete !== undefined) return prepareDelete(writer, item.Delete);
  if (item.ConditionCheck !== undefined) return prepareCheck(writer, item.ConditionCheck);
  throw new ValidationException("An item of a transaction is one of Put, Update, Delete and ConditionCheck");
}

/** What comes of a step for one item of a transaction; undefined where the item itself is at fault. */
function attempt<Result>(step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof ItemValidationException) return undefined;
    throw error;
  }
}

interface Decision {
  readonly code: "None" | "ConditionalCheckFailed" | "ValidationError";
  readonly after?: Entry | undefined;
}

/** What a write of a transaction comes to, before any of them is done. */
function decide(write: Prepared | undefined): Decision {
  if (write === undefined) return { code: "ValidationError" };
  const before = beforeOf(write);
  if (!write.allows(before ?? NO_ITEM)) return { code: "ConditionalCheckFailed" };
  return (
    attempt((): Decision => ({ code: "None", after: write.next?.(before) })) ?? { code: "ValidationError" }
  );
}

function checkTransactionSize(entries: readonly Entry[]): void {
  const sum = (size: (entry: Entry) => number): number =>
    entries.reduce((total, entry) => total + size(entry), 0);
  const isSmall = sum((entry) => entry.sizeAtMost) <= MAX_TRANSACTION_BYTES;
  if (!isSmall && sum(({ item }) => sizeOfItem(item)) > MAX_TRANSACTION_BYTES)
    throw new ValidationException("A transaction holds 4 MB at most");
}

/** Does all of the writes or none. */
export function transactWrite(writer: TableWriter, input: TransactWriteCommandInput): object {
  const items = input.TransactItems ?? [];
  if (input.ClientRequestToken !== undefined) throw notBuilt("client request tokens");
  if (items.length === 0 || items.length > MAX_TRANSACTION_ITEMS)
    throw new ValidationException("A transaction has 1 to 100 items");
  const attempts = items.map((item) => attempt(() => prepare(writer, item)));
  const writes = attempts.filter((write) => write !== undefined);
  if (hasTwice(writes, (a, b) => a.table === b.table && isSamePlace(a.position, b.position)))
    throw new ValidationException("Transaction request cannot include multiple operations on one item");
  const decisions = attempts.map(decide);
  if (decisions.some(({ code }) => code !== "None"))
    throw transactionCancelled(decisions.map(({ code }) => code));
  checkTransactionSize(decisions.flatMap(({ after }) => after ?? []));
  for (const [index, { table, position, next }] of writes.entries()) {
    if (next !== undefined) writer.write(table, position, decisions[index]?.after);
  }
  return {};
}
