import { type Bearer, bearers, fieldOf } from "../bearers.ts";
import type { Instant } from "../dates.ts";
import { type Fen, fen } from "../money.ts";
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
  readonly kind: "SETTLEMENT";
  readonly at: Instant;
  readonly hospitalCode: string;
  readonly settlementId: string;
  readonly total: Fen;
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

/** What the bearers owe the hospital for one settlement; the postings add up to its total. */
export function toLedgerEntry(settlement: Settlement): LedgerEntry {
  const destination = `hospital:${settlement.hospitalCode}`;
  const postings = bearers.flatMap((bearer): Posting[] => {
    const amount = settlement.allocation[fieldOf[bearer]];
    return amount === 0 ? [] : [{ source: accountOf(bearer, settlement), destination, amount }];
  });
  return {
    entryId: settlement.settlementId,
    kind: "SETTLEMENT",
    at: settlement.settledAt,
    hospitalCode: settlement.hospitalCode,
    settlementId: settlement.settlementId,
    total: settlement.total,
    postings,
  };
}

/** Whether every posting is non-negative and together they move the entry's total. */
export const isBalanced = (entry: LedgerEntry): boolean =>
  entry.postings.every(({ amount }) => amount >= 0) &&
  fen(entry.postings.reduce((sum, { amount }) => sum + amount, 0)) === entry.total;
