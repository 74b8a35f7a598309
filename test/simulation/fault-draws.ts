import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import type { Fault } from "./faulty-client.ts";

const faultsOfWrites: readonly Fault[] = [
  "THROTTLED",
  "CONFLICT",
  "CONFLICT",
  "TIMED_OUT_BEFORE",
  "LOST_AFTER",
  "LOST_AFTER",
  "CRASHED_BEFORE",
  "CRASHED_AFTER",
];
const faultsOfReads: readonly Fault[] = ["THROTTLED", "TIMED_OUT_BEFORE", "LOST_AFTER", "CRASHED_BEFORE"];

/** How often a store call meets a fault: each history has its own kind of day. */
const rates = [0.02, 0.08, 0.25, 0] as const;

/** The fault that strikes a call, if one does. */
export function drawFault(seed: number, random: SeededRandom, command: string): Fault | undefined {
  const rate = rates[seed % rates.length] ?? 0;
  if (!random.chance(rate)) return undefined;
  if (command === "TransactWriteCommand") return random.pick(faultsOfWrites);
  if (command === "QueryCommand" && random.chance(0.5)) return "SHORT_PAGE";
  if (command === "BatchGetCommand" && random.chance(0.5)) return "UNPROCESSED";
  return random.pick(faultsOfReads);
}
