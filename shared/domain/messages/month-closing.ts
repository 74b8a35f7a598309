import { findPolicy, type Policy } from "../catalogue/policy.ts";
import { addDays, type Day, day, monthOf } from "../dates.ts";

/** A district that has stated none takes until the 5th to reconcile a month. */
const CLOSES_ON = 5;
/** A day that every month has, and how far the next month is from it at most. */
const [IN_EVERY_MONTH, TO_NEXT_MONTH] = ["28", 4];

/**
 * Whether the month of a day is closed by `today`: it is over, and the time that reconciliation has for it is too, by
 * the policy that was in force on that day. From then on its figures no longer change.
 */
export function isMonthClosed(policies: readonly Policy[], on: Day, today: Day): boolean {
  const next = monthOf(addDays(day(`${monthOf(on)}-${IN_EVERY_MONTH}`), TO_NEXT_MONTH));
  const closesOn = findPolicy(policies, on)?.monthClosesOn ?? CLOSES_ON;
  return today > day(`${next}-${String(closesOn).padStart(2, "0")}`);
}
