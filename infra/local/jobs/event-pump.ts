import { setTimeout as wait } from "node:timers/promises";
import { chunksOf } from "../../../shared/chunks.ts";
import { type Day, day, dayOf, type Instant, instantOf } from "../../../shared/domain/dates.ts";
import { EVENT_SETTLING_MS, type ServiceEvent } from "../../../shared/domain/events/service-event.ts";
import { mapConcurrent } from "../../../shared/map-concurrent.ts";
import { findEvents, orderOf, readEventPlaces } from "../../../shared/store/events/event-store.ts";
import type { Database } from "../../../shared/store/kit/database.ts";
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
  /** Handles events and gives the ids of those to be handled again; all of them where it throws. */
  readonly handle: (events: readonly ServiceEvent[]) => Promise<readonly string[]>;
  /** How many it gets at once, in their order; whoever handles them keeps to it where it matters. */
  readonly batchSize: number;
}

const IDLE_MS = 200;
const BATCHES_AT_ONCE = 4;
/** Most events do not come late: these are looked for each time, the few others less often, because there are many to read again. */
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

const isEngineThere = ({ db, now }: PumpOptions): Promise<boolean> =>
  readEventPlaces(db, dayOf(instantOf(now())), instantOf(now())).then(
    () => true,
    () => false,
  );

/** What fails again and again is left to whoever reads the log; on AWS it goes to a queue of its own. */
async function handleWithRetries(
  options: PumpOptions,
  batch: readonly ServiceEvent[],
  isStopping: () => boolean,
): Promise<void> {
  let left = batch;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && !isStopping(); ) {
    const failed = new Set(await options.handle(left).catch(() => left.map(({ eventId }) => eventId)));
    left = left.filter(({ eventId }) => failed.has(eventId));
    if (left.length === 0) return;
    await wait(IDLE_MS * attempt);
    // An engine that is away says nothing about the events: they wait for it, however long.
    if (await isEngineThere(options)) attempt += 1;
  }
}

/** Starts to hand events to the jobs, from where the checkpoint says. */
export function startEventPump(options: PumpOptions): EventPump {
  const { db, checkpoint, now, idleMs = IDLE_MS, batchSize } = options;
  let isStopping = false;
  /** By their order, which begins with their time. */
  const handled = new Set<string>();

  const handleBatch = async (batch: readonly ServiceEvent[]): Promise<void> => {
    await handleWithRetries(options, batch, () => isStopping);
    if (!isStopping) for (const event of batch) handled.add(orderOf(event));
  };

  const handleAll = (events: readonly ServiceEvent[]): Promise<unknown> =>
    mapConcurrent(chunksOf(events, batchSize), BATCHES_AT_ONCE, async (batch) => {
      if (!isStopping) await handleBatch(batch);
    });

  const pumpFrom = async (from: Instant): Promise<void> => {
    for (const on of daysBetween(dayOf(from), dayOf(instantOf(now())))) {
      // Most were handled before: only the others are read whole.
      const places = await readEventPlaces(db, on, from);
      await handleAll(
        await findEvents(
          db,
          places.filter(({ order }) => !handled.has(order)),
        ),
      );
    }
  };

  const sweep = async (from: Instant): Promise<Instant> => {
    const horizon = instantOf(now() - EVENT_SETTLING_MS);
    await pumpFrom(from);
    if (isStopping || horizon <= from) return from;
    for (const order of handled) if (order < horizon) handled.delete(order);
    await checkpoint.write(horizon);
    return horizon;
  };

  const run = async (): Promise<void> => {
    let from = (await checkpoint.read()) ?? instantOf(now() - EVENT_SETTLING_MS);
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
