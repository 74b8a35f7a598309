import type { Visit } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { indexKeys } from "../kit/keys.ts";
import { queryAll } from "../kit/read.ts";
import { deferredClaims } from "../kit/table-schema.ts";
import { StoredVisit } from "../visits/stored-visit.ts";

const waiting = (db: Database) => ({
  TableName: db.ledger,
  IndexName: deferredClaims.name,
  KeyConditionExpression: `${deferredClaims.partitionKey} = :deferred`,
  ExpressionAttributeValues: { ":deferred": indexKeys.deferred },
});

/** The oldest claims that wait for a decision, a limited number of them. Eventually consistent. */
export async function readOldestDeferredVisits(db: Database, limit: number): Promise<Visit[]> {
  const items = await queryAll(db, { ...waiting(db), Limit: limit }, limit);
  return items.map((item) => StoredVisit.parse(item));
}

/** Every claim that waits for a decision, the oldest first. Eventually consistent. */
export async function readDeferredVisits(db: Database): Promise<Visit[]> {
  const items = await queryAll(db, waiting(db));
  return items.map((item) => StoredVisit.parse(item));
}
