import type { Policy } from "../catalogue/policy.ts";
import { type Day, dayOf } from "../dates.ts";
import { isMonthClosed } from "../messages/month-closing.ts";
import { isSettling } from "../visits/visit.ts";
import type { Settlement } from "./settlement.ts";

/** What the cancellation of a message (冲正) means for the reconciliation of its day. */
export interface Voiding {
  /** Settlements that count for neither side, as if they had never been. */
  readonly voided: readonly Settlement[];
  /** The day on which what takes the message back counts, where the month of the message is closed. */
  readonly countsOn: Day | undefined;
}

export const NOTHING_VOIDED: Voiding = { voided: [], countsOn: undefined };

/**
 * What a cancelled message recorded, and what takes it back, count for neither side when their days are reconciled. Once the
 * month of the message is closed its figures stay, and what takes it back counts on its own day. What waits for a decision or
 * left the fund is no part of any reconciliation. Without policies no message is cancelled.
 */
export function voidBoth(
  cancelled: Settlement,
  takesBack: Settlement,
  policies: readonly Policy[] | undefined,
): Voiding {
  const kind = cancelled.kind === "REVERSAL" ? takesBack.kind : cancelled.kind;
  if (policies === undefined || !isSettling(kind)) return NOTHING_VOIDED;
  const [on, today] = [dayOf(cancelled.settledAt), dayOf(takesBack.settledAt)];
  if (isMonthClosed(policies, on, today)) return { voided: [], countsOn: today };
  return { voided: [cancelled, takesBack], countsOn: undefined };
}
