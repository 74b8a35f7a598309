import type { Day, Period } from "../dates.ts";
import type { Price } from "../money.ts";
import type { PeriodChange } from "./catalogue-changes.ts";

export const catalogueWarningCodes = [
  "CAP_ZERO",
  "CAP_TEN_TIMES",
  "CAP_A_TENTH",
  "CAP_REMOVED",
  "CODE_LOOKS_LIKE_ANOTHER",
  "NO_LONGER_PAYABLE",
  "PAST_DAYS_REPRICED",
  "DEFERRED_CLAIMS_REPRICED",
] as const;

/** What may be meant, and more often is not: somebody should look at it before it is stated. */
export interface CatalogueWarning {
  readonly code: (typeof catalogueWarningCodes)[number];
  /** First day of the period that is meant, where it is one. */
  readonly from?: Day;
}

const TIMES = 10;

function warnOfCap(before: Price | undefined, after: Price): CatalogueWarning["code"] | undefined {
  if (after === 0) return "CAP_ZERO";
  if (before === undefined || before === 0) return undefined;
  if (after >= before * TIMES) return "CAP_TEN_TIMES";
  return after * TIMES <= before ? "CAP_A_TENTH" : undefined;
}

/** What is strange about the caps that a change brings, each code once. */
export function warnOfCaps({ before, after }: PeriodChange): CatalogueWarning[] {
  if (after === undefined) return [];
  const { from, caps } = after;
  if (caps === null)
    return before !== undefined && before.caps !== null ? [{ code: "CAP_REMOVED", from }] : [];
  const codes = (["1", "2", "3"] as const)
    .map((tier) => warnOfCap(before?.caps?.[tier], caps[tier]))
    .filter((code) => code !== undefined);
  return [...new Set(codes)].map((code) => ({ code, from }));
}

/** What is strange about the caps of all changes, each code once for a first day. */
export function warnOfAllCaps(changes: readonly PeriodChange[]): CatalogueWarning[] {
  const warnings = changes.flatMap(warnOfCaps);
  return warnings.filter(
    ({ code, from }, place) =>
      warnings.findIndex((other) => other.code === code && other.from === from) === place,
  );
}

/** The days on which the lines of a waiting bill can lie. */
export interface WaitingBill {
  readonly from: Day;
  readonly to: Day;
}

const meet = (days: Period, { from, to }: WaitingBill): boolean =>
  days.from <= to && (days.to === null || from <= days.to);

/** How many waiting bills have days among those that are repriced. */
export const countConcerned = (repriced: readonly Period[], waiting: readonly WaitingBill[]): number =>
  repriced.length === 0 ? 0 : waiting.filter((bill) => repriced.some((days) => meet(days, bill))).length;

/** Whether days that have come already are repriced: bills of stays that are still open may have lines on them. */
export const isPastRepriced = (repriced: readonly Period[], today: Day): boolean =>
  repriced.some(({ from }) => from <= today);
