import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { ServiceEvent } from "../../domain/events/service-event.ts";
import type { Failure } from "../../domain/failures.ts";
import type { Database } from "./database.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** What a failed condition means: another writer was first, the message was applied before, or a refusal. */
export type ConditionMeaning = "CHANGED" | "MESSAGE_TAKEN" | Failure;

/** One write of a transaction, with the meaning of its condition's failure. */
export interface Write {
  readonly item: TransactItem;
  readonly onConditionFailed: ConditionMeaning;
  /** The event that it records. */
  readonly event?: ServiceEvent;
}

export type Commit =
  | { readonly kind: "COMMITTED" }
  | { readonly kind: "MESSAGE_TAKEN" }
  | { readonly kind: "REFUSED"; readonly failure: Failure }
  /** Another writer was first, or held an item at that moment: load and decide again. */
  | { readonly kind: "CHANGED" };

/** Reasons that say nothing about our conditions: the same request can succeed a moment later. */
const PASSING_REASONS = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "None",
]);

function interpret(error: TransactionCanceledException, writes: readonly Write[]): Commit {
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
  const failed = writes.filter((_write, position) => codes[position] === "ConditionalCheckFailed");
  const meanings = failed.map(({ onConditionFailed }) => onConditionFailed);
  if (meanings.includes("MESSAGE_TAKEN")) return { kind: "MESSAGE_TAKEN" };
  if (meanings.includes("CHANGED")) return { kind: "CHANGED" };
  const refused = meanings.find((meaning) => typeof meaning !== "string");
  if (refused !== undefined && typeof refused !== "string") return { kind: "REFUSED", failure: refused };
  if (codes.length > 0 && codes.every((code) => PASSING_REASONS.has(code))) return { kind: "CHANGED" };
  throw error;
}

/** An entry of the audit trail has its time from before, and is sealed two minutes later. */
const LATEST_MS = 60_000;

class CommitTooLate extends Error {
  override readonly name = "CommitTooLate";
}

/** A transaction that is not sent, or sent again, after the process slept: by the clock on the wall, which did not. */
function toCommand(writes: readonly Write[]): TransactWriteCommand {
  const command = new TransactWriteCommand({ TransactItems: writes.map(({ item }) => item) });
  const begunMs = Date.now();
  command.middlewareStack.add(
    (next) => async (args) => {
      if (Date.now() - begunMs > LATEST_MS) throw new CommitTooLate();
      return next(args);
    },
    // A command of the document client hands its stack on twice.
    { step: "finalizeRequest", name: "refuseWhenLate", override: true },
  );
  return command;
}

/**
 * Commits all writes or none. A failed condition comes back as what it means, by the position of its write;
 * conflicts and throttled items come back as CHANGED, and so does what is too late, whose outcome is unknown where it
 * was sent before; anything else is thrown. What is under way when the time is over is given up.
 */
export async function commitTransaction(db: Database, writes: readonly Write[]): Promise<Commit> {
  try {
    const { signal } = db;
    await db.client.send(toCommand(writes), signal === undefined ? {} : { abortSignal: signal });
    return { kind: "COMMITTED" };
  } catch (error) {
    if (error instanceof CommitTooLate) return { kind: "CHANGED" };
    if (error instanceof TransactionCanceledException) return interpret(error, writes);
    throw error;
  }
}

const IS_NEW = "attribute_not_exists(pk)";

/** Puts an item that may not exist yet. */
export const putNew = (table: string, item: object, onConditionFailed: ConditionMeaning): Write => ({
  item: { Put: { TableName: table, Item: { ...item }, ConditionExpression: IS_NEW } },
  onConditionFailed,
});

/** Puts an item over what may be there; only for facts whose last statement holds. */
export const putOver = (table: string, item: object): Write => ({
  item: { Put: { TableName: table, Item: { ...item } } },
  onConditionFailed: "CHANGED",
});

/** Puts an item over one that is still as it was read, by a number in it; one kept before it was noted has 0. */
export function putUnchanged(
  table: string,
  item: object,
  { name, value }: { readonly name: string; readonly value: number },
): Write {
  return {
    item: {
      Put: {
        TableName: table,
        Item: { ...item },
        ConditionExpression: value === 0 ? `attribute_not_exists(${name})` : `${name} = :read`,
        ...(value === 0 ? {} : { ExpressionAttributeValues: { ":read": value } }),
      },
    },
    onConditionFailed: "CHANGED",
  };
}

/** Puts an item over the one whose `version` was read. */
export const putNext = (table: string, item: object & { readonly version: number }): Write => ({
  item: {
    Put: {
      TableName: table,
      Item: { ...item },
      ConditionExpression: "version = :read",
      ExpressionAttributeValues: { ":read": item.version - 1 },
    },
  },
  onConditionFailed: "CHANGED",
});
