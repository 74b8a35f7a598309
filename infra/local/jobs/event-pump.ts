import { setTimeout as wait } from "node:timers/promises";
import { type Day, day, dayOf, type Instant, instantOf } from "../../../shared/domain/dates.ts";
import type { ServiceEvent } from "../../../shared/domain/events/service-event.ts";
import type { Database } from "../../../shared/store/database.ts";
import { readDayEvents } from "../../../shared/store/event-store.ts";
import type { PumpStore } from "./pump-checkpoint.ts";

/**
 * What the table's stream and its queue do on AWS, on one machine: hands every event to the jobs, at least once
 * and in order, and takes up where it stopped.
 */
export interface EventPump {
  /** Finishes the event that is under way. */
  readonly stop: () => Promise<void>;
}

export interface PumpOptions {
  readonly db: Database;
  readonly checkpoint: PumpStore;
  readonly now: () => number;
  /** How long to wait before looking for events again. */
  readonly idleMs?: number;
  /** Handles one event; is called again with it when it throws. */
  readonly handle: (event: ServiceEvent) => Promise<void>;
}

const IDLE_MS = 200;
const AT_ONCE = 16;
/** An event's time is taken before its transaction commits: until so long ago, others may still come in between. */
const OVERLAP_MS = 40_000;
/** Most do not: they are looked for each time, the few others less often, because there are many to read again. */
const RECENT_MS = 2_000;
const SWEEP_MS = 5_000;
const DAY_MS = 86_400_000;
const MAX_ATTEMPTS = 5;

const daysBetween = (from: Day, to: Day): Day[] => {
  const days: Day[] = [];
  for (let ms = Date.parse(`${from}T00:00:00Z`); ms <= Date.parse(`${to}T00:00:00Z`); ms += DAY_MS) {
    days.push(day(new Date(ms).toISOString().slice(0, 10)));
  }
  return days;
};

/** Events of one subject in their order, of different subjects side by side. */
async function handleAll(
  events: readonly ServiceEvent[],
  handleOne: (event: ServiceEvent) => Promise<void>,
): Promise<void> {
  const queues = Map.groupBy(events, ({ caseNo, subject }) => caseNo ?? subject).values();
  const work = async (): Promise<void> => {
    for (const queue of queues) for (const event of queue) await handleOne(event);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Starts to hand events to the jobs, from where the checkpoint says. */
export function startEventPump({ db, checkpoint, now, handle, idleMs = IDLE_MS }: PumpOptions): EventPump {
  let isStopping = false;
  const handled = new Map<string, Instant>();

  const handleOne = async (event: ServiceEvent): Promise<void> => {
    if (isStopping || handled.has(event.eventId)) return;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !isStopping; attempt += 1) {
      try {
        await handle(event);
        break;
      } catch {
        await wait(IDLE_MS * attempt);
      }
    }
    // What fails again and again is left to whoever reads the log; on AWS it goes to a queue of its own.
    if (!isStopping) handled.set(event.eventId, event.at);
  };

  const pumpFrom = async (from: Instant): Promise<void> => {
    for (const on of daysBetween(dayOf(from), dayOf(instantOf(now())))) {
      const events = await readDayEvents(db, on, from);
      await handleAll(
        events.filter(({ eventId }) => !handled.has(eventId)),
        handleOne,
      );
    }
  };

  const sweep = async (from: Instant): Promise<Instant> => {
    const horizon = instantOf(now() - OVERLAP_MS);
    await pumpFrom(from);
    if (isStopping || horizon <= from) return from;
    for (const [eventId, at] of handled) if (at < horizon) handled.delete(eventId);
    await checkpoint.write(horizon);
    return horizon;
  };

  const run = async (): Promise<void> => {
    let from = (await checkpoint.read()) ?? instantOf(now() - OVERLAP_MS);
    await checkpoint.write(from);
    let [sweptAt, lookedAt] = [Number.NEGATIVE_INFINITY, now()];
    while (!isStopping) {
      const startedAt = now();
      try {
        if (startedAt - sweptAt >= SWEEP_MS) {
          from = await sweep(from);
          sweptAt = startedAt;
        } else await pumpFrom(instantOf(lookedAt - RECENT_MS));
        lookedAt = startedAt;
      } catch {
        // The engine is away for a moment: it is started again, and nothing is passed over.
      }
      if (!isStopping) await wait(idleMs);
    }
  };
  const running = run().catch(() => undefined);
  return {
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}
