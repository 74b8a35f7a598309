import type { Visit } from "../domain/visit/visit.ts";
import type { Database } from "./database.ts";
import { indexKeys } from "./keys.ts";
import { queryAll } from "./read.ts";
import { StoredVisit } from "./stored-visit.ts";
import { deferredClaims } from "./table-schema.ts";

/** Every claim that waits for a decision, the oldest first. Eventually consistent. */
export async function readDeferredVisits(db: Database): Promise<Visit[]> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    IndexName: deferredClaims.name,
    KeyConditionExpression: `${deferredClaims.partitionKey} = :deferred`,
    ExpressionAttributeValues: { ":deferred": indexKeys.deferred },
  });
  return items.map((item) => StoredVisit.parse(item));
}
