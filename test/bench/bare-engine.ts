import * as z from "zod/mini";
import { readConfig } from "../../shared/config.ts";
import { connectDatabase } from "../../shared/store/kit/database.ts";
import { commitTransaction } from "../../shared/store/kit/transaction.ts";
import { inParallel } from "./caller.ts";
import { copyOf, headerBefore, type SettleTransaction } from "./settle-transaction.ts";

/**
 * A process of its own that does nothing but commit: copies of one settlement's transaction, sent by the client that
 * the service uses. What it reaches is what the engine gives to whoever asks nothing else of it.
 */
const Order = z.object({
  endpoint: z.string(),
  transaction: z.custom<SettleTransaction>(),
  first: z.number(),
  count: z.number(),
  clients: z.number(),
});
export type BareOrder = z.infer<typeof Order>;

async function commitCopies({ endpoint, transaction, first, count, clients }: BareOrder): Promise<number> {
  const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: endpoint }));
  await inParallel(clients, count, async (index) => {
    const Item = headerBefore(transaction, first + index);
    const put = { item: { Put: { TableName: db.ledger, Item } }, onConditionFailed: "CHANGED" as const };
    await commitTransaction(db, [put]);
  });
  const copies = Array.from({ length: count }, (_, index) => copyOf(transaction, first + index));
  const startedAt = performance.now();
  await inParallel(clients, count, async (index) => {
    const commit = await commitTransaction(db, copies[index] ?? []);
    if (commit.kind !== "COMMITTED") throw new Error(`a copy was not committed: ${commit.kind}`);
  });
  return (count * 1_000) / (performance.now() - startedAt);
}

process.once("message", (order: unknown) => {
  commitCopies(Order.parse(order)).then(
    (perSecond) => process.send?.(perSecond, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
