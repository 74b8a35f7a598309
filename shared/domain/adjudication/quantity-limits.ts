import { type Day, dayOf } from "../dates.ts";
import { type Quantity, quantity } from "../money.ts";
import type { CataloguePeriod } from "../registry/catalogue.ts";
import type { NetLine } from "./net-lines.ts";

export interface CoveredLine {
  readonly line: NetLine;
  readonly period: CataloguePeriod;
}

/** By service time, then by line number in the order of code points (line numbers are ASCII). */
function compareByService(a: CoveredLine, b: CoveredLine): number {
  const [first, second] = [a.line.original, b.line.original];
  if (first.serviceAt !== second.serviceAt) return first.serviceAt < second.serviceAt ? -1 : 1;
  return first.lineNo < second.lineNo ? -1 : 1;
}

/**
 * How much of each covered line of one item the limits per day and per visit leave, used up in the order of
 * service. Returns the allowed quantity by line.
 */
export function useUpLimits(linesOfItem: readonly CoveredLine[]): Map<NetLine, Quantity> {
  const allowedOf = new Map<NetLine, Quantity>();
  const usedOn = new Map<Day, number>();
  let usedInVisit = 0;
  for (const { line, period } of [...linesOfItem].sort(compareByService)) {
    const on = dayOf(line.original.serviceAt);
    const usedToday = usedOn.get(on) ?? 0;
    const leftToday = (period.maxPerDay ?? Number.POSITIVE_INFINITY) - usedToday;
    const leftInVisit = (period.maxPerVisit ?? Number.POSITIVE_INFINITY) - usedInVisit;
    const allowed = quantity(Math.max(0, Math.min(line.quantity, leftToday, leftInVisit)));
    allowedOf.set(line, allowed);
    usedOn.set(on, usedToday + allowed);
    usedInVisit += allowed;
  }
  return allowedOf;
}
