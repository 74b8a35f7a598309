import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import type { Database } from "../../../shared/store/kit/database.ts";
import { commitTransaction } from "../../../shared/store/kit/transaction.ts";
import {
  barMessage,
  findMessageAndCancellation,
  recordCancellation,
} from "../../../shared/store/messages/message-store.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";

test("a message that is cancelled between the two reads of a batch is seen as cancelled, not as applied", async () => {
  const { send } = makeMemoryTables();
  let isCancelled = false;
  const pause = (): Promise<void> => Promise.resolve();
  const cancel = async (db: Database): Promise<void> => {
    isCancelled = true;
    const cancellation = { institution: "H1", key: "k1", value: { status: "CANCELLED" } };
    await commitTransaction(db, [barMessage(db, "H1", "k1"), recordCancellation(db, cancellation)]);
  };
  const db: Database = {
    client: toClient(async (command) => {
      if (!(command instanceof BatchGetCommand) || isCancelled) return send(command);
      // DynamoDB reads the items of a batch one by one, in any order.
      const keys = command.input.RequestItems?.Ledger?.Keys ?? [];
      const answers: object[] = [];
      for (const Key of [...keys].reverse()) {
        const one = new BatchGetCommand({ RequestItems: { Ledger: { Keys: [Key] } } });
        answers.push(await send(one));
        if (!isCancelled) await cancel(db);
      }
      const items = answers.flatMap((answer) => Object(answer).Responses.Ledger);
      return { Responses: { Ledger: items } };
    }),
    registry: "Registry",
    ledger: "Ledger",
    pause,
  };
  expect(await findMessageAndCancellation(db, "H1", "k1")).toEqual({
    message: { kind: "BARRED" },
    cancellation: { status: "CANCELLED" },
  });
});
