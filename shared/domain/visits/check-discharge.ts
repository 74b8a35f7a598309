import { dayOf, type Instant } from "../dates.ts";
import type { Fault } from "../failures.ts";
import { futureDays } from "../future-days.ts";
import type { ChargeLine } from "./charge-line.ts";
import { daysOf, isOutsideVisit } from "./check-lines.ts";
import type { Visit } from "./visit.ts";

/**
 * Everything that is wrong with the time at which a stay is said to have ended: it is not over, or leaves lines behind, of
 * which the latest is named.
 */
export function checkDischargeTime(
  { admittedAt, injuredOn }: Visit,
  lines: readonly ChargeLine[],
  dischargedAt: Instant,
  now: Instant,
): Fault[] {
  const pointer = "/dischargedAt";
  const dischargedOn = dayOf(dischargedAt);
  const faults = futureDays({ [pointer]: dischargedOn }, now);
  const limits = { injuredOn, admittedOn: dayOf(admittedAt), dischargedOn };
  if (dischargedAt < admittedAt) {
    const expected = { kind: "DAYS", on: dischargedOn, from: limits.admittedOn } as const;
    return [...faults, { pointer, code: "DISCHARGED_BEFORE_ADMISSION", expected }];
  }
  const outside = lines.filter((line) => isOutsideVisit(line, limits));
  const last = outside.toSorted((a, b) => (a.serviceAt < b.serviceAt ? -1 : 1)).at(-1);
  if (last === undefined) return faults;
  const { lineNo, serviceAt } = last;
  const expected = { kind: "DAYS", on: dayOf(serviceAt), lineNo, ...daysOf(limits) } as const;
  return [...faults, { pointer, code: "SERVICE_DATE_OUTSIDE_VISIT", expected }];
}
