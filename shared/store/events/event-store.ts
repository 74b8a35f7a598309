import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { AuditEntry } from "../../domain/audit/audit-entry.ts";
import { addDays, type Day, day, dayOf, daysIn, type Instant } from "../../domain/dates.ts";
import { eventTypes, type ServiceEvent } from "../../domain/events/service-event.ts";
import { visitStatuses } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { DAY_SHARDS, eventPartition, type Key, ledgerKeys, type VisitKey } from "../kit/keys.ts";
import { getItems, type Item, queryAll } from "../kit/read.ts";
import { shardOf } from "../kit/shard-of.ts";
import { StoredAllocation, StoredFen, StoredInstant, toStoredAllocation } from "../kit/stored-fields.ts";
import { eventsByEmployer, eventsByHospital } from "../kit/table-schema.ts";
import { putNew, type Write } from "../kit/transaction.ts";

const StoredEvent = z.object({
  eventId: z.string(),
  type: z.enum(eventTypes),
  at: StoredInstant,
  subject: z.string(),
  sequence: z.number(),
  caseNo: z.optional(z.string()),
  hospitalCode: z.optional(z.string()),
  employerUscc: z.optional(z.string()),
  visitId: z.optional(z.string()),
  hospitalVisitNo: z.optional(z.string()),
  status: z.optional(z.enum(visitStatuses)),
  settlementId: z.optional(z.string()),
  amounts: z.optional(z.object({ total: StoredFen, allocation: StoredAllocation })),
  code: z.optional(z.string()),
});

/** Of an event of a claim. The farewell to an employer names no hospital, and the employer's claim it is no longer. */
const StoredClaimEvent = z.object({
  visitId: z.string(),
  hospitalCode: z.string(),
  employerUscc: z.string(),
});

/** An entry of the audit trail without its time, which is that of the event in whose item it lies. */
export type StoredAuditEntry = Omit<AuditEntry, "at">;

const parseEvent = (item: unknown): ServiceEvent => StoredEvent.parse(item);

/** Where one event is, for a job that is started by it. */
export interface EventPlace {
  readonly on: Day;
  readonly shard: number;
  readonly order: string;
}

/** By time, then by subject and its own count: the order in which events are read. */
export const orderOf = ({
  at,
  subject,
  sequence,
}: Pick<ServiceEvent, "at" | "subject" | "sequence">): string =>
  `${at}#${subject}#${String(sequence).padStart(7, "0")}`;

/**
 * Tells what happened, in the transaction that makes it so. The change's entry in the audit trail, where it is about
 * the same subject, may lie in the event's item: an item more is two write units more.
 */
export function recordEvent(db: Database, event: ServiceEvent, auditEntry?: StoredAuditEntry): Write {
  const order = orderOf(event);
  const { hospitalCode, employerUscc, amounts } = event;
  const put = putNew(
    db.ledger,
    {
      ...ledgerKeys.event(dayOf(event.at), shardOf(event.subject, DAY_SHARDS), order),
      ...event,
      amounts:
        amounts === undefined
          ? undefined
          : { ...amounts, allocation: toStoredAllocation(amounts.allocation) },
      // The pipe of AWS has no word for what is not there.
      taskHospital: hospitalCode ?? "",
      ...(hospitalCode === undefined ? {} : { eventHospital: hospitalCode, eventOrder: order }),
      ...(employerUscc === undefined ? {} : { eventEmployer: employerUscc, eventOrder: order }),
      auditEntry,
    },
    "CHANGED",
  );
  return { ...put, event };
}

const inOrder = (events: readonly ServiceEvent[]): ServiceEvent[] =>
  events.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));

export const placeOf = (event: ServiceEvent): EventPlace => ({
  on: dayOf(event.at),
  shard: shardOf(event.subject, DAY_SHARDS),
  order: orderOf(event),
});

/** Where the event of an item's key is; throws for any other key. */
export function placeOfKey({ pk, sk }: Key): EventPlace {
  const [, on, shard] = /^EVENTS#(\d{4}-\d{2}-\d{2})#(\d+)$/.exec(pk) ?? [];
  if (on === undefined || shard === undefined) throw new RangeError(`${pk} is no key of an event`);
  return { on: day(on), shard: Number(shard), order: sk };
}

/** Events by their places, each once and in order; what is not there is left out. */
export async function findEvents(db: Database, places: readonly EventPlace[]): Promise<ServiceEvent[]> {
  const keys = places.map(({ on, shard, order }) => [order, ledgerKeys.event(on, shard, order)] as const);
  const distinct = [...new Map(keys).values()];
  return inOrder((await getItems(db, db.ledger, distinct)).map(parseEvent));
}

