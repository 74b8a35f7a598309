import type { CataloguePeriod } from "../catalogue/catalogue.ts";
import { type Day, dayOf } from "../dates.ts";
import { type Quantity, quantity } from "../money.ts";
import type { NetLine } from "./net-lines.ts";

/** How much of an item's limits was used up on a day by lines that were settled before. */
export interface UsedQuantity {
  readonly itemCode: string;
  readonly on: Day;
  readonly quantity: Quantity;
}

/** A line that the catalogue covers, under the period of its service day. */
export interface CoveredLine {
  readonly line: NetLine;
  readonly period: CataloguePeriod;
  /** Its quantity, less what the limits do not leave for it. */
  allowed: Quantity;
}

/** By service time, then by line number in the order of code points (line numbers are ASCII). */
function compareByService(a: CoveredLine, b: CoveredLine): number {
  const [first, second] = [a.line.original, b.line.original];
  if (first.serviceAt !== second.serviceAt) return first.serviceAt < second.serviceAt ? -1 : 1;
  return first.lineNo < second.lineNo ? -1 : 1;
}

/**
 * Lowers what is allowed of each covered line of one item to what the limits per day and per visit leave, used up
 * in the order of service, after what earlier settlements of the visit used up of the same item.
 */
export function useUpLimits(linesOfItem: readonly CoveredLine[], usedBefore: readonly UsedQuantity[]): void {
  const usedOn = new Map<Day, number>();
  let usedInVisit = 0;
  for (const used of usedBefore) {
    usedOn.set(used.on, (usedOn.get(used.on) ?? 0) + used.quantity);
    usedInVisit += used.quantity;
  }
  for (const covered of linesOfItem.toSorted(compareByService)) {
    const { line, period } = covered;
    const on = dayOf(line.original.serviceAt);
    const usedToday = usedOn.get(on) ?? 0;
    const leftToday = (period.maxPerDay ?? Number.POSITIVE_INFINITY) - usedToday;
    const leftInVisit = (period.maxPerVisit ?? Number.POSITIVE_INFINITY) - usedInVisit;
    covered.allowed = quantity(Math.max(0, Math.min(line.quantity, leftToday, leftInVisit)));
    usedOn.set(on, usedToday + covered.allowed);
    usedInVisit += covered.allowed;
  }
}

/** What covered lines used up, by item and day: what a later settlement of the visit has to count in. */
export function sumUsed(lines: Iterable<CoveredLine>): UsedQuantity[] {
  const sums = new Map<string, UsedQuantity>();
  for (const { line, allowed } of lines) {
    const { itemCode, serviceAt } = line.original;
    const on = dayOf(serviceAt);
    const key = `${on} ${itemCode}`;
    sums.set(key, { itemCode, on, quantity: quantity((sums.get(key)?.quantity ?? 0) + allowed) });
  }
  return [...sums.values()];
}
