import { type Amounts, isEqualAmounts } from "../amounts.ts";
import type { Day } from "../dates.ts";
import { type Fen, fen } from "../money.ts";
import type { ReconciledKind } from "./day-totals.ts";
import type { DetailRow } from "./statement.ts";

export const causes = [
  "MISSING_AT_HOSPITAL",
  "MISSING_AT_FUND",
  "AMOUNT_DIFFERS",
  "REVERSED_AT_ONE_SIDE",
  "DUPLICATE_AT_HOSPITAL",
  "OTHER_DAY",
] as const;
export type Cause = (typeof causes)[number];

export const remedies = [
  /** The fund has it, the hospital does not: record it, or cancel the message. */
  "RECORD_OR_CANCEL",
  /** The same where no message of the hospital's made it. */
  "RECORD_OR_REVERSE",
  /** The hospital has it, the fund does not: post the message again under its key. */
  "REPOST_MESSAGE",
  /** The same where the hospital names no message. */
  "SETTLE_OR_REMOVE",
  "CORRECT_AMOUNTS",
  "REMOVE_DUPLICATE",
  "COUNT_ON_DAY",
  /** The fund reversed, the hospital did not: record the reversal. */
  "RECORD_REVERSAL",
  /** The hospital reversed, the fund did not: reverse the settlement, or take the reversal out of the books. */
  "REVERSE_OR_CANCEL",
  /** The message was cancelled (冲正) and counts for neither side. */
  "REMOVE_CANCELLED",
] as const;
export type Remedy = (typeof remedies)[number];

/** What mends a difference, down to the message to cancel or to post again. */
export interface Action {
  readonly do: Remedy;
  readonly messageKey?: string | undefined;
  readonly settlementId?: string | undefined;
  readonly day?: Day | undefined;
}

/** A settlement or reversal in the fund's ledger that counts: its message was not cancelled. */
export interface FundEntry extends Amounts {
  readonly kind: ReconciledKind;
  readonly settlementId: string;
  readonly visitId: string;
  readonly messageKey?: string | undefined;
  /** On a reversal: the settlement that it takes back. */
  readonly reverses?: string | undefined;
}

/** What the fund knows of a hospital's row that matches nothing on the day. */
export type Elsewhere =
  | { readonly kind: "NOWHERE" }
  | { readonly kind: "CANCELLED"; readonly settlementId?: string | undefined }
  | { readonly kind: "OTHER_DAY"; readonly day: Day; readonly settlementId: string };

/** One settlement or reversal as both sides have it, or one of them. */
export type Pair =
  | { readonly kind: "MATCHED"; readonly row: DetailRow; readonly entry: FundEntry }
  | { readonly kind: "REPEATED"; readonly row: DetailRow; readonly entry?: FundEntry | undefined }
  | { readonly kind: "ONLY_HOSPITAL"; readonly row: DetailRow; readonly elsewhere: Elsewhere }
  | { readonly kind: "ONLY_FUND"; readonly entry: FundEntry };

/** One row of a list of differences. */
export interface Difference {
  readonly cause: Cause;
  readonly kind: ReconciledKind;
  readonly settlementId?: string | undefined;
  readonly messageKey?: string | undefined;
  readonly visitId?: string | undefined;
  readonly hospitalVisitNo?: string | undefined;
  readonly hospital?: Amounts | undefined;
  readonly fund?: Amounts | undefined;
  readonly action: Action;
}

const amountsOf = ({ total, allocation }: Amounts): Amounts => ({ total, allocation });

function describe(row: DetailRow | undefined, entry: FundEntry | undefined) {
  return {
    settlementId: entry?.settlementId ?? row?.settlementId,
    messageKey: entry?.messageKey ?? row?.messageKey,
    visitId: entry?.visitId ?? row?.visitId,
    hospitalVisitNo: row?.hospitalVisitNo,
    hospital: row === undefined ? undefined : amountsOf(row),
    fund: entry === undefined ? undefined : amountsOf(entry),
  };
}

