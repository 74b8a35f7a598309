import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import { makeFaultyClient } from "./faulty-client.ts";
import { Functions } from "./functions.ts";
import { makeMemoryTables } from "./memory-tables.ts";
import { type Request, requestNow } from "./request.ts";
import { type Send, toClient } from "./send.ts";
import type { StoreUnderTest } from "./store-under-test.ts";
import { Timeline } from "./timeline.ts";
import { statements } from "./world.ts";

/** Of the days before any history. */
const BEFORE = Date.parse("2026-03-01T01:00:00Z");

/** Has the agency state everything that workers are treated under, through its real functions. */
export async function stateWorld(
  send: Send,
  names: Pick<StoreUnderTest, "registry" | "ledger">,
): Promise<void> {
  const client = toClient((command) => {
    const own = requestNow().client;
    if (own === undefined) throw new Error("the request has not begun");
    return own.send(command);
  });
  const db = { client, ...names, pause: () => Promise.resolve() };
  const functions = new Functions(db, new Timeline(BEFORE), 1, (work) => work);
  for (const [index, [operationId, input]] of statements().entries()) {
    const request: Request = {
      operationId,
      input,
      requestId: `world-${index}`,
      seed: index,
      random: makeSeededRandom(index),
      ids: makeSeededRandom(index),
      client: makeFaultyClient(send, () => undefined),
      isDead: false,
      commits: 0,
    };
    const heard = await functions.run(request);
    if (heard === undefined || heard.status >= 300) throw new Error(`${operationId}: ${heard?.text}`);
  }
}

/** Makes stores in memory that all start with the same world. */
export async function prepareMemory(): Promise<() => StoreUnderTest> {
  const names = { registry: "Registry", ledger: "Ledger" };
  const start = makeMemoryTables({ lateIndexes: true });
  await stateWorld(start.send, names);
  start.advanceIndexes();
  return () => {
    const tables = start.fork();
    return { ...names, send: tables.send, advanceIndexes: tables.advanceIndexes };
  };
}
