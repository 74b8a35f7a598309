import type { Policy } from "../catalogue/policy.ts";
import { toClaimEvent } from "../events/service-event.ts";
import { type Failure, failure } from "../failures.ts";
import { err, ok, type Result } from "../result.ts";
import { toNext } from "../visits/next-version.ts";
import { checkReversible, statusBefore, takenBackOf, type Visit } from "../visits/visit.ts";
import { type RestsOn, type SettlementFacts, toRecorded } from "./claim-facts.ts";
import type { Occasion } from "./decide-settlement.ts";
import { moveToEmployer } from "./employer-move.ts";
import { type LedgerEntry, toLedgerEntries } from "./ledger-entry.ts";
import { toRecoveryEntry } from "./recovery.ts";
import { toReversal } from "./settlement.ts";
import type { SettlementRecord } from "./settlement-record.ts";
import { voidBoth } from "./voiding.ts";

/** All that the reversal of a settlement is decided from. */
export interface ReversalInputs {
  readonly visit: Visit;
  readonly original: SettlementRecord;
  /** Why the lines that become unsettled could not be settled at once again. */
  readonly tooLarge: Failure | undefined;
  /** The case as it is on record, where the visit follows its employer once this settlement is gone. */
  readonly caseParties: RestsOn["caseParties"];
  /** Why, in the hospital's words. */
  readonly reason?: string | undefined;
  /** Where the message that made the settlement is cancelled: the policies that say when its month closes. */
  readonly policies?: readonly Policy[] | undefined;
}

/** Why a settlement cannot be reversed, whatever came after it; undefined where it can. */
export function checkReversal(visit: Visit, { settlement, number }: SettlementRecord): Failure | undefined {
  if (settlement.kind === "REVERSAL") return failure("SETTLEMENT_IS_REVERSAL");
  return checkReversible(visit, number);
}

/** What was to be recovered of the visit is no longer the fund's to ask for: its settlement is gone. */
const forgiven = ({ recoverable }: Visit, next: Visit): LedgerEntry[] =>
  recoverable === undefined ? [] : [toRecoveryEntry(next, recoverable, true)];

/**
 * Takes a settlement back by its counter-entry; the visit returns to the state before it. Where nothing of the fund is left, it
 * goes to the employer of its case, which may have been corrected since it was settled. Fails as `checkReversal` does, and where
 * its lines would be too many.
 */
export function decideReversal(
  inputs: ReversalInputs,
  { now, messageKey }: Occasion,
): Result<SettlementFacts, Failure> {
  const { visit: before, original, tooLarge, caseParties, reason, policies } = inputs;
  const refused = checkReversal(before, original) ?? tooLarge;
  if (refused !== undefined) return err(refused);
  const { employerUscc } = before;
  const number = before.settlementCount + 1;
  // A bill that left the fund may have gone over to another employer since.
  const settlement = toReversal({ ...original.settlement, employerUscc }, { number, at: now, reason });
  const next = toNext(before, now, {
    status: statusBefore(before),
    settlementCount: number,
    standing: before.standing.slice(0, -1),
    recoverable: undefined,
    takenBack: takenBackOf(before),
  });
  const change = { before: before.standing.at(-1), after: next.standing.at(-1) };
  const moved = moveToEmployer(next, caseParties?.employerUscc ?? employerUscc, now);
  const recorded = { settlement, number, lines: { takesBack: original }, used: undefined };
  return ok({
    before,
    visit: moved.visit,
    recorded: toRecorded(recorded, voidBoth(original.settlement, settlement, policies)),
    entries: [
      ...toLedgerEntries(settlement, change, messageKey),
      ...forgiven(before, next),
      ...moved.entries,
    ],
    events: [toClaimEvent("CLAIM_REVERSED", next, settlement), ...moved.events],
    restsOn: { caseParties },
  });
}
