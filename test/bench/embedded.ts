import { createTables } from "../../infra/local/create-tables.ts";
import { startEngine } from "../../infra/local/engine.ts";
import { type CapacityMeter, meterCapacity } from "../support/capacity-meter.ts";
import { writeTestKeys } from "../support/test-keys.ts";
import { type Caller, makeFunctions } from "./caller.ts";
import { stateWorld } from "./world.ts";

const keysFile = writeTestKeys();

/** The functions in this process, with their client's consumption counted. */
export interface MeteredFunctions {
  readonly call: Caller;
  readonly meter: CapacityMeter;
  readonly services: ReturnType<typeof makeFunctions>["services"];
}

export interface Embedded {
  readonly endpoint: string;
  readonly keysFile: string;
  /** With empty memory, as after a cold start. */
  readonly makeFunctions: () => MeteredFunctions;
}

function makeMetered(endpoint: string): MeteredFunctions {
  const { services, call } = makeFunctions(endpoint, keysFile);
  return { services, call, meter: meterCapacity(services.db.client) };
}

/** Runs work on a new engine in memory in which the bench's world is stated. */
export async function withEmbedded<T>(work: (embedded: Embedded) => Promise<T>): Promise<T> {
  const engine = await startEngine();
  const { endpoint } = engine;
  try {
    await createTables(endpoint);
    await stateWorld(makeMetered(endpoint).call);
    return await work({ endpoint, keysFile, makeFunctions: () => makeMetered(endpoint) });
  } finally {
    await engine.stop();
  }
}
