import type { Day } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { auditKeys } from "../kit/keys.ts";
import { type Item, queryAll } from "../kit/read.ts";

/** An entry of the audit trail as it lies in the table: an item of its own, or within that of an event. */
export interface TrailItem {
  /** Its sort key, which begins with its time. */
  readonly order: string;
  readonly isInEvent: boolean;
  readonly content: Item;
}

export interface TrailQuery {
  readonly on: Day;
  readonly shard: number;
  /** A condition on the sort key, with the values that it names. */
  readonly orders: string;
  readonly orderValues: Readonly<Record<string, string>>;
  /** Conditions on fields of the entry, each written for the field's path. */
  readonly conditions?: readonly ((path: (field: string) => string) => string)[];
  readonly conditionValues?: Readonly<Record<string, string>>;
  /** How many are enough, and how many to look at in one call. */
  readonly limit?: number;
  readonly pageSize?: number;
}

const HOLDER = "auditEntry";
const ownField = (field: string): string => field;
const heldField = (field: string): string => `${HOLDER}.${field}`;

/** The entry within an event's item. */
function held(item: Item): Item {
  const entry = item[HOLDER];
  return typeof entry === "object" && entry !== null ? { ...entry } : {};
}

async function readHolders(db: Database, query: TrailQuery, isInEvent: boolean): Promise<TrailItem[]> {
  const { on, shard, orders, orderValues, conditions = [], conditionValues, limit, pageSize } = query;
  const partition = isInEvent ? auditKeys.eventPartition(on, shard) : auditKeys.partition(on, shard);
  const filters = conditions.map((condition) => condition(isInEvent ? heldField : ownField));
  if (isInEvent) filters.push(`attribute_exists(${HOLDER})`);
  const items = await queryAll(
    db,
    {
      TableName: db.ledger,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :pk AND ${orders}`,
      ExpressionAttributeValues: { ":pk": partition, ...orderValues, ...conditionValues },
      ...(filters.length === 0 ? {} : { FilterExpression: filters.join(" AND ") }),
      ...(pageSize === undefined ? {} : { Limit: pageSize }),
    },
    limit,
  );
  return items.map((item) => ({
    order: String(item.sk),
    isInEvent,
    content: isInEvent ? held(item) : item,
  }));
}

/** The entries of a shard's day, in order, wherever they lie. */
export async function readTrailItems(db: Database, query: TrailQuery): Promise<TrailItem[]> {
  const both = await Promise.all([readHolders(db, query, false), readHolders(db, query, true)]);
  return both.flat().sort((a, b) => (a.order < b.order ? -1 : 1));
}
