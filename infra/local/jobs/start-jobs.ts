import { caseToFollow } from "../../../functions/jobs/case-to-follow.ts";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/database.ts";
import { type EventPump, startEventPump } from "./event-pump.ts";
import { makePumpCheckpoint } from "./pump-checkpoint.ts";

const TIME_LIMIT_MS = 29_000;

/** Starts the jobs that events start. Like the functions, they find the engine through their environment. */
export async function startJobs(endpoint: string, pumpFile: string | undefined): Promise<EventPump> {
  const { handler } = await import("../../../functions/jobs/settle-deferred-handler.ts");
  return startEventPump({
    db: connectDatabase(readConfig({ DYNAMODB_ENDPOINT: endpoint })),
    checkpoint: makePumpCheckpoint(pumpFile),
    now: Date.now,
    handle: async (event) => {
      const caseNo = caseToFollow(event);
      if (caseNo === undefined) return;
      const deadline = Date.now() + TIME_LIMIT_MS;
      const { batchItemFailures } = await handler(
        { Records: [{ messageId: event.eventId, body: JSON.stringify({ caseNo }) }] },
        { getRemainingTimeInMillis: () => deadline - Date.now() },
      );
      if (batchItemFailures.length > 0) throw new Error(`the job of ${event.eventId} is to be repeated`);
    },
  });
}
