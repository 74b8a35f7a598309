import * as z from "zod/mini";
import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { toSummaryCell } from "../../shared/domain/reports/settlement-summary.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { toLedgerEntries } from "../../shared/domain/settlements/ledger-entry.ts";
import { type Settlement, toRestored } from "../../shared/domain/settlements/settlement.ts";
import { lastServiceDay } from "../../shared/domain/visits/check-lines.ts";
import {
  isSettling,
  revisionOf,
  type StandingSettlement,
  statusAfter,
  takenBackKinds,
  type Visit,
} from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { addToSummary } from "../../shared/store/reports/summary-store.ts";
import {
  findSettlement,
  recordCounterEntry,
  type SettlementRecord,
} from "../../shared/store/settlements/settlement-store.ts";
import { copyUsed } from "../../shared/store/settlements/used-quantities.ts";
import { StoredStanding } from "../../shared/store/visits/stored-visit.ts";
import { findVisitRecord, saveVisit } from "../../shared/store/visits/visit-store.ts";
import { planEmployerChange } from "../visits/plan-employer-change.ts";
import type { UndoPlan } from "../visits/undo-plan.ts";
import { toNext } from "../visits/visit-change.ts";
import { findSettledVisit, undoSettlement } from "./reverse-settlement.ts";
import { voidBoth } from "./void-both.ts";

/** Reverses the settlement that a message made. */
export const undoSettleVisit: UndoPlan = async (services, { hospitalCode, message, cancelledBy, shard }) => {
  const settled = await findSettledVisit(services, hospitalCode, message.subject);
  if (settled === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const { settlement } = settled.found;
  const markVoid = (reversal: Settlement) => voidBoth(services, settlement, reversal);
  return undoSettlement(services, settled, { messageKey: cancelledBy, shard, markVoid });
};

const UndoneSettlement = z.object({
  /** Of the visit, counted without marks (`revisionOf`). */
  version: z.number(),
  standing: StoredStanding,
  takenBack: z.optional(z.enum(takenBackKinds)),
  /** Whose the visit was once the settlement was reversed. */
  employerUscc: z.optional(z.string()),
});

/** What is in the way of a visit once a settlement stands again: nothing is of one that closes it, for as long as it stands. */
const blockedOnce = ({ kind }: StandingSettlement, { blockedBy }: Visit): Visit["blockedBy"] =>
  kind === "FINAL" || kind === "RELEASE" ? undefined : blockedBy;

/** An interim settlement's used quantities are read by the number of the settlement that stands. */
async function keepUsed(
  db: Database,
  { settlement, number }: SettlementRecord,
  to: number,
): Promise<readonly Write[]> {
  return settlement.kind === "INTERIM" ? copyUsed(db, settlement, number, to) : [];
}

/**
 * Whether a visit is as the reversal of a settlement left it. One of the fund does not stand again once its visit has gone over to
 * another employer, which the agency was told of: it is settled anew, for that one.
 */
const isAsReversed = (visit: Visit, { version, standing, employerUscc }: z.infer<typeof UndoneSettlement>) =>
  revisionOf(visit) === version &&
  (!isSettling(standing.kind) || employerUscc === undefined || visit.employerUscc === employerUscc);

/** Whether the bed was freed since, and another stay may have days of an interim settlement's lines by now. */
async function isDayLost(
  db: Database,
  visit: Visit,
  { kind, lineCount }: StandingSettlement,
): Promise<boolean> {
  if (kind !== "INTERIM" || visit.bedReleasedAt === undefined || visit.dischargedAt !== undefined)
    return false;
  const record = await findVisitRecord(db, visit.hospitalCode, visit.visitId);
  const last = lastServiceDay(record?.lines.slice(0, lineCount) ?? []);
  return last !== undefined && (visit.settledUntil === undefined || last > visit.settledUntil);
}

/**
 * Settles again, as it was, what a message reversed, as long as nothing else was done to the visit since. What the fund had settled
 * is for the employer that it was settled for; what waits or left the fund is for the one whose the visit is, under its case.
 */
export const undoReverseSettlement: UndoPlan = async (services, cancelling) => {
  const { db, now } = services;
  const { hospitalCode, message, cancelledBy, shard } = cancelling;
  const reversed = await findSettledVisit(services, hospitalCode, message.subject);
  const originalId = reversed?.found.settlement.reverses;
  if (reversed === undefined || originalId === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const { visit, details, found: reversal } = reversed;
  const undone = UndoneSettlement.parse(message.undo);
  if (!isAsReversed(visit, undone)) return err(failure("VISIT_CHANGED_SINCE"));
  if (await isDayLost(db, visit, undone.standing)) return err(failure("VISIT_CHANGED_SINCE"));
  const original = await findSettlement(db, hospitalCode, originalId);
  if (original === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));

  const number = visit.settlementCount + 1;
  const isFunds = isSettling(undone.standing.kind);
  const { caseNo, employerUscc } = isFunds ? original.settlement : visit;
  const facts = { ...original.settlement, caseNo, employerUscc };
  const settlement: Settlement = toRestored(facts, reversal.settlement, { number, at: now() });
  const moved = planEmployerChange(services, visit, employerUscc);
  const next = toNext(moved.visit, settlement.settledAt, {
    status: statusAfter(visit, undone.standing.kind),
    settlementCount: number,
    standing: [...visit.standing, { ...undone.standing, number, at: settlement.settledAt }],
    blockedBy: blockedOnce(undone.standing, visit),
    takenBack: undone.takenBack,
  });
  const change = { before: visit.standing.at(-1), after: next.standing.at(-1) };
  const counterEntry = { number, entries: toLedgerEntries(settlement, change, cancelledBy) };
  const marks = isFunds ? await voidBoth(services, reversal.settlement, settlement) : undefined;
  return ok({
    visit: next,
    details,
    settlement,
    countsOn: marks?.length === 0 ? dayOf(settlement.settledAt) : undefined,
    writes: [
      saveVisit(db, next, visit.version),
      ...moved.writes,
      ...recordCounterEntry(db, settlement, reversal.number, original, counterEntry),
      ...(await keepUsed(db, original, number)),
      ...(isFunds ? [addToSummary(db, toSummaryCell(settlement), shard)] : []),
      ...(marks ?? []),
      recordEvent(db, toClaimEvent("CLAIM_RESTORED", next, settlement)),
    ],
  });
};
