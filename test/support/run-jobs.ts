import { expect } from "vitest";
import { toFollowTask } from "../../functions/settlements/followed-events.ts";
import { readConfig } from "../../shared/config.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { readDayEvents } from "../../shared/store/events/event-store.ts";
import { connectDatabase } from "../../shared/store/kit/database.ts";
import { loadJob } from "./load-job.ts";

/**
 * Hands every event of today that was not handled yet to the job that follows decisions, until it writes no more. As the pump
 * may deliver what it delivered before, each run begins by handing over the `repeated` latest ones again.
 */
export async function makeRunJobs(repeated = 0): Promise<() => Promise<void>> {
  const handler = await loadJob("follow-case-decision");
  const db = connectDatabase(readConfig(process.env));
  const handled = new Set<string>();
  const readDue = async (again: number) => {
    const events = await readDayEvents(db, dayOf(instantOf(Date.now())));
    return events.filter(({ eventId }, place) => events.length - place <= again || !handled.has(eventId));
  };
  return async () => {
    for (let events = await readDue(repeated); events.length > 0; events = await readDue(0)) {
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
