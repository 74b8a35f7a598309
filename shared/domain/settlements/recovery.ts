import { settlementIdOf } from "../ids.ts";
import { type Fen, negate, ZERO_FEN } from "../money.ts";
import { settledAmounts, type Visit } from "../visits/visit.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { accountOwnedBy, type Posting } from "./posting.ts";

/** What the fund settled of a visit. */
export const fundPartOf = (visit: Visit): Fen => settledAmounts(visit)?.allocation.fund ?? ZERO_FEN;

/** What the fund is owed back of a visit by now. */
export const recoverableOf = ({ recoverable }: Visit): Fen => recoverable ?? ZERO_FEN;

/**
 * What the fund is owed back of a visit, because the recognition was revoked after it had settled; or, where
 * `isReversal`, that it no longer is. The settlement itself is not touched. `next` is the visit with its new version.
 */
export function toRecoveryEntry(next: Visit, amount: Fen, isReversal: boolean): LedgerEntry {
  const owed: Posting = { source: accountOwnedBy("recovery", next.caseNo), destination: "fund", amount };
  const forgiven: Posting = { source: owed.destination, destination: owed.source, amount };
  return {
    entryId: `${next.visitId}-v${next.version}-RECOVERY`,
    kind: isReversal ? "CLEARANCE" : "RECOVERY",
    at: next.updatedAt,
    hospitalCode: next.hospitalCode,
    employerUscc: next.employerUscc,
    caseNo: next.caseNo,
    visitId: next.visitId,
    settlementId: settlementIdOf(next.visitId, next.settlementCount),
    total: isReversal ? negate(amount) : amount,
    postings: [isReversal ? forgiven : owed],
  };
}
