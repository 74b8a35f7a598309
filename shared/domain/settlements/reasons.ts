import type { Bearer } from "../bearers.ts";
import { type Fen, fen } from "../money.ts";

/** Why a part of a line is not the fund's. */
export const reasonCodes = [
  "CASE_NOT_RECOGNISED",
  "ITEM_UNKNOWN",
  "NOT_IN_CATALOGUE",
  "OVER_PRICE_CAP",
  "OVER_QUANTITY_LIMIT",
  "PARTLY_COVERED",
  "RESTRICTION_NOT_MET",
  "UNRELATED_TO_INJURY",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: ReasonCode;
  readonly bearer: Bearer;
  readonly amount: Fen;
}

/** Adds reasons up by code and bearer, sorted by both, so that the same bill gives the same text. */
export function sumReasons(reasons: Iterable<Reason>): Reason[] {
  const sums = new Map<string, Reason>();
  for (const reason of reasons) {
    const key = `${reason.code} ${reason.bearer}`;
    const known = sums.get(key);
    sums.set(key, known === undefined ? reason : { ...reason, amount: fen(known.amount + reason.amount) });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => reason);
}
