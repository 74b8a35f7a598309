import type { ConsumedCapacity, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { bytesWritten } from "./item-size.ts";

interface Call {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly tableUnits: number;
}

export interface Metered {
  /** Waves of calls that had to wait for the wave before: what latency is made of. */
  readonly roundTrips: number;
  readonly calls: number;
  /** Of base tables, without the arms of their indexes. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Of the items and values that were written, as the store counts them. */
  readonly storedBytes: number;
}

export interface CapacityMeter {
  /** What an operation costs. */
  readonly measure: (work: () => Promise<unknown>) => Promise<Metered>;
}

const Request = z.object({ body: z.instanceof(Uint8Array) });
const Capacity = z.object({ ConsumedCapacity: z.optional(z.union([z.array(z.any()), z.any()])) });

const tableUnitsOf = (output: unknown): number => {
  const capacity = Capacity.parse(output).ConsumedCapacity;
  const each: ConsumedCapacity[] = capacity === undefined ? [] : [capacity].flat();
  return each.reduce(
    (units, { Table, CapacityUnits }) => units + (Table?.CapacityUnits ?? CapacityUnits ?? 0),
    0,
  );
};

const isWrite = (commandName: string): boolean => /Write|Put|Update|Delete/.test(commandName);

/** Calls that overlap in time are one wave; a call that starts after all others have ended begins the next one. */
function countWaves(calls: readonly Call[]): number {
  let waves = 0;
  let waveEndsAt = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt } of [...calls].sort((a, b) => a.startedAt - b.startedAt)) {
    if (startedAt >= waveEndsAt) waves += 1;
    waveEndsAt = Math.max(waveEndsAt, endedAt);
  }
  return waves;
}

/** Asks for the consumed capacity of every call of a client, and measures operations by it. */
export function meterCapacity(client: Pick<DynamoDBClient, "middlewareStack">): CapacityMeter {
  let reads: Call[] = [];
  let writes: Call[] = [];
  let storedBytes = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const startedAt = performance.now();
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "INDEXES" } });
      const call = { startedAt, endedAt: performance.now(), tableUnits: tableUnitsOf(result.output) };
      (isWrite(context.commandName ?? "") ? writes : reads).push(call);
      return result;
    },
    { step: "initialize", name: "capacityMeter", priority: "low" },
  );
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        if (isWrite(commandName))
          storedBytes += bytesWritten(Buffer.from(Request.parse(args.request).body).toString("utf8"));
        return next(args);
      },
    { step: "finalizeRequest", name: "writtenBytes", priority: "low" },
  );
  const sum = (calls: readonly Call[]): number =>
    calls.reduce((units, { tableUnits }) => units + tableUnits, 0);
  return {
    measure: async (work) => {
      [reads, writes, storedBytes] = [[], [], 0];
      await work();
      const all = [...reads, ...writes];
      return {
        roundTrips: countWaves(all),
        calls: all.length,
        writeUnits: sum(writes),
        readUnits: sum(reads),
        storedBytes,
      };
    },
  };
}
