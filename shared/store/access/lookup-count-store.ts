import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Instant } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys } from "../kit/keys.ts";
import { getItem } from "../kit/read.ts";

/** Of which hospital, and in whose hour. */
export interface LookupHour {
  readonly hospitalCode: string;
  readonly at: Instant;
}

/** What is counted of a hospital's looking people up within an hour. */
export interface LookupCount extends LookupHour {
  /** A look-up that finds nobody weighs more than one that does: that is what trying out numbers looks like. */
  readonly weight: number;
  /** Where counting ends. */
  readonly most: number;
}

const HOUR_LENGTH = "2026-03-01T09".length;
const keyOf = ({ hospitalCode, at }: LookupHour): Key =>
  ledgerKeys.lookups(hospitalCode, at.slice(0, HOUR_LENGTH));
const Counted = z.object({ lookups: z.number() });

/** How much was counted of a hospital in this hour. */
export async function findLookupCount(db: Database, hour: LookupHour): Promise<number> {
  const item = await getItem(db, db.ledger, keyOf(hour));
  return item === undefined ? 0 : Counted.parse(item).lookups;
}

/** Counts a look-up, in one write, and gives what had been counted before it; no more is counted than `most`. */
export async function countLookup(db: Database, { weight, most, ...hour }: LookupCount): Promise<number> {
  try {
    const { Attributes: counted } = await db.client.send(
      new UpdateCommand({
        TableName: db.ledger,
        Key: keyOf(hour),
        UpdateExpression: "ADD lookups :weight",
        ConditionExpression: "attribute_not_exists(lookups) OR lookups < :most",
        ExpressionAttributeValues: { ":weight": weight, ":most": most },
        ReturnValues: "ALL_NEW",
      }),
    );
    return Counted.parse(counted).lookups - weight;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return most;
    throw error;
  }
}
