import { randomInt } from "node:crypto";
import * as z from "zod/mini";
import type { Services } from "../../functions/kit/services.ts";
import { SUMMARY_SHARDS } from "../../shared/store/kit/keys.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";

const TransactItem = z.looseObject({
  Put: z.optional(z.looseObject({ TableName: z.string(), Item: z.record(z.string(), z.unknown()) })),
  Update: z.optional(
    z.looseObject({
      TableName: z.string(),
      Key: z.record(z.string(), z.unknown()),
      UpdateExpression: z.string(),
    }),
  ),
});
const Transaction = z.object({ TransactItems: z.array(TransactItem) });
type TransactItem = z.infer<typeof TransactItem>;

/** The items of one real settlement, as they were sent. */
export interface SettleTransaction {
  readonly items: readonly TransactItem[];
  readonly visitId: string;
}

/** Settles by `settle` and keeps what the store sent to commit it. */
export async function captureTransaction(
  { db }: Pick<Services, "db">,
  visitId: string,
  settle: () => Promise<unknown>,
): Promise<SettleTransaction> {
  let items: readonly TransactItem[] | undefined;
  db.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === "TransactWriteItemsCommand")
        items = Transaction.parse(args.input).TransactItems;
      return next(args);
    },
    { step: "initialize", name: "captureTransaction" },
  );
  await settle();
  db.client.middlewareStack.remove("captureTransaction");
  if (items === undefined) throw new Error("settling sent no transaction");
  return { items, visitId };
}

const isHeader = (item: Readonly<Record<string, unknown>>): boolean => item.sk === "HEADER";

const isLines = ({ Put }: TransactItem): boolean =>
  Put !== undefined && String(Put.Item.sk).includes("#LINES#");

/** The same transaction without the settled lines: what posting the bill itself costs. */
export const withoutLines = ({ items, visitId }: SettleTransaction): SettleTransaction => ({
  items: items.filter((item) => !isLines(item)),
  visitId,
});

/** The part of the transaction that falls into one kind of partition. */
export const onlyPartition = ({ items, visitId }: SettleTransaction, prefix: string): SettleTransaction => ({
  items: items.filter(({ Put, Update }) => String(Put?.Item.pk ?? Update?.Key.pk).startsWith(prefix)),
  visitId,
});

/** Another visit's id, of the same length. */
const idOf = (visitId: string, copy: number): string => {
  const number = copy.toString(36).toUpperCase();
  return `VB${number.padStart(visitId.length - 2, "0")}`;
};

/** The header that a copy of the transaction finds, at the version that its condition asks for. */
export function headerBefore({ items, visitId }: SettleTransaction, copy: number): Record<string, unknown> {
  const header = items.find(({ Put }) => Put !== undefined && isHeader(Put.Item))?.Put?.Item;
  if (header === undefined) throw new Error("the transaction writes no visit");
  const { settled: _, ...rest } = rename(header, visitId, copy);
  return { ...rest, status: "OPEN", version: Number(header.version) - 1 };
}

function rename(item: Record<string, unknown>, visitId: string, copy: number): Record<string, unknown> {
  const entries = Object.entries(item).map(([name, value]) => {
    if (typeof value !== "string") return [name, value];
    if (name === "pk" && value.startsWith("MESSAGE#"))
      return [name, `${value.slice(0, -12)}${idOf(visitId, copy).slice(-12)}`];
    return [name, value.replaceAll(visitId, idOf(visitId, copy))];
  });
  return Object.fromEntries(entries);
}

/** The transaction once more under other keys; its summary row is on a shard taken by chance, as the service's is. */
export const copyOf = ({ items, visitId }: SettleTransaction, copy: number): Write[] =>
  items.map(({ Put, Update }) => {
    if (Put !== undefined) {
      return {
        item: { Put: { ...Put, Item: rename(Put.Item, visitId, copy) } },
        onConditionFailed: "CHANGED",
      };
    }
    if (Update !== undefined) {
      const pk = String(Update.Key.pk).replace(/\d+$/, String(randomInt(SUMMARY_SHARDS)));
      return { item: { Update: { ...Update, Key: { ...Update.Key, pk } } }, onConditionFailed: "CHANGED" };
    }
    throw new Error("a settlement neither puts nor updates");
  });
