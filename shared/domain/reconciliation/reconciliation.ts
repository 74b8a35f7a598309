import { type Day, day } from "../dates.ts";
import { type DayTotals, isEqualDay } from "./day-totals.ts";

/** What is on record of a round of reconciling a hospital's day. */
export const roundStatuses = ["AGREED", "DIFFERS", "COMPARING", "COMPARED", "FAILED"] as const;
export type RoundStatus = (typeof roundStatuses)[number];

/** The same as it is seen now: what agreed may have been altered by later cancellations and settlements. */
export const reconciliationStatuses = [...roundStatuses, "CHANGED_SINCE"] as const;
export type ReconciliationStatus = (typeof reconciliationStatuses)[number];

/** A hospital's day as finance sees it at a glance. */
export const dayStatuses = ["NOT_POSTED", "DIFFERS", "COMPARED", "AGREED", "CHANGED_SINCE"] as const;
export type DayStatus = (typeof dayStatuses)[number];

/** What the hospital counted and the fund counts, with what is on record about the two. */
export interface Reconciled {
  readonly status: RoundStatus;
  readonly hospital: DayTotals;
}

/** Whether the two sides still agree is asked of the fund's totals as they are now. */
export function statusOf({ status, hospital }: Reconciled, fundNow: DayTotals): ReconciliationStatus {
  return status === "AGREED" && !isEqualDay(hospital, fundNow) ? "CHANGED_SINCE" : status;
}

/** The same for finance, to whom a comparison that is under way or failed is a day that differs. */
export function dayStatusOf(reconciled: Reconciled | undefined, fundNow: DayTotals): DayStatus {
  if (reconciled === undefined) return "NOT_POSTED";
  const status = statusOf(reconciled, fundNow);
  return status === "COMPARING" || status === "FAILED" ? "DIFFERS" : status;
}

/** `<date>` for the first round of a hospital's day, `<date>-<round>` for the ones after it. */
export const reconciliationIdOf = (on: Day, round: number): string => (round === 1 ? on : `${on}-${round}`);

/** A reconciliation's id taken apart; undefined for any other text. */
export function parseReconciliationId(id: string): { readonly day: Day; readonly round: number } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:-([1-9]\d{0,4}))?$/.exec(id);
  if (match?.[1] === undefined || match[2] === "1") return undefined;
  try {
    return { day: day(match[1]), round: Number(match[2] ?? 1) };
  } catch {
    return undefined;
  }
}
