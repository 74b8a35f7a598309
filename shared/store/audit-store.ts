import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type AuditEntry, auditKinds } from "../domain/audit/audit-entry.ts";
import { addDays, type Day, dayOf } from "../domain/dates.ts";
import type { Database } from "./database.ts";
import { AUDIT_SHARDS, auditKeys } from "./keys.ts";
import { type Item, queryAll } from "./read.ts";
import { shardOf } from "./shard-of.ts";
import { StoredInstant } from "./stored-fields.ts";
import { type Commit, commitTransaction, putNew, type Write } from "./transaction.ts";

/** A settlement lies with its visit: whoever asks for the visit finds both. */
const ownerOf = (subject: string): string => subject.replace(/^(V[0-9A-Z]{20})-\d+$/, "$1");

const auditShardOf = (subject: string): number => shardOf(ownerOf(subject), AUDIT_SHARDS);

const toItem = (entry: AuditEntry) => ({
  ...auditKeys.entry(dayOf(entry.at), auditShardOf(entry.subject), entry),
  ...entry,
});

/** The record of a change, for the change's own transaction: at most one kilobyte, so two write units. */
const recordAudit = (db: Database, entry: AuditEntry): Write => putNew(db.ledger, toItem(entry), "CHANGED");

/**
 * Commits a change together with its entry in the audit trail, both or neither. Whatever changes the state of the
 * service goes through here; what keeps only its own progress, such as a webhook's deliveries, does not.
 */
export const commitChange = (
  db: Database,
  entry: Omit<AuditEntry, "kind" | "result">,
  writes: readonly Write[],
): Promise<Commit> =>
  commitTransaction(db, [...writes, recordAudit(db, { ...entry, kind: "CHANGE", result: "DONE" })]);

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
  role: z.string(),
  institution: z.string(),
  operation: z.string(),
  subject: z.string(),
  seen: z.optional(z.array(z.string())),
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
  /** An id; of a visit, its settlements are found with it. */
  readonly subject: string | undefined;
  /** Who acted. */
  readonly institution: string | undefined;
  readonly limit: number;
}

function filterOf({ subject, institution }: AuditQuery) {
  const subjects = subject === undefined ? [] : ["(subject = :subject OR begins_with(subject, :part))"];
  const actors = institution === undefined ? [] : ["institution = :institution"];
  const conditions = [...subjects, ...actors];
  return {
    ...(conditions.length === 0 ? {} : { FilterExpression: conditions.join(" AND ") }),
    values: {
      ...(subject === undefined ? {} : { ":subject": subject, ":part": `${subject}-` }),
      ...(institution === undefined ? {} : { ":institution": institution }),
    },
  };
}

async function readAuditShard(
  db: Database,
  query: AuditQuery,
  { on, after }: AuditPlace,
  shard: number,
): Promise<Item[]> {
  const { values, ...filter } = filterOf(query);
  const input = {
    TableName: db.ledger,
    KeyConditionExpression: "pk = :pk AND sk > :after",
    ...filter,
    ExpressionAttributeValues: { ":pk": auditKeys.partition(on, shard), ":after": after || " ", ...values },
    Limit: SHARD_PAGE,
  };
  return queryAll(db, input, query.limit);
}

const SHARD_PAGE = 500;

/** The trail from a place on, day by day, the oldest first; `next` is where to go on, undefined at the end. */
export async function readAuditEntries(
  db: Database,
  query: AuditQuery,
): Promise<{ readonly entries: AuditEntry[]; readonly next: AuditPlace | undefined }> {
  const { subject, limit, to } = query;
  const every = Array.from({ length: AUDIT_SHARDS }, (_, shard) => shard);
  const shards = subject === undefined ? every : [auditShardOf(subject)];
  const found: { readonly on: Day; readonly item: Item }[] = [];
  for (let { place } = query; place.on <= to; place = { on: addDays(place.on, 1), after: "" }) {
    const pages = await Promise.all(shards.map((shard) => readAuditShard(db, query, place, shard)));
    const items = pages.flat().sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
    found.push(...items.map((item) => ({ on: place.on, item })));
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return {
    entries: page.map(({ item }) => StoredEntry.parse(item)),
    next: isMore ? { on: last.on, after: String(last.item.sk) } : undefined,
  };
}
