import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EventPump, startEventPump } from "../../../infra/local/jobs/event-pump.ts";
import { makePumpCheckpoint } from "../../../infra/local/jobs/pump-checkpoint.ts";
import { instantOf } from "../../../shared/domain/dates.ts";
import type { ServiceEvent } from "../../../shared/domain/events/service-event.ts";
import { recordEvent } from "../../../shared/store/events/event-store.ts";
import type { Database } from "../../../shared/store/kit/database.ts";
import { commitTransaction } from "../../../shared/store/kit/transaction.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";

let db: Database;
let isEngineAway: boolean;
let pump: EventPump | undefined;
beforeEach(() => {
  const { send } = makeMemoryTables();
  isEngineAway = false;
  const client = toClient((command) =>
    isEngineAway ? Promise.reject(new Error("connect ECONNREFUSED")) : send(command),
  );
  db = { client, registry: "Registry", ledger: "Ledger", pause: () => Promise.resolve() };
});
afterEach(() => pump?.stop());

async function tell(caseNo: string): Promise<string> {
  const at = instantOf(Date.now());
  const event: ServiceEvent = {
    eventId: `${caseNo}-1`,
    type: "CASE_CHANGED",
    at,
    subject: caseNo,
    sequence: 1,
    caseNo,
  };
  await commitTransaction(db, [recordEvent(db, event)]);
  return event.eventId;
}

const start = (handle: (events: readonly ServiceEvent[]) => Promise<readonly string[]>): EventPump =>
  startEventPump({
    db,
    checkpoint: makePumpCheckpoint(undefined),
    now: Date.now,
    idleMs: 20,
    batchSize: 1,
    handle,
  });

test("an event waits for an engine that is away longer than its attempts would last", async () => {
  const eventId = await tell("CASE-1");
  const done: string[] = [];
  let attempts = 0;
  pump = start(async (events) => {
    attempts += 1;
    isEngineAway = attempts <= 8;
    if (isEngineAway) return events.map((event) => event.eventId);
    done.push(...events.map((event) => event.eventId));
    return [];
  });
  await vi.waitFor(() => expect(done).toEqual([eventId]), { timeout: 8_000 });
});

test("an event that always fails is passed over, and holds up no other", async () => {
  const [bad, good] = [await tell("BAD"), await tell("GOOD")];
  const tried = new Map<string, number>();
  pump = start(async ([event]) => {
    const eventId = event?.eventId ?? "";
    tried.set(eventId, (tried.get(eventId) ?? 0) + 1);
    return eventId === bad ? [bad] : [];
  });
  await vi.waitFor(() => expect(tried.get(bad)).toBe(5), { timeout: 8_000 });
  expect(tried.get(good)).toBe(1);
});
