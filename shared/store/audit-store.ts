import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AuditEntry } from "../domain/audit/audit-entry.ts";
import { dayOf } from "../domain/dates.ts";
import type { Database } from "./database.ts";
import { AUDIT_SHARDS, auditKeys } from "./keys.ts";
import { type Commit, commitTransaction, putNew, type Write } from "./transaction.ts";

const shardOf = (subject: string): number =>
  (createHash("sha256").update(subject).digest()[0] ?? 0) % AUDIT_SHARDS;

const toItem = (entry: AuditEntry) => ({
  ...auditKeys.entry(dayOf(entry.at), shardOf(entry.subject), entry),
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
