import { expect } from "vitest";
import { toFollowTask } from "../../functions/jobs/followed-events.ts";
import { readConfig } from "../../shared/config.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { connectDatabase } from "../../shared/store/database.ts";
import { readDayEvents } from "../../shared/store/event-store.ts";

/** Hands every event of today that was not handled yet to the job that follows decisions, until it writes no more. */
export async function makeRunJobs(): Promise<() => Promise<void>> {
  const { handler } = await import("../../functions/jobs/settle-deferred-handler.ts");
  const db = connectDatabase(readConfig(process.env));
  const handled = new Set<string>();
  const readNew = async () =>
    (await readDayEvents(db, dayOf(instantOf(Date.now())))).filter(({ eventId }) => !handled.has(eventId));
  return async () => {
    for (let events = await readNew(); events.length > 0; events = await readNew()) {
      for (const event of events) {
        handled.add(event.eventId);
        const task = toFollowTask(event);
        if (task === undefined) continue;
        const Records = [{ messageId: event.eventId, body: JSON.stringify(task) }];
        const done = await handler({ Records }, { getRemainingTimeInMillis: () => 60_000 });
        expect(done.batchItemFailures).toEqual([]);
      }
    }
  };
}
