import type { ChargeLine } from "../charges/charge-line.ts";
import { isOutsideVisit } from "../charges/check-lines.ts";
import { dayOf, type Instant } from "../dates.ts";
import type { Fault } from "../failures.ts";
import { futureDays } from "../future-days.ts";
import type { Visit } from "./visit.ts";

/** Everything that is wrong with the time at which a stay is said to have ended: it is not over, or leaves lines behind. */
export function checkDischargeTime(
  { admittedAt, injuredOn }: Visit,
  lines: readonly ChargeLine[],
  dischargedAt: Instant,
  now: Instant,
): Fault[] {
  const pointer = "/dischargedAt";
  const dischargedOn = dayOf(dischargedAt);
  const faults: Fault[] = futureDays({ [pointer]: dischargedOn }, now);
  const limits = { injuredOn, admittedOn: dayOf(admittedAt), dischargedOn };
  if (dischargedAt < admittedAt) faults.push({ pointer, code: "DISCHARGED_BEFORE_ADMISSION" });
  else if (lines.some((line) => isOutsideVisit(line, limits)))
    faults.push({ pointer, code: "SERVICE_DATE_OUTSIDE_VISIT" });
  return faults;
}
