import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Mutant } from "./history.ts";
import type { Send } from "./send.ts";
import type { Item } from "./values.ts";

export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

export const keyOf = ({ Put, Update, Delete }: TransactItem): string => {
  const key = Put?.Item ?? Update?.Key ?? Delete?.Key;
  return `${String(key?.pk)} ${String(key?.sk)}`;
};

export const itemOf = ({ Put }: TransactItem): Item | undefined => Put?.Item;

/** The same write of another item. */
export const withItem = (write: TransactItem, changes: Item): TransactItem =>
  write.Put === undefined ? write : { Put: { ...write.Put, Item: { ...write.Put.Item, ...changes } } };

function withoutCondition({ Put, ...others }: TransactItem): TransactItem {
  if (Put === undefined) return others;
  const { TableName, Item } = Put;
  return { Put: { TableName, Item } };
}

/** What becomes of one write of a transaction; undefined where it is left out. */
type Rewrite = (write: TransactItem, all: readonly TransactItem[]) => TransactItem | undefined;

/** The cancellation reasons of a shortened transaction, at the places that the store expects them. */
function spread(error: unknown, kept: readonly boolean[]): unknown {
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = [...(error.CancellationReasons ?? [])];
  const CancellationReasons = kept.map((isKept) => (isKept ? (reasons.shift() ?? {}) : { Code: "None" }));
  return new TransactionCanceledException({ $metadata: {}, message: error.message, CancellationReasons });
}

/** A store that writes something else than it is told. */
export const rewriting =
  (rewrite: Rewrite): Mutant =>
  (send) =>
  async (command) => {
    if (!(command instanceof TransactWriteCommand)) return send(command);
    const all = command.input.TransactItems ?? [];
    const written = all.map((write) => rewrite(write, all));
    const kept = written.map((write) => write !== undefined);
    const TransactItems = written.filter((write) => write !== undefined);
    if (TransactItems.length === 0) return {};
    try {
      return await send(new TransactWriteCommand({ ...command.input, TransactItems }));
    } catch (error) {
      throw spread(error, kept);
    }
  };

export const leavingOut = (key: RegExp): Mutant =>
  rewriting((write) => (key.test(keyOf(write)) ? undefined : write));

export const unconditionally = (key: RegExp): Mutant =>
  rewriting((write) => (key.test(keyOf(write)) ? withoutCondition(write) : write));

const isList = (value: unknown): value is Item[] => Array.isArray(value);

/** A store whose answers to queries and batches are misread, item by item. */
export const misreading =
  (misread: (item: Item) => Item): Mutant =>
  (send: Send) =>
  async (command) => {
    const answer: { readonly Items?: unknown; readonly Responses?: Record<string, Item[]> } =
      await send(command);
    if (isList(answer.Items)) return { ...answer, Items: answer.Items.map(misread) };
    if (answer.Responses === undefined) return answer;
    const responses = Object.entries(answer.Responses).map(([table, items]) => [table, items.map(misread)]);
    return { ...answer, Responses: Object.fromEntries(responses) };
  };
