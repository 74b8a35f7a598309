import * as z from "zod/mini";
import type { Policy } from "../../shared/domain/catalogue/policy.ts";
import { dayOf, monthOf } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { SettlementFacts } from "../../shared/domain/settlements/claim-facts.ts";
import {
  decideRestoration,
  mayHaveLostDays,
  type ReversedState,
} from "../../shared/domain/settlements/decide-restoration.ts";
import { decideReversal } from "../../shared/domain/settlements/decide-reversal.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import type { SettlementRecord } from "../../shared/domain/settlements/settlement-record.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import {
  type StandingSettlement,
  takenBackKinds,
  type Visit,
  type VisitDetails,
} from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { findSettlement } from "../../shared/store/settlements/settlement-store.ts";
import { findUsed } from "../../shared/store/settlements/used-quantities.ts";
import { StoredStanding } from "../../shared/store/visits/stored-visit.ts";
import { findVisitRecord } from "../../shared/store/visits/visit-store.ts";
import type { UndoPlan, UndoServices } from "../visits/undo-plan.ts";
import type { VisitChange } from "../visits/visit-change.ts";
import { findSettledVisit, loadReversal } from "./load-reversal.ts";

/** The policies that say whether the month of what is cancelled is closed; none are read while that month lasts. */
async function loadPolicies(
  { references, now }: UndoServices,
  { settledAt }: Settlement,
): Promise<readonly Policy[]> {
  const isOver = monthOf(dayOf(settledAt)) < monthOf(dayOf(now()));
  return isOver ? (await references.load([])).policies : [];
}

/** What is written of a settlement that is taken back or stands again. */
function toVisitChange(
  db: Database,
  decided: Result<SettlementFacts, Failure>,
  details: VisitDetails,
  shard: number,
): Result<VisitChange, Failure> {
  if (!decided.ok) return decided;
  const { visit, recorded } = decided.value;
  const { settlement, voiding } = recorded;
  const writes = recordFacts(db, decided.value, shard);
  return ok({ visit, details, settlement, countsOn: voiding.countsOn, writes });
}

/** Reverses the settlement that a message made. */
export const undoSettleVisit: UndoPlan = async (services, { hospitalCode, message, cancelledBy, shard }) => {
  const settled = await findSettledVisit(services, hospitalCode, message.subject);
  if (settled === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const [loaded, policies] = await Promise.all([
    loadReversal(services, settled),
    loadPolicies(services, settled.found.settlement),
  ]);
  const occasion = { now: services.now(), messageKey: cancelledBy };
  const decided = decideReversal({ ...loaded, policies }, occasion);
  return toVisitChange(services.db, decided, settled.details, shard);
};

const UndoneSettlement = z.object({
  version: z.number(),
  standing: StoredStanding,
  takenBack: z.optional(z.enum(takenBackKinds)),
  employerUscc: z.optional(z.string()),
});

/** The lines of a visit of which another stay may have days by now; of any other none are read. */
async function loadLines(
  db: Database,
  visit: Visit,
  standing: StandingSettlement,
): Promise<readonly ChargeLine[]> {
  if (!mayHaveLostDays(visit, standing)) return [];
  return (await findVisitRecord(db, visit.hospitalCode, visit.visitId))?.lines ?? [];
}

/** What an interim settlement used up of limits; others keep nothing. */
const loadUsed = ({ db }: UndoServices, { settlement, number }: SettlementRecord) =>
  settlement.kind === "INTERIM" ? findUsed(db, settlement, number) : [];

/** Settles again what a message reversed. */
export const undoReverseSettlement: UndoPlan = async (services, cancelling) => {
  const { db } = services;
  const { hospitalCode, message, cancelledBy, shard } = cancelling;
  const settled = await findSettledVisit(services, hospitalCode, message.subject);
  const originalId = settled?.found.settlement.reverses;
  if (settled === undefined || originalId === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const { visit, details, found: reversal } = settled;
  const reversed: ReversedState = UndoneSettlement.parse(message.undo);
  const [original, lines, policies] = await Promise.all([
    findSettlement(db, hospitalCode, originalId),
    loadLines(db, visit, reversed.standing),
    loadPolicies(services, reversal.settlement),
  ]);
  if (original === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const used = await loadUsed(services, original);
  const inputs = { visit, reversal, original, reversed, lines, used, policies };
  const occasion = { now: services.now(), messageKey: cancelledBy };
  return toVisitChange(db, decideRestoration(inputs, occasion), details, shard);
};
