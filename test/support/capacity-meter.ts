import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";

/** What a piece of work cost at DynamoDB, as the engine's own answers say. */
export interface Consumption {
  readonly requests: number;
  /** Requests that had to wait for each other: the longest chain in which each began after another had ended. */
  readonly roundTrips: number;
  readonly readUnits: number;
  /** Of the tables; a transaction's writes count twice, as they are paid. */
  readonly writeUnits: number;
  /** Of the tables' indexes, besides `writeUnits`. */
  readonly indexWriteUnits: number;
}

export interface CapacityMeter {
  /** Counts all that the client sends while `work` runs; one piece of work at a time. */
  readonly measure: <T>(work: () => Promise<T>) => Promise<{ readonly value: T; readonly used: Consumption }>;
}

const Units = z.object({ CapacityUnits: z.number() });
const Consumed = z.object({ Table: Units, GlobalSecondaryIndexes: z.optional(z.record(z.string(), Units)) });
const Output = z.object({ ConsumedCapacity: z.union([z.array(Consumed), z.pipe(Consumed, z.transform(listOf))]) });

function listOf<T>(one: T): T[] {
  return [one];
}

const READS = new Set(["GetItemCommand", "BatchGetItemCommand", "QueryCommand", "TransactGetItemsCommand"]);

const NOTHING: Consumption = { requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0, indexWriteUnits: 0 };

const sum = (units: Iterable<{ CapacityUnits: number }>): number =>
  [...units].reduce((total, { CapacityUnits }) => total + CapacityUnits, 0);

function add(used: Consumption, command: string, output: unknown, depth: number): Consumption {
  const consumed = z.parse(Output, output).ConsumedCapacity;
  const ofTables = sum(consumed.map(({ Table }) => Table));
  const ofIndexes = sum(consumed.flatMap((each) => Object.values(each.GlobalSecondaryIndexes ?? {})));
  const isRead = READS.has(command);
  return {
    requests: used.requests + 1,
    roundTrips: Math.max(used.roundTrips, depth),
    readUnits: used.readUnits + (isRead ? ofTables + ofIndexes : 0),
    writeUnits: used.writeUnits + (isRead ? 0 : ofTables),
    indexWriteUnits: used.indexWriteUnits + (isRead ? 0 : ofIndexes),
  };
}

/** Asks the engine, with every request of this client, what the request consumes. */
export function makeCapacityMeter(client: Pick<DynamoDBDocumentClient, "middlewareStack">): CapacityMeter {
  let used = NOTHING;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const depth = used.roundTrips + 1;
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "INDEXES" } });
      used = add(used, String(context.commandName), result.output, depth);
      return result;
    },
    { step: "initialize", name: "capacityMeter" },
  );
  return {
    measure: async (work) => {
      used = NOTHING;
      const value = await work();
      return { value, used };
    },
  };
}
