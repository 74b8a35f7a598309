import type { Context, SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { type EventPlace, findEvents, orderOf, placeOfKey } from "../../shared/store/events/event-store.ts";
import { makeWebhooksOf } from "../../shared/store/webhooks/webhook-store.ts";
import { makeServices } from "../kit/services.ts";
import { deliverDue, deliverEvent } from "../webhooks/deliver-webhooks.ts";
import { makeSilentReceivers } from "../webhooks/silent-receivers.ts";

const services = { ...makeServices(), silent: makeSilentReceivers() };

const Place = z.object({ on: DaySchema, shard: z.number(), order: z.string() });
/** What the queue carries: where the event is, or the key of its item as the pipe from the table's stream has it. */
const Task = z.union([Place, z.object({ pk: z.string(), sk: z.string() })]);

/** An attempt takes less than this; one that is begun is finished. */
const RESERVE_MS = 10_000;

type Remaining = Pick<Context, "getRemainingTimeInMillis">;
type TaskRecord = Pick<SQSRecord, "messageId" | "body">;

/** Where a record's event is; undefined where it names none. */
function placeIn(body: string): EventPlace | undefined {
  try {
    const task = Task.parse(JSON.parse(body));
    return "pk" in task ? placeOfKey(task) : task;
  } catch {
    return undefined;
  }
}

/** Returns the ids of the records whose event could not be told to everybody who asks for it. */
async function deliverRecords(records: readonly TaskRecord[]): Promise<string[]> {
  const { db, logger } = services;
  const placed = records.map((record) => ({ ...record, place: placeIn(record.body) }));
  const events = await findEvents(
    db,
    placed.flatMap(({ place }) => place ?? []),
  );
  const webhooksOf = makeWebhooksOf(db);
  const deliverOne = async ({ messageId, place }: (typeof placed)[number]): Promise<string[]> => {
    try {
      const event = events.find((each) => place !== undefined && orderOf(each) === place.order);
      if (event === undefined) throw new Error("there is no such event");
      await deliverEvent(services, event, webhooksOf);
      return [];
    } catch (error) {
      logger.log("JOB_FAILED", { job: "deliver-webhooks", messageId, error: nameOfError(error) });
      return [messageId];
    }
  };
  return (await Promise.all(placed.map(deliverOne))).flat();
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
  const failed = await deliverRecords(Records);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
