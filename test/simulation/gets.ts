import type { BatchGetCommandInput, GetCommandInput, TransactGetCommandInput } from "@aws-sdk/lib-dynamodb";
import { noSuchTable, transactionCancelled, ValidationException } from "./errors.ts";
import { type MemoryTable, positionOfKey, readEntry } from "./memory-table.ts";
import { scopeOf } from "./operands.ts";
import { countWithin, type Entry, hasTwice, isSamePlace } from "./partitions.ts";
import { parseProjection, project } from "./projections.ts";
import { areEqual, type Item } from "./values.ts";

type FindTable = (name: string | undefined) => MemoryTable | undefined;

const MAX_KEYS = 100;
const MAX_BATCH_BYTES = 16 * 1_048_576;

type GetInput = Pick<
  GetCommandInput,
  "TableName" | "Key" | "ProjectionExpression" | "ExpressionAttributeNames"
>;

export function getItem(findTable: FindTable, input: GetInput): { Item?: Item } {
  const table = findTable(input.TableName);
  if (table === undefined) throw noSuchTable();
  const projection = parseProjection(input.ProjectionExpression);
  const scope = scopeOf({ ExpressionAttributeNames: input.ExpressionAttributeNames }, [projection]);
  const entry = readEntry(table, positionOfKey(table, input.Key));
  return entry === undefined ? {} : { Item: project(entry.item, projection, scope) };
}

type BatchRequest = NonNullable<NonNullable<BatchGetCommandInput["RequestItems"]>[string]>;

function getBatch(table: MemoryTable, request: BatchRequest) {
  const keys = request.Keys ?? [];
  const positions = keys.map((key) => positionOfKey(table, key));
  if (hasTwice(positions, isSamePlace))
    throw new ValidationException("Provided list of item keys contains duplicates");
  const projection = parseProjection(request.ProjectionExpression);
  const scope = scopeOf({ ExpressionAttributeNames: request.ExpressionAttributeNames }, [projection]);
  const entries = positions
    .map((each) => readEntry(table, each))
    .filter((each): each is Entry => each !== undefined);
  const fitting = entries.slice(0, countWithin(entries, MAX_BATCH_BYTES));
  const unread = entries.slice(fitting.length).map(({ pk, sk }) => ({
    [table.definition.partitionKey]: pk,
    [table.definition.sortKey]: sk,
  }));
  // DynamoDB promises no order: whoever counts on the order of the keys is to find out here.
  return { items: fitting.reverse().map(({ item }) => project(item, projection, scope)), unread };
}

export function batchGet(findTable: FindTable, input: BatchGetCommandInput) {
  const requests = Object.entries(input.RequestItems ?? {});
  const counts = requests.map(([, request]) => request.Keys?.length ?? 0);
  if (counts.length === 0 || counts.includes(0)) throw new ValidationException("There are no keys");
  if (counts.reduce((sum, count) => sum + count, 0) > MAX_KEYS)
    throw new ValidationException("Too many items requested for the BatchGetItem call");
  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: NonNullable<BatchGetCommandInput["RequestItems"]> = {};
  for (const [name, request] of requests) {
    const table = findTable(name);
    if (table === undefined) throw noSuchTable();
    const { items, unread } = getBatch(table, request);
    Responses[name] = items;
    if (unread.length > 0) UnprocessedKeys[name] = { ...request, Keys: unread };
  }
  return { Responses, UnprocessedKeys };
}

export function transactGet(findTable: FindTable, input: TransactGetCommandInput) {
  const gets = (input.TransactItems ?? []).map(({ Get }) => Get);
  if (gets.length === 0 || gets.length > MAX_KEYS)
    throw new ValidationException("A transaction has 1 to 100 items");
  const codes: string[] = [];
  const Responses = gets.map((get) => {
    if (get === undefined) throw new ValidationException("Each item of the transaction is a Get");
    try {
      const answer = getItem(findTable, get);
      codes.push("None");
      return answer;
    } catch (error) {
      if (!(error instanceof ValidationException)) throw error;
      codes.push("ValidationError");
      return {};
    }
  });
  if (codes.includes("ValidationError")) throw transactionCancelled(codes);
  if (hasTwice(gets, (a, b) => a?.TableName === b?.TableName && areEqual(a?.Key, b?.Key)))
    throw new ValidationException("Transaction request cannot include multiple operations on one item");
  return { Responses };
}