/** Before every place, all of which begin with a year: DynamoDB refuses an empty value of a key. */
const BEFORE_ALL = "0";

interface Stretch {
  readonly on: Day;
  readonly after: string;
  /** How many are enough; all of them where it is left out. */
  readonly limit?: number;
}

/** The events of a day after a place, from each shard in its own order. */
async function readShards(db: Database, { on, after, limit }: Stretch, fields?: string): Promise<Item[][]> {
  const readShard = (shard: number): Promise<Item[]> =>
    queryAll(
      db,
      {
        TableName: db.ledger,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND sk > :after",
        ExpressionAttributeValues: { ":pk": eventPartition(on, shard), ":after": after },
        ...(fields === undefined ? {} : { ProjectionExpression: fields }),
        ...(limit === undefined ? {} : { Limit: limit }),
      },
      limit,
    );
  return Promise.all(Array.from({ length: DAY_SHARDS }, (_, shard) => readShard(shard)));
}

/** Where the events of a day are after a place, from all shards, without the events themselves. */
export async function readEventPlaces(db: Database, on: Day, after: string): Promise<EventPlace[]> {
  const shards = await readShards(db, { on, after }, "sk");
  return shards.flatMap((items, shard) => items.map(({ sk }) => ({ on, shard, order: String(sk) })));
}

/** Events of a day after a place, from all shards, in order: the first `limit` of them, or all. */
export async function readDayEvents(
  db: Database,
  on: Day,
  { after = BEFORE_ALL, limit }: { readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<ServiceEvent[]> {
  const shards = await readShards(db, { on, after, ...(limit === undefined ? {} : { limit }) });
  return inOrder(shards.flat().map(parseEvent)).slice(0, limit);
}

/**
 * Visits of an employer that had an event since a moment, be it of today or a day before. Strongly consistent,
 * where an index may not know them yet.
 */
export async function readVisitsChangedSince(
  db: Database,
  employerUscc: string,
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<VisitKey[]> {
  const visits = new Map<string, VisitKey>();
  for (const on of daysIn(dayOf(since), dayOf(now))) {
    const shards = await readShards(db, { on, after: since }, "visitId, hospitalCode, employerUscc");
    for (const item of shards.flat()) {
      const told = StoredClaimEvent.safeParse(item).data;
      if (told?.employerUscc === employerUscc) visits.set(told.visitId, told);
    }
  }
  return [...visits.values()];
}

/** How far back the district's events are read where nobody says from where. */
const DAYS_BACK = 7;
/** Days that are looked through at once: who was away for longer goes on from where this ends. */
const MAX_DAYS_AT_ONCE = 31;

/** After every event of a day: subjects are of letters, figures and signs that sort before `~`. */
const endOf = (on: Day): string => `${on}T23:59:59.999+08:00#~#9999999`;

export interface LatestEvents {
  readonly events: readonly ServiceEvent[];
  /** The place up to which nothing was left out; undefined where that is the last of the events, or now. */
  readonly readUpTo?: string;
}

/** The first `limit` of the district's events after a place in their order, day by day, the oldest first. */
export async function readLatestEvents(
  db: Database,
  now: Instant,
  after: string | undefined,
  limit: number,
): Promise<LatestEvents> {
  const today = dayOf(now);
  const events: ServiceEvent[] = [];
  let on = after === undefined ? addDays(today, -DAYS_BACK) : day(after.slice(0, 10));
  for (let days = 1; on <= today; days += 1) {
    events.push(...(await readDayEvents(db, on, { after, limit: limit - events.length })));
    if (events.length >= limit) break;
    if (days === MAX_DAYS_AT_ONCE) return { events, readUpTo: endOf(on) };
    on = addDays(on, 1);
  }
  return { events };
}

/** Whose feed, by the index that holds it. */
export type Feed =
  | { readonly audience: "hospital"; readonly hospitalCode: string }
  | { readonly audience: "enterprise"; readonly employerUscc: string };

/** An institution's events after a place in their order, the oldest first. Eventually consistent. */
export async function readFeed(
  db: Database,
  feed: Feed,
  after: string | undefined,
  limit: number,
): Promise<ServiceEvent[]> {
  const [index, institution] =
    feed.audience === "hospital"
      ? [eventsByHospital, feed.hospitalCode]
      : [eventsByEmployer, feed.employerUscc];
  const { Items: items = [] } = await db.client.send(
    new QueryCommand({
      TableName: db.ledger,
      IndexName: index.name,
      Limit: limit,
      KeyConditionExpression: `${index.partitionKey} = :institution AND ${index.sortKey} > :after`,
      ExpressionAttributeValues: { ":institution": institution, ":after": after ?? BEFORE_ALL },
    }),
  );
  return items.map(parseEvent);
}
