import { type Day, dayOf } from "../dates.ts";
import { type Quantity, quantity } from "../money.ts";
import type { CataloguePeriod } from "../registry/catalogue.ts";
import type { NetLine } from "./net-lines.ts";

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
 * in the order of service.
 */
export function useUpLimits(linesOfItem: readonly CoveredLine[]): void {
  const usedOn = new Map<Day, number>();
  let usedInVisit = 0;
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
