import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { parseSettlementId } from "../../shared/domain/ids.ts";
import { toSummaryCell } from "../../shared/domain/reports/settlement-summary.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { toLedgerEntries } from "../../shared/domain/settlements/ledger-entry.ts";
import { toRecoveryEntry } from "../../shared/domain/settlements/recovery.ts";
import { type Settlement, toReversal } from "../../shared/domain/settlements/settlement.ts";
import {
  checkReversible,
  isSettling,
  revisionOf,
  settledLineCount,
  statusBefore,
  takenBackOf,
  type Visit,
  type VisitDetails,
} from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { addToSummary } from "../../shared/store/reports/summary-store.ts";
import { recordEntry } from "../../shared/store/settlements/ledger-store.ts";
import {
  findSettlement,
  recordCounterEntry,
  type SettlementRecord,
} from "../../shared/store/settlements/settlement-store.ts";
import { toStoredStanding } from "../../shared/store/visits/stored-visit.ts";
import { findVisit, findVisitRecord, saveVisit } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { checkUnsettled } from "../visits/bill.ts";
import { checkEmployerOfCase, findEmployerOfCase } from "../visits/employer-of-case.ts";
import { planEmployerChange } from "../visits/plan-employer-change.ts";
import { type ChangeServices, toNext, type VisitChange } from "../visits/visit-change.ts";
import type { reverseSettlementContract } from "./reverse-settlement.contract.ts";
import { toSettlementView } from "./settlement-views.ts";

type Call = MessageCallOf<typeof reverseSettlementContract>;

/** A settlement with the visit as it stands. */
export interface SettledVisit {
  readonly found: SettlementRecord;
  readonly visit: Visit;
  readonly details: VisitDetails;
}

/** How a settlement is taken back: by its own message, or because the message that made it is cancelled. */
export interface Undoing {
  readonly messageKey: string;
  readonly reason?: string | undefined;
  readonly shard: number;
  /** On the cancellation of a message: marks by which it and its reversal count for neither side; none, if they do count. */
  readonly markVoid?: (reversal: Settlement) => Promise<readonly Write[]>;
}

/** A hospital's settlement with its visit, in one round trip; undefined where it is not the hospital's. */
export async function findSettledVisit(
  { db }: Pick<Services, "db">,
  hospitalCode: string,
  settlementId: string,
): Promise<SettledVisit | undefined> {
  const visitId = parseSettlementId(settlementId)?.visitId;
  if (visitId === undefined) return undefined;
  const [found, visit] = await Promise.all([
    findSettlement(db, hospitalCode, settlementId),
    findVisit(db, hospitalCode, visitId),
  ]);
  return found === undefined || visit === undefined ? undefined : { found, ...visit };
}

/**
 * Why the lines of a settlement cannot be unsettled again: with those that came since they would be more than one
 * settlement takes. Most reversals read no lines for it: nothing came since.
 */
async function checkUnsettling(
  { db, maxLinesOfBill }: Pick<Services, "db" | "maxLinesOfBill">,
  visit: Visit,
): Promise<Failure | undefined> {
  if (visit.lineCount === settledLineCount(visit)) return undefined;
  const record = await findVisitRecord(db, visit.hospitalCode, visit.visitId);
  const settledBefore = settledLineCount({ standing: visit.standing.slice(0, -1) });
  return checkUnsettled(record?.lines.slice(settledBefore) ?? [], maxLinesOfBill);
}

/**
 * Takes a settlement back by its counter-entry; the visit returns to the state before it. Where nothing of the fund is left, it
 * goes to the employer of its case, which may have been corrected since it was settled.
 */
export async function undoSettlement(
  services: ChangeServices & Pick<Services, "maxLinesOfBill">,
  { found, visit, details }: SettledVisit,
  { messageKey, reason, shard, markVoid }: Undoing,
): Promise<Result<VisitChange, Failure>> {
  const { db, now } = services;
  const { settlement: original } = found;
  const { employerUscc } = visit;
  if (original.kind === "REVERSAL") return err(failure("SETTLEMENT_IS_REVERSAL"));
  const refused = checkReversible(visit, found.number);
  if (refused !== undefined) return err(refused);
  const standing = visit.standing.slice(0, -1);
  const [tooLarge, ofCase] = await Promise.all([
    isSettling(original.kind) ? checkUnsettling(services, visit) : undefined,
    findEmployerOfCase(db, { ...visit, standing }),
  ]);
  if (tooLarge !== undefined) return err(tooLarge);
  const number = visit.settlementCount + 1;
  // A bill that left the fund may have gone over to another employer since.
  const settlement = toReversal({ ...original, employerUscc }, { number, at: now(), reason });
  const next = toNext(visit, settlement.settledAt, {
    status: statusBefore(visit),
    settlementCount: number,
    standing,
    recoverable: undefined,
    takenBack: takenBackOf(visit),
  });
  // What was to be recovered of the visit is no longer the fund's to ask for: its settlement is gone.
  const { recoverable } = visit;
  const forgiven =
    recoverable === undefined ? [] : [recordEntry(db, toRecoveryEntry(next, recoverable, true))];
  const change = { before: visit.standing.at(-1), after: next.standing.at(-1) };
  const entries = toLedgerEntries(settlement, change, messageKey);
  const marks = isSettling(original.kind) ? await markVoid?.(settlement) : undefined;
  const moved = planEmployerChange(services, next, ofCase ?? employerUscc);
  return ok({
    visit: moved.visit,
    details,
    settlement,
    countsOn: marks?.length === 0 ? dayOf(settlement.settledAt) : undefined,
    writes: [
      saveVisit(db, moved.visit, visit.version),
      ...recordCounterEntry(db, settlement, found.number, found, { number, entries }),
      ...(isSettling(original.kind) ? [addToSummary(db, toSummaryCell(settlement), shard)] : []),
      ...forgiven,
      ...(marks ?? []),
      recordEvent(db, toClaimEvent("CLAIM_REVERSED", next, settlement)),
      ...moved.writes,
      ...(ofCase === undefined ? [] : checkEmployerOfCase(db, moved.visit)),
    ],
  });
}

/** Reverses the latest settlement of a visit that stands. */
export const reverseSettlement =
  (services: Pick<Services, "db" | "logger" | "now" | "pickShard" | "maxLinesOfBill">) =>
  (call: Call): Outcome => {
    const firstShard = services.pickShard();
    return applyMessage(services, call, async (attempt) => {
      const { caller, params, body, message } = call;
      const settled = await findSettledVisit(services, caller.institution, params.settlementId);
      if (settled === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
      const change = await undoSettlement(services, settled, {
        messageKey: message.key,
        reason: body.reason,
        shard: firstShard + attempt,
      });
      if (!change.ok) return change;
      const { visit, settlement, writes } = change.value;
      const reversed = settled.visit.standing.at(-1);
      if (settlement === undefined || reversed === undefined) throw new Error("nothing was reversed");
      return ok({
        subject: settlement.settlementId,
        value: toSettlementView(settlement, "SETTLED"),
        writes,
        undo: {
          version: revisionOf(visit),
          standing: toStoredStanding(reversed),
          takenBack: settled.visit.takenBack,
          employerUscc: visit.employerUscc,
        },
      });
    });
  };