function differenceAtFund(entry: FundEntry): Difference {
  const { kind, messageKey, settlementId } = entry;
  const rest = { kind, ...describe(undefined, entry) };
  if (kind === "REVERSAL") {
    const action: Action = { do: "RECORD_REVERSAL", messageKey, settlementId: entry.reverses };
    return { cause: "REVERSED_AT_ONE_SIDE", ...rest, action };
  }
  const remedy = messageKey === undefined ? "RECORD_OR_REVERSE" : "RECORD_OR_CANCEL";
  return { cause: "MISSING_AT_HOSPITAL", ...rest, action: { do: remedy, messageKey, settlementId } };
}

/** What a hospital can do about a row that the fund has nowhere. */
function remedyFor({ kind, messageKey }: DetailRow): Remedy {
  if (messageKey !== undefined) return "REPOST_MESSAGE";
  return kind === "SETTLEMENT" ? "SETTLE_OR_REMOVE" : "REVERSE_OR_CANCEL";
}

function differenceAtHospital(row: DetailRow, elsewhere: Elsewhere): Difference {
  const { kind, messageKey, settlementId } = row;
  const rest = { kind, ...describe(row, undefined) };
  switch (elsewhere.kind) {
    case "CANCELLED": {
      const named = { messageKey, settlementId: elsewhere.settlementId ?? settlementId };
      return { cause: "REVERSED_AT_ONE_SIDE", ...rest, action: { do: "REMOVE_CANCELLED", ...named } };
    }
    case "OTHER_DAY": {
      const found = { messageKey, settlementId: elsewhere.settlementId };
      const action: Action = { do: "COUNT_ON_DAY", ...found, day: elsewhere.day };
      return { cause: "OTHER_DAY", ...rest, ...found, action };
    }
    case "NOWHERE": {
      const cause = kind === "SETTLEMENT" ? "MISSING_AT_FUND" : "REVERSED_AT_ONE_SIDE";
      return { cause, ...rest, action: { do: remedyFor(row), messageKey, settlementId } };
    }
  }
}

/** In what the two sides of a pair differ, and what mends it; undefined where they agree. */
export function findDifference(pair: Pair): Difference | undefined {
  switch (pair.kind) {
    case "MATCHED": {
      const { row, entry } = pair;
      if (isEqualAmounts(row, entry)) return undefined;
      const { kind, messageKey, settlementId } = entry;
      const action: Action = { do: "CORRECT_AMOUNTS", messageKey, settlementId };
      return { cause: "AMOUNT_DIFFERS", kind, ...describe(row, entry), action };
    }
    case "REPEATED": {
      const { row, entry } = pair;
      const named = describe(row, entry);
      const { messageKey, settlementId } = named;
      const action: Action = { do: "REMOVE_DUPLICATE", messageKey, settlementId };
      return { cause: "DUPLICATE_AT_HOSPITAL", kind: row.kind, ...named, action };
    }
    case "ONLY_HOSPITAL":
      return differenceAtHospital(pair.row, pair.elsewhere);
    case "ONLY_FUND":
      return differenceAtFund(pair.entry);
  }
}

/** How many differences have each cause. */
export type CauseCounts = Readonly<Record<Cause, number>>;

export const NO_CAUSES: CauseCounts = {
  MISSING_AT_HOSPITAL: 0,
  MISSING_AT_FUND: 0,
  AMOUNT_DIFFERS: 0,
  REVERSED_AT_ONE_SIDE: 0,
  DUPLICATE_AT_HOSPITAL: 0,
  OTHER_DAY: 0,
};

/** Differences of one comparison that are listed one by one; of more, the rest is summed up: who reads 20,000 of them? */
export const MAX_LISTED = 20_000;

/** What of the differences with one cause is not listed: how many, and what either side has for them. */
export interface Unlisted {
  readonly cause: Cause;
  readonly count: number;
  readonly hospital: Fen;
  readonly fund: Fen;
}

/** The same with one difference more. */
export function addUnlisted(before: Unlisted | undefined, { cause, hospital, fund }: Difference): Unlisted {
  return {
    cause,
    count: (before?.count ?? 0) + 1,
    hospital: fen((before?.hospital ?? 0) + (hospital?.total ?? 0)),
    fund: fen((before?.fund ?? 0) + (fund?.total ?? 0)),
  };
}

export const totalCount = (counts: CauseCounts): number =>
  causes.reduce((sum, cause) => sum + counts[cause], 0);
