import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type AuditEntry, auditKinds } from "../../domain/audit/audit-entry.ts";
import { type Day, dayOf, daysIn, type Instant } from "../../domain/dates.ts";
import { normaliseCode } from "../../domain/identifiers.ts";
import { parseSettlementId } from "../../domain/ids.ts";
import { recordEvent } from "../events/event-store.ts";
import type { Database } from "../kit/database.ts";
import { auditKeys, DAY_SHARDS } from "../kit/keys.ts";
import { shardOf } from "../kit/shard-of.ts";
import { StoredInstant } from "../kit/stored-fields.ts";
import { type Commit, commitTransaction, putNew, type Write } from "../kit/transaction.ts";
import { readTrailItems, type TrailItem, type TrailQuery } from "./trail-items.ts";

/** A settlement lies with its visit: whoever asks for the visit finds both. */
const ownerOf = (subject: string): string => parseSettlementId(subject)?.visitId ?? subject;

const auditShardOf = (subject: string): number => shardOf(ownerOf(subject), DAY_SHARDS);

const toItem = (entry: AuditEntry) => ({
  ...auditKeys.entry(dayOf(entry.at), auditShardOf(entry.subject), entry),
  ...entry,
});

/** With the record of a change: in the item of an event of the same subject, or else in one of its own. */
function withAudit(db: Database, writes: readonly Write[], entry: AuditEntry): readonly Write[] {
  const owner = ownerOf(entry.subject);
  const place = writes.findIndex(({ event }) => event?.subject === owner);
  const event = writes[place]?.event;
  if (event === undefined) return [...writes, putNew(db.ledger, toItem(entry), "CHANGED")];
  const { at: _eventTells, ...stored } = entry;
  return writes.with(place, recordEvent(db, event, stored));
}

/**
 * Commits a change together with its entry in the audit trail, both or neither. Whatever changes the state of the
 * service goes through here; what keeps only its own progress, such as a webhook's deliveries, does not.
 */
export const commitChange = (
  db: Database,
  entry: Omit<AuditEntry, "kind" | "result">,
  writes: readonly Write[],
): Promise<Commit> =>
  commitTransaction(db, withAudit(db, writes, { ...entry, kind: "CHANGE", result: "DONE" }));

/** Writes down a look at a record, or an attempt. Throws where it cannot, so that no answer leaves without it. */
export async function recordAccess(db: Database, entry: AuditEntry): Promise<void> {
  try {
    await db.client.send(
      new PutCommand({
        TableName: db.ledger,
        Item: { ...toItem(entry) },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
  } catch (error) {
    // The client tries again what it had no answer to: the same request, instant and subject is this very entry.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

const StoredEntry = z.object({
  at: StoredInstant,
  kind: z.enum(auditKinds),
  who: z.optional(z.string()),
  role: z.string(),
  institution: z.string(),
  operation: z.string(),
  subject: z.string(),
  seen: z.optional(z.array(z.string())),
  asked: z.optional(z.array(z.string())),
  reason: z.optional(z.string()),
  result: z.string(),
  requestId: z.string(),
});

/** Where a reader of the trail has come to: a day, and the place within it. */
export interface AuditPlace {
  readonly on: Day;
  readonly after: string;
}

interface AuditQuery {
  readonly place: AuditPlace;
  /** The last day. */
  readonly to: Day;
  /** What is on record of a later instant is not told. */
  readonly until: Instant;
  /** An id; of a visit, its settlements are found with it, and the lists that told of it. */
  readonly subject: string | undefined;
  /** For whom was acted. */
  readonly institution: string | undefined;
  /** Who acted: the subject of a token. */
  readonly who: string | undefined;
  readonly limit: number;
}

type Conditions = Required<Pick<TrailQuery, "conditions" | "conditionValues">>;

/** About an id as it was given, or as it is kept where its letter case does not count. */
function conditionsOfSubject(subject: string): Conditions {
  const spellings = [...new Set([subject, normaliseCode(subject)])].map((id, index) => [id, index] as const);
  const isAbout = (path: (field: string) => string): string =>
    spellings
      .flatMap(([, index]) => [
        `${path("subject")} = :subject${index}`,
        `begins_with(${path("subject")}, :part${index})`,
        `contains(${path("seen")}, :subject${index})`,
      ])
      .join(" OR ");
  const values = spellings.flatMap(([id, index]): [string, string][] => [
    [`:subject${index}`, id],
    [`:part${index}`, `${id}-`],
  ]);
  return {
    conditions: [(path) => `(${isAbout(path)})`],
    conditionValues: Object.fromEntries<string>(values),
  };
}

function conditionsOf({ subject, institution, who }: AuditQuery): Conditions {
  const about = subject === undefined ? undefined : conditionsOfSubject(subject);
  const conditions = [...(about?.conditions ?? [])];
  if (institution !== undefined) conditions.push((path) => `${path("institution")} = :institution`);
  if (who !== undefined) conditions.push((path) => `${path("who")} = :who`);
  return {
    conditions,
    conditionValues: {
      ...about?.conditionValues,
      ...(institution === undefined ? {} : { ":institution": institution }),
      ...(who === undefined ? {} : { ":who": who }),
    },
  };
}

const SHARD_PAGE = 500;
/** DynamoDB refuses an empty value of a key. */
const BEFORE_ALL = "0";

const readAuditShard = (
  db: Database,
  query: AuditQuery,
  { on, after }: AuditPlace,
  shard: number,
): Promise<TrailItem[]> =>
  readTrailItems(db, {
    on,
    shard,
    orders: "sk > :after",
    orderValues: { ":after": after || BEFORE_ALL },
    ...conditionsOf(query),
    // One more than is shown tells that there are more.
    limit: query.limit + 1,
    pageSize: SHARD_PAGE,
  });

const toEntry = ({ order, content }: TrailItem): AuditEntry =>
  StoredEntry.parse({ ...content, at: order.slice(0, order.indexOf("#")) });

/** The instants of both are kept in one form, in which they sort. */
const isUntil = ({ order }: TrailItem, until: Instant): boolean =>
  order.slice(0, order.indexOf("#")) <= until;

/** The trail from a place on, day by day, the oldest first; `next` is where to go on, undefined at the end. */
export async function readAuditEntries(
  db: Database,
  query: AuditQuery,
): Promise<{ readonly entries: AuditEntry[]; readonly next: AuditPlace | undefined }> {
  const { place, limit, to, until } = query;
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) => shard);
  const found: { readonly on: Day; readonly item: TrailItem }[] = [];
  for (const on of daysIn(place.on, to)) {
    const from = on === place.on ? place : { on, after: "" };
    const pages = await Promise.all(shards.map((shard) => readAuditShard(db, query, from, shard)));
    const told = pages.flat().filter((item) => isUntil(item, until));
    const items = told.sort((a, b) => (a.order < b.order ? -1 : 1));
    found.push(...items.map((item) => ({ on, item })));
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return {
    entries: page.map(({ item }) => toEntry(item)),
    next: isMore ? { on: last.on, after: last.item.order } : undefined,
  };
}
