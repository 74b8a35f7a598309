import type { Policy } from "../catalogue/policy.ts";
import { toClaimEvent } from "../events/service-event.ts";
import { type Failure, failure } from "../failures.ts";
import { err, ok, type Result } from "../result.ts";
import type { ChargeLine } from "../visits/charge-line.ts";
import { lastServiceDay } from "../visits/check-lines.ts";
import { toNext } from "../visits/next-version.ts";
import {
  isSettling,
  revisionOf,
  type StandingSettlement,
  statusAfter,
  type TakenBack,
  type Visit,
} from "../visits/visit.ts";
import { type SettlementFacts, toRecorded } from "./claim-facts.ts";
import type { Occasion } from "./decide-settlement.ts";
import { moveToEmployer } from "./employer-move.ts";
import { toLedgerEntries } from "./ledger-entry.ts";
import type { UsedQuantity } from "./quantity-limits.ts";
import { toRestored } from "./settlement.ts";
import type { SettlementRecord } from "./settlement-record.ts";
import { voidBoth } from "./voiding.ts";

/** What a reversal keeps for its own cancellation. */
export interface ReversedState {
  /** Of the visit once it was reversed, counted without marks (`revisionOf`). */
  readonly version: number;
  /** The settlement as it stood. */
  readonly standing: StandingSettlement;
  readonly takenBack?: TakenBack | undefined;
  /** Whose the visit was once the settlement was reversed. */
  readonly employerUscc?: string | undefined;
}

/** All that is decided from when the message of a reversal is cancelled. */
export interface RestorationInputs {
  readonly visit: Visit;
  readonly reversal: SettlementRecord;
  readonly original: SettlementRecord;
  readonly reversed: ReversedState;
  /** The lines of the visit, where `mayHaveLostDays`. */
  readonly lines: readonly ChargeLine[];
  /** What an interim settlement used up: later ones read it by the number of the one that stands. */
  readonly used: readonly UsedQuantity[];
  /** They say when the month of the reversal closes. */
  readonly policies: readonly Policy[];
}

/**
 * Whether a visit is as the reversal of a settlement left it. One of the fund does not stand again once its visit has gone over to
 * another employer, which the agency was told of: it is settled anew, for that one.
 */
const isAsReversed = (visit: Visit, { version, standing, employerUscc }: ReversedState): boolean =>
  revisionOf(visit) === version &&
  (!isSettling(standing.kind) || employerUscc === undefined || visit.employerUscc === employerUscc);

/** Whether the bed was freed since, and another stay may have days of an interim settlement's lines by now. */
export const mayHaveLostDays = (visit: Visit, { kind }: StandingSettlement): boolean =>
  kind === "INTERIM" && visit.bedReleasedAt !== undefined && visit.dischargedAt === undefined;

function isDayLost({ visit, reversed, lines }: RestorationInputs): boolean {
  if (!mayHaveLostDays(visit, reversed.standing)) return false;
  const last = lastServiceDay(lines.slice(0, reversed.standing.lineCount));
  return last !== undefined && (visit.settledUntil === undefined || last > visit.settledUntil);
}

/** What is in the way of a visit once a settlement stands again: nothing is of one that closes it, for as long as it stands. */
const blockedOnce = ({ kind }: StandingSettlement, { blockedBy }: Visit): Visit["blockedBy"] =>
  kind === "FINAL" || kind === "RELEASE" ? undefined : blockedBy;

/**
 * Settles again, as it was, what a message reversed, as long as nothing else was done to the visit since: otherwise
 * `VISIT_CHANGED_SINCE`. What the fund had settled is for the employer that it was settled for; what waits or left the fund is for
 * the one whose the visit is, under its case.
 */
export function decideRestoration(
  inputs: RestorationInputs,
  { now, messageKey }: Occasion,
): Result<SettlementFacts, Failure> {
  const { visit: before, reversal, original, reversed, policies } = inputs;
  const { standing, takenBack } = reversed;
  if (!isAsReversed(before, reversed) || isDayLost(inputs)) return err(failure("VISIT_CHANGED_SINCE"));
  const number = before.settlementCount + 1;
  const { caseNo, employerUscc } = isSettling(standing.kind) ? original.settlement : before;
  const asIs = { ...original.settlement, caseNo, employerUscc };
  const settlement = toRestored(asIs, reversal.settlement, { number, at: now });
  const moved = moveToEmployer(before, employerUscc, now);
  const visit = toNext(moved.visit, now, {
    status: statusAfter(before, standing.kind),
    settlementCount: number,
    standing: [...before.standing, { ...standing, number, at: now }],
    blockedBy: blockedOnce(standing, before),
    takenBack,
  });
  const change = { before: before.standing.at(-1), after: visit.standing.at(-1) };
  const used = standing.kind === "INTERIM" ? inputs.used : undefined;
  const recorded = { settlement, number, lines: { takesBack: reversal }, used };
  return ok({
    before,
    visit,
    recorded: toRecorded(recorded, voidBoth(reversal.settlement, settlement, policies)),
    entries: [...moved.entries, ...toLedgerEntries(settlement, change, messageKey)],
    events: [...moved.events, toClaimEvent("CLAIM_RESTORED", visit, settlement)],
    restsOn: {},
  });
}
