import type { Context, SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { mapConcurrent } from "../../shared/map-concurrent.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { makeServices } from "../kit/services.ts";
import { findOpenTasks, follow, type OpenTask } from "../settlements/follow-case-decision.ts";
import { type FollowTask, followedEvents } from "../settlements/followed-events.ts";

const services = makeServices();

/** What the queue carries: the case or the visit that something happened to. */
const Task = z.object({
  type: z.enum(followedEvents),
  subject: z.string(),
  hospitalCode: z._default(z.string(), ""),
});
type TaskRecord = Pick<SQSRecord, "messageId" | "body">;

/** A visit takes less than this; one that is begun is finished. */
const RESERVE_MS = 10_000;
const CONCURRENCY = 16;

interface QueuedTask {
  readonly messageId: string;
  /** Undefined where the record names none. */
  readonly task: FollowTask | undefined;
  /** What is left to do of it; undefined where nothing is. */
  readonly open?: OpenTask | undefined;
}

function read({ messageId, body }: TaskRecord): QueuedTask {
  try {
    return { messageId, task: Task.parse(JSON.parse(body)) };
  } catch {
    return { messageId, task: undefined };
  }
}

/** Returns whether the task is done. */
async function followOne({ task, open }: QueuedTask, isTimeUp: () => boolean): Promise<boolean> {
  try {
    if (task === undefined) throw new TypeError("the record names no task");
    return open === undefined || (await follow(services, open, isTimeUp));
  } catch (error) {
    const fields = { job: "follow-case-decision", subject: task?.subject, error: nameOfError(error) };
    services.logger.log("JOB_FAILED", fields);
    return false;
  }
}

/**
 * Looks at each case and visit that the queue names; tasks of one subject in their order, others side by side. A case
 * with more visits than one call has time for, or one that meets a fault, goes back to the queue, and the next call goes
 * on where this one stopped.
 */
export async function handler(
  { Records }: { readonly Records: readonly TaskRecord[] },
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<SQSBatchResponse> {
  const isTimeUp = (): boolean => context.getRemainingTimeInMillis() < RESERVE_MS;
  const asked = Records.map(read);
  const tasks = asked.flatMap(({ task }) => task ?? []);
  const open = new Map((await findOpenTasks(services, tasks)).map((each) => [each.task, each]));
  const left = asked.map((each) => ({ ...each, open: each.task && open.get(each.task) }));
  const queues = Map.groupBy(left, ({ task, messageId }) => task?.subject ?? messageId).values();
  const failed: string[] = [];
  await mapConcurrent(queues, CONCURRENCY, async (queue) => {
    for (const each of queue) if (!(await followOne(each, isTimeUp))) failed.push(each.messageId);
  });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
