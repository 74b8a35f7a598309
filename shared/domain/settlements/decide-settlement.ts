import type { Instant } from "../dates.ts";
import { settlementEvents, toClaimEvent } from "../events/service-event.ts";
import type { Failure } from "../failures.ts";
import { settlementIdOf } from "../ids.ts";
import { ok, type Result } from "../result.ts";
import { toNext } from "../visits/next-version.ts";
import { isSettling, statusAfter, type Visit } from "../visits/visit.ts";
import { type Calculation, calculateSettlement, type SettlementInputs } from "./calculate-settlement.ts";
import { type RestsOn, type SettlementFacts, toRecorded } from "./claim-facts.ts";
import { moveToEmployer } from "./employer-move.ts";
import { toLedgerEntries } from "./ledger-entry.ts";
import { repaidBy } from "./repayment.ts";
import type { Settlement } from "./settlement.ts";

/** When a settlement is recorded, and by which message of the hospital; by none where a decision of the case brings it about. */
export interface Occasion {
  readonly now: Instant;
  readonly messageKey?: string | undefined;
}

type Numbered = Settlement & Calculation["settlement"] & { readonly number: number };

/** The visit once a settlement stands: open after an interim one, waiting after a deferral, else closed. */
function toSettledVisit(
  visit: Visit,
  lineCount: number,
  { total, allocation, kind, settledAt: at, number, repayments, blockedBy }: Numbered,
): Visit {
  const repaid = repaidBy({ repayments });
  return toNext(visit, at, {
    status: statusAfter(visit, kind),
    guarantee: isSettling(kind) ? "DIRECT" : visit.guarantee,
    settlementCount: number,
    standing: [
      ...visit.standing,
      { number, kind, at, lineCount, total, allocation, ...(repaid === 0 ? {} : { repaid }) },
    ],
    blockedBy,
    takenBack: undefined,
  });
}

/**
 * What a settlement rests on. One that waits or leaves the fund rests on there being no decision, a negative one, or something
 * in the way. What is stated of worker or employer in between, the job finds: it follows every deferral. A visit that goes over
 * to the employer of its case rests on that case being the employer's.
 */
const restsOn = ({ injuryCase, settlement }: Calculation, isMoved: boolean): RestsOn => ({
  caseAsRead: isSettling(settlement.kind) ? undefined : injuryCase,
  caseParties: isMoved ? injuryCase : undefined,
});

/**
 * Decides the settlement of what is not settled yet of a visit. Between a correction of its case and its own turn a visit is the
 * wrong employer's still: it goes over first. Fails as `calculateSettlement` does.
 */
export function decideSettlement(
  inputs: SettlementInputs,
  { now, messageKey }: Occasion,
): Result<SettlementFacts, Failure> {
  const calculated = calculateSettlement(inputs);
  if (!calculated.ok) return calculated;
  const { adjudication } = calculated.value;
  const { visit: before, lines } = inputs.record;
  const moved = moveToEmployer(before, calculated.value.settlement.employerUscc, now);
  const number = before.settlementCount + 1;
  const settlement = {
    settlementId: settlementIdOf(before.visitId, number),
    settledAt: now,
    ...calculated.value.settlement,
  };
  const visit = toSettledVisit(moved.visit, lines.length, { ...settlement, number });
  const used = settlement.kind === "INTERIM" ? adjudication.used : undefined;
  const change = { before: before.standing.at(-1), after: visit.standing.at(-1) };
  return ok({
    before,
    visit,
    recorded: toRecorded({ settlement, number, lines: { own: adjudication.lines }, used }),
    entries: [...moved.entries, ...toLedgerEntries(settlement, change, messageKey)],
    events: [...moved.events, toClaimEvent(settlementEvents[settlement.kind], visit, settlement)],
    restsOn: restsOn(calculated.value, moved.visit !== before),
  });
}
