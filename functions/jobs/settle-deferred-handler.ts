import type { Context, SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { makeServices } from "../services.ts";
import { followedEvents } from "./followed-events.ts";
import { follow } from "./settle-deferred.ts";

const services = makeServices();

/** What the queue carries: the case or the visit that something happened to. */
const Task = z.object({ type: z.enum(followedEvents), subject: z.string() });

/** A visit takes less than this; one that is begun is finished. */
const RESERVE_MS = 10_000;

/**
 * Looks at each case and visit that the queue names. A case with more visits than one call has time for, or one that meets
 * a fault, goes back to the queue, and the next call goes on where this one stopped.
 */
export async function handler(
  { Records }: { readonly Records: readonly Pick<SQSRecord, "messageId" | "body">[] },
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<SQSBatchResponse> {
  const isTimeUp = (): boolean => context.getRemainingTimeInMillis() < RESERVE_MS;
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    const task = Task.safeParse(JSON.parse(body));
    try {
      if (!task.success) throw new Error("not a task");
      if (!(await follow(services, task.data, isTimeUp))) failed.push(messageId);
    } catch (error) {
      services.logger.log("JOB_FAILED", {
        job: "settle-deferred",
        subject: task.data?.subject,
        error: error instanceof Error ? error.name : "unknown",
      });
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
