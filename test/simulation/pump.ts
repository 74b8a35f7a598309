import { type FollowTask, toFollowTask } from "../../functions/settlements/followed-events.ts";
import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import type { ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { seedOf } from "./seeds.ts";
import type { Item } from "./values.ts";

/** One delivery of an event to the jobs. */
export interface Delivery {
  readonly eventId: string;
  readonly task: FollowTask;
  readonly attempt: number;
  readonly seed: number;
}

const HOUR_MS = 3_600_000;
/** After so many failures an event is left to the evening, as a queue would leave it to whoever redrives it. */
const MAX_ATTEMPTS = 6;

/** A number of a text. */
export const hashOf = (text: string): number => {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return hash >>> 0;
};

/**
 * What carries events to the jobs, at its worst: at least once, late, twice, in any order, lost at first and
 * repeated much later.
 */
export class Pump {
  readonly #pending = new Map<string, FollowTask>();
  readonly #attempts = new Map<string, number>();
  readonly #seed: number;
  readonly #after: (delayMs: number, delivery: Delivery) => void;

  constructor(seed: number, after: (delayMs: number, delivery: Delivery) => void) {
    this.#seed = seed;
    this.#after = after;
  }

  /** An event was written. */
  written(event: Item): void {
    const eventId = String(event.eventId);
    const task = toFollowTask(event as unknown as ServiceEvent);
    if (task === undefined) return;
    this.#pending.set(eventId, task);
    const random = makeSeededRandom(seedOf(this.#seed, hashOf(eventId)));
    for (let copies = random.chance(0.2) ? 2 : 1; copies > 0; copies -= 1) {
      const isLost = random.chance(0.08);
      const isLate = random.chance(0.25);
      const delayMs = isLost
        ? random.integer(HOUR_MS, 48 * HOUR_MS)
        : random.integer(0, isLate ? 10 * 60_000 : 40);
      this.#deliver(eventId, task, delayMs);
    }
  }

  /** Whether the job came to its end; what did not is delivered again. */
  finished({ eventId, task, attempt }: Delivery, isDone: boolean): void {
    if (isDone) this.#pending.delete(eventId);
    else if (attempt < MAX_ATTEMPTS) this.#deliver(eventId, task, 200 * attempt);
  }

  /** Everything that was not handled yet; by evening it is. */
  redrive(): boolean {
    for (const [eventId, task] of this.#pending) this.#deliver(eventId, task, 0);
    return this.#pending.size > 0;
  }

  #deliver(eventId: string, task: FollowTask, delayMs: number): void {
    const attempt = (this.#attempts.get(eventId) ?? 0) + 1;
    this.#attempts.set(eventId, attempt);
    const seed = seedOf(this.#seed, hashOf(eventId), attempt);
    this.#after(delayMs, { eventId, task, attempt, seed });
  }
}
