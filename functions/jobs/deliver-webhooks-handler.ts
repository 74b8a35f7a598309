import type { Context, SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { findEvent, placeOfKey } from "../../shared/store/event-store.ts";
import { makeServices } from "../services.ts";
import { makeSilentReceivers } from "../webhooks/silent-receivers.ts";
import { deliverDue, deliverEvent } from "./deliver-webhooks.ts";

const services = { ...makeServices(), silent: makeSilentReceivers() };

const Place = z.object({ on: DaySchema, shard: z.number(), order: z.string() });
/** What the queue carries: where the event is, or the key of its item as the pipe from the table's stream has it. */
const Task = z.union([Place, z.object({ pk: z.string(), sk: z.string() })]);

/** An attempt takes less than this; one that is begun is finished. */
const RESERVE_MS = 10_000;

type Remaining = Pick<Context, "getRemainingTimeInMillis">;
type TaskRecord = Pick<SQSRecord, "messageId" | "body">;

async function deliverTask({ messageId, body }: TaskRecord): Promise<string[]> {
  try {
    const task = Task.parse(JSON.parse(body));
    const event = await findEvent(services.db, "pk" in task ? placeOfKey(task) : task);
    if (event === undefined) throw new Error("there is no such event");
    await deliverEvent(services, event);
    return [];
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    services.logger.log("JOB_FAILED", { job: "deliver-webhooks", messageId, error: name });
    return [messageId];
  }
}

/**
 * Tells each event that the queue names to the webhooks that ask for it. Without a queue's records, as a schedule
 * calls it, it tries again what is due.
 */
export async function handler(
  { Records }: { readonly Records?: readonly TaskRecord[] },
  context: Remaining,
): Promise<SQSBatchResponse> {
  if (Records === undefined) {
    await deliverDue(services, () => context.getRemainingTimeInMillis() < RESERVE_MS);
    return { batchItemFailures: [] };
  }
  const failed = (await Promise.all(Records.map(deliverTask))).flat();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
