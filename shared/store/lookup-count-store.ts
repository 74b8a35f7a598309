import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Instant } from "../domain/dates.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";

/** What is counted of a hospital's looking people up within an hour. */
export interface LookupCount {
  readonly hospitalCode: string;
  readonly at: Instant;
  /** A look-up that finds nobody weighs more than one that does: that is what trying out numbers looks like. */
  readonly weight: number;
  readonly limit: number;
}

const HOUR_LENGTH = "2026-03-01T09".length;

/** Counts a look-up, in one write; false where the hour's limit was reached before it. */
export async function countLookup(
  db: Database,
  { hospitalCode, at, weight, limit }: LookupCount,
): Promise<boolean> {
  try {
    await db.client.send(
      new UpdateCommand({
        TableName: db.ledger,
        Key: ledgerKeys.lookups(hospitalCode, at.slice(0, HOUR_LENGTH)),
        UpdateExpression: "ADD lookups :weight",
        ConditionExpression: "attribute_not_exists(lookups) OR lookups < :limit",
        ExpressionAttributeValues: { ":weight": weight, ":limit": limit },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
