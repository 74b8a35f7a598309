import type { ServiceEvent } from "../events/service-event.ts";
import type { InjuryCase } from "../registry/injury-case.ts";
import { type SummaryCell, summaryCellOf } from "../reports/settlement-summary.ts";
import type { Visit, VisitDetails } from "../visits/visit.ts";
import type { LineAllocation } from "./allocate-line.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import type { UsedQuantity } from "./quantity-limits.ts";
import type { Settlement } from "./settlement.ts";
import type { SettlementRecord } from "./settlement-record.ts";
import { NOTHING_VOIDED, type Voiding } from "./voiding.ts";

/** A settlement, reversal or restored settlement that is recorded. */
export interface RecordedSettlement {
  readonly settlement: Settlement;
  /** New within the visit. */
  readonly number: number;
  /** Lines of its own; or the settlement that it takes back, whose lines are its lines too. */
  readonly lines: { readonly own: readonly LineAllocation[] } | { readonly takesBack: SettlementRecord };
  /** Of an interim settlement: what later ones of the visit count in. */
  readonly used: readonly UsedQuantity[] | undefined;
  /** Undefined where nothing of it is the fund's. */
  readonly summaryCell: SummaryCell | undefined;
  readonly voiding: Voiding;
}

/** What must still hold when the facts are written: a statement in between must not be passed by. */
export interface RestsOn {
  /** The case is as it was read. */
  readonly caseAsRead?: InjuryCase | undefined;
  /** The case is of this worker and this employer, and stays theirs. */
  readonly caseParties?: Pick<InjuryCase, "caseNo" | "workerId" | "employerUscc"> | undefined;
}

/**
 * What a decision about a visit makes true. All of it is written in one transaction, or nothing; what follows from the
 * difference of `before` and `visit` (whose claim it is, which case it is filed under) is written with it.
 */
export interface ClaimFacts {
  /** The visit that was decided on; nobody may have changed it since. */
  readonly before: Visit;
  readonly visit: Visit;
  /** Where they change. */
  readonly details?: VisitDetails | undefined;
  readonly recorded?: RecordedSettlement | undefined;
  readonly entries: readonly LedgerEntry[];
  readonly events: readonly ServiceEvent[];
  readonly restsOn: RestsOn;
}

/** The facts of a decision that records a settlement. */
export interface SettlementFacts extends ClaimFacts {
  readonly recorded: RecordedSettlement;
}

/** The facts of a decision that records none, and touches no summary. */
export interface FactsWithoutSettlement extends ClaimFacts {
  readonly recorded?: undefined;
}

/** A settlement as it is recorded, with its row of the summaries. */
export const toRecorded = (
  recorded: Omit<RecordedSettlement, "summaryCell" | "voiding">,
  voiding: Voiding = NOTHING_VOIDED,
): RecordedSettlement => ({ ...recorded, summaryCell: summaryCellOf(recorded.settlement), voiding });
