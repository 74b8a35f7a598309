import { type Allocation, type Bearer, bearers, fieldOf } from "../bearers.ts";
import type { Instant } from "../dates.ts";
import { type Fen, fen, negate } from "../money.ts";
import type { Settlement } from "./settlement.ts";

/** One movement of a non-negative amount from one account to another. */
export interface Posting {
  readonly source: string;
  readonly destination: string;
  readonly amount: Fen;
}

/** One balanced entry of the ledger; nothing is ever edited, a reversal is a new entry that points back. */
export interface LedgerEntry {
  readonly entryId: string;
  readonly kind: "SETTLEMENT" | "REVERSAL";
  readonly at: Instant;
  readonly hospitalCode: string;
  readonly visitId: string;
  readonly settlementId: string;
  /** The hospital's message that it was recorded for. */
  readonly messageKey?: string | undefined;
  /** The entry that this one takes back. */
  readonly reverses?: string | undefined;
  /** Negative for a reversal, like its settlement. */
  readonly total: Fen;
  readonly allocation: Allocation;
  readonly postings: readonly Posting[];
}

/** The account that a bearer pays from. */
function accountOf(bearer: Bearer, settlement: Settlement): string {
  switch (bearer) {
    case "FUND":
      return "fund";
    case "EMPLOYER":
      return `employer:${settlement.employerUscc}`;
    case "HOSPITAL":
      return `hospital-borne:${settlement.hospitalCode}`;
    case "THIRD_PARTY":
      return `third-party:${settlement.caseNo}`;
    case "OTHER_INSURER":
      return "other-insurer";
    case "PERSONAL":
      return `worker:${settlement.caseNo}`;
  }
}

/**
 * What the bearers owe the hospital for one settlement, from each bearer's account to the hospital's; for a
 * reversal the same amounts go back. The postings add up to the total, taken positive.
 */
export function toLedgerEntry(settlement: Settlement, messageKey?: string): LedgerEntry {
  const isReversal = settlement.kind === "REVERSAL";
  const hospital = `hospital:${settlement.hospitalCode}`;
  const postings = bearers.flatMap((bearer): Posting[] => {
    const part = settlement.allocation[fieldOf[bearer]];
    const account = accountOf(bearer, settlement);
    if (part === 0) return [];
    return isReversal
      ? [{ source: hospital, destination: account, amount: negate(part) }]
      : [{ source: account, destination: hospital, amount: part }];
  });
  const { settlementId, settledAt, hospitalCode, visitId, reverses, total, allocation } = settlement;
  return {
    entryId: settlementId,
    kind: isReversal ? "REVERSAL" : "SETTLEMENT",
    at: settledAt,
    hospitalCode,
    visitId,
    settlementId,
    messageKey,
    reverses,
    total,
    allocation,
    postings,
  };
}

/** Whether every posting is non-negative and together they move the entry's total. */
export const isBalanced = ({ kind, total, postings }: LedgerEntry): boolean =>
  postings.every(({ amount }) => amount >= 0) &&
  fen(postings.reduce((sum, { amount }) => sum + amount, 0)) ===
    (kind === "REVERSAL" ? negate(total) : total);
