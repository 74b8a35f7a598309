import { settlementEvents, toClaimEvent } from "../../shared/domain/events/service-event.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { settlementIdOf } from "../../shared/domain/ids.ts";
import { toSummaryCell } from "../../shared/domain/reports/settlement-summary.ts";
import { ok, type Result } from "../../shared/domain/result.ts";
import { toLedgerEntries } from "../../shared/domain/settlements/ledger-entry.ts";
import { repaidBy } from "../../shared/domain/settlements/repayment.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import { isSettling, statusAfter, type Visit } from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { checkCase } from "../../shared/store/registry/registry-store.ts";
import { addToSummary } from "../../shared/store/reports/summary-store.ts";
import { recordSettlement } from "../../shared/store/settlements/settlement-store.ts";
import { recordUsed } from "../../shared/store/settlements/used-quantities.ts";
import { settleEmployer } from "../../shared/store/visits/case-visits.ts";
import { saveVisit, type VisitRecord } from "../../shared/store/visits/visit-store.ts";
import type { Services } from "../kit/services.ts";
import { planEmployerChange } from "../visits/plan-employer-change.ts";
import { toNext, type VisitChange } from "../visits/visit-change.ts";
import {
  type Calculation,
  calculateSettlement,
  type SettlementRequest,
  type SettlementServices,
} from "./calculate-settlement.ts";

/** A settlement that was decided, with the visit as it will be. */
export interface PlannedSettlement extends VisitChange {
  /** The version of the visit that it was decided on. */
  readonly readVersion: number;
  readonly settlement: Settlement;
}

type Numbered = Settlement & Calculation["settlement"] & { readonly number: number };

/** The visit once a settlement stands: open after an interim one, waiting after a deferral, else closed. */
function toSettledVisit(
  { visit, lines }: VisitRecord,
  { total, allocation, kind, settledAt: at, number, repayments, blockedBy }: Numbered,
): Visit {
  const repaid = repaidBy({ repayments });
  return toNext(visit, at, {
    status: statusAfter(visit, kind),
    guarantee: isSettling(kind) ? "DIRECT" : visit.guarantee,
    settlementCount: number,
    standing: [
      ...visit.standing,
      { number, kind, at, lineCount: lines.length, total, allocation, ...(repaid === 0 ? {} : { repaid }) },
    ],
    blockedBy,
    takenBack: undefined,
  });
}

/** What only settlements of some kinds write. */
function extraWrites(
  { db }: Pick<Services, "db">,
  { settlement, adjudication, injuryCase }: Calculation,
  number: number,
): Write[] {
  switch (settlement.kind) {
    case "FINAL":
      return [];
    case "INTERIM":
      return recordUsed(db, settlement, number, adjudication.used);
    // It rests on there being no decision, a negative one, or something in the way: a new statement in between must not
    // pass it by. What is stated of worker or employer in between, the job finds: it follows every deferral.
    case "DEFERRED":
    case "RELEASE":
      return injuryCase === undefined ? [] : [checkCase(db, injuryCase)];
  }
}

/**
 * Decides the settlement of what is not settled yet of a visit, and everything that one transaction writes for
 * it: visit, settlement with its lines, ledger entries, summary row and event.
 */
export async function planSettlement(
  services: SettlementServices & Pick<Services, "now">,
  asked: SettlementRequest,
  { messageKey, shard }: { readonly messageKey?: string; readonly shard: number },
): Promise<Result<PlannedSettlement, Failure>> {
  const calculated = await calculateSettlement(services, asked);
  if (!calculated.ok) return calculated;
  const { db } = services;
  const { record, adjudication, injuryCase } = calculated.value;
  const { version } = record.visit;
  // Between a correction of its case and its own turn it is the wrong employer's still.
  const moved = planEmployerChange(services, record.visit, calculated.value.settlement.employerUscc);
  const isMoved = moved.visit !== record.visit && injuryCase !== undefined;
  const number = record.visit.settlementCount + 1;
  const settlement = {
    settlementId: settlementIdOf(record.visit.visitId, number),
    settledAt: services.now(),
    ...calculated.value.settlement,
  };
  const visit = toSettledVisit({ ...record, visit: moved.visit }, { ...settlement, number });
  const change = { before: record.visit.standing.at(-1), after: visit.standing.at(-1) };
  const entries = toLedgerEntries(settlement, change, messageKey);
  return ok({
    visit,
    readVersion: version,
    details: record.details,
    settlement,
    writes: [
      saveVisit(db, visit, version),
      ...moved.writes,
      ...(isMoved ? [settleEmployer(db, injuryCase)] : []),
      ...recordSettlement(db, settlement, adjudication.lines, { number, entries }),
      ...(isSettling(settlement.kind) ? [addToSummary(db, toSummaryCell(settlement), shard)] : []),
      ...extraWrites(services, calculated.value, number),
      recordEvent(db, toClaimEvent(settlementEvents[settlement.kind], visit, settlement)),
    ],
  });
}
