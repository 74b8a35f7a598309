import type { SQSBatchResponse } from "aws-lambda";
import { toFollowTask } from "../../../functions/settlements/followed-events.ts";
import { readConfig } from "../../../shared/config.ts";
import type { ServiceEvent } from "../../../shared/domain/events/service-event.ts";
import { placeOf } from "../../../shared/store/events/event-store.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { startEventPump } from "./event-pump.ts";
import { makePumpCheckpoint } from "./pump-checkpoint.ts";
import { startTimer } from "./start-timer.ts";

/** The jobs that run beside the functions. */
export interface Jobs {
  /** Finishes what is under way. */
  readonly stop: () => Promise<void>;
}

const TIME_LIMIT_MS = 29_000;
/** Webhooks hear of an event within about this time; others do not wait for them. */
const WEBHOOK_PAUSE_MS = 1_000;
/** A queue of AWS hands over ten; on one machine a little more saves reads. */
const BATCH = 50;
/** Whoever starts the service for an hour a day hears of what is overdue as well. */
const OVERDUE_PAUSE_MS = 3_600_000;
const SEAL_PAUSE_MS = 60_000;

const startClock = (): { readonly getRemainingTimeInMillis: () => number } => {
  const deadline = Date.now() + TIME_LIMIT_MS;
  return { getRemainingTimeInMillis: () => deadline - Date.now() };
};

type QueueHandler = (
  batch: { readonly Records: readonly { readonly messageId: string; readonly body: string }[] },
  clock: ReturnType<typeof startClock>,
) => Promise<SQSBatchResponse>;

/** Hands events to a job as its queue does, and gives the ids of those that go back to the queue. */
async function handOver(
  handler: QueueHandler,
  events: readonly ServiceEvent[],
  toTask: (event: ServiceEvent) => object | undefined,
): Promise<readonly string[]> {
  const Records = events.flatMap((event) => {
    const task = toTask(event);
    return task === undefined ? [] : [{ messageId: event.eventId, body: JSON.stringify(task) }];
  });
  if (Records.length === 0) return [];
  const { batchItemFailures } = await handler({ Records }, startClock());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/**
 * Starts the jobs that events and the clock start. Like the functions, they find the engine through their
 * environment. Webhooks have a pump of their own, so that a slow receiver holds up nobody's settlement.
 */
export async function startJobs(endpoint: string, pumpFile: string | undefined): Promise<Jobs> {
  const [settling, delivering, raising, sealing] = await Promise.all([
    import("../../../functions/entry/follow-case-decision.ts"),
    import("../../../functions/entry/deliver-webhooks.ts"),
    import("../../../functions/entry/raise-overdue-claims.ts"),
    import("../../../functions/entry/seal-audit-trail.ts"),
  ]);
  const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: endpoint }));
  const settlingPump = startEventPump({
    db,
    checkpoint: makePumpCheckpoint(pumpFile),
    now: Date.now,
    batchSize: BATCH,
    handle: (events) => handOver(settling.handler, events, toFollowTask),
  });
  const webhookPump = startEventPump({
    db,
    checkpoint: makePumpCheckpoint(pumpFile === undefined ? undefined : `${pumpFile}-webhooks`),
    now: Date.now,
    idleMs: WEBHOOK_PAUSE_MS,
    batchSize: BATCH,
    handle: (events) => handOver(delivering.handler, events, placeOf),
  });
  const retries = startTimer(WEBHOOK_PAUSE_MS, async () => {
    await delivering.handler({}, startClock());
  });
  const overdue = startTimer(OVERDUE_PAUSE_MS, () => raising.handler({}, startClock()));
  const seals = startTimer(SEAL_PAUSE_MS, () => sealing.handler({}, startClock()));
  const all = [settlingPump, webhookPump, retries, overdue, seals];
  return {
    stop: async () => {
      await Promise.all(all.map((each) => each.stop()));
    },
  };
}
