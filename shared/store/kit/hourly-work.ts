import type { Instant } from "../../domain/dates.ts";
import type { Failure } from "../../domain/failures.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import type { Write } from "./transaction.ts";

/** What a hospital may do only so often within an hour (Asia/Shanghai). */
export interface HourlyWork {
  readonly hospitalCode: string;
  readonly at: Instant;
  readonly work: "ROUNDS" | "UPLOADS";
  readonly most: number;
}

const HOUR_LENGTH = "2026-03-01T09".length;

/**
 * Counts one more, in the transaction of the message that does it: what is repeated or refused counts for nothing. Over
 * the limit the transaction is refused with `failure`.
 */
export const countHourlyWork = (
  db: Database,
  { hospitalCode, at, work, most }: HourlyWork,
  failure: Failure,
): Write => ({
  item: {
    Update: {
      TableName: db.ledger,
      Key: { ...ledgerKeys.hourlyWork(hospitalCode, at.slice(0, HOUR_LENGTH), work) },
      UpdateExpression: "ADD lookups :one",
      ConditionExpression: "attribute_not_exists(lookups) OR lookups < :most",
      ExpressionAttributeValues: { ":one": 1, ":most": most },
    },
  },
  onConditionFailed: failure,
});
