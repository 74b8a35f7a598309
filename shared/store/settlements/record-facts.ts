import type {
  ClaimFacts,
  FactsWithoutSettlement,
  RecordedSettlement,
  RestsOn,
} from "../../domain/settlements/claim-facts.ts";
import { recordEvent } from "../events/event-store.ts";
import type { Database } from "../kit/database.ts";
import type { Write } from "../kit/transaction.ts";
import { checkCase } from "../registry/registry-store.ts";
import { addToSummary } from "../reports/summary-store.ts";
import { fileVisit, settleEmployer } from "../visits/case-visits.ts";
import { recordClaimOver } from "../visits/claim-store.ts";
import { saveVisit, saveVisitAndDetails } from "../visits/visit-store.ts";
import { recordEntry, voidSettlement } from "./ledger-store.ts";
import { recordCounterEntry, recordSettlement } from "./settlement-store.ts";
import { recordUsed } from "./used-quantities.ts";

function recordVisit(db: Database, { before, visit, details }: ClaimFacts): Write[] {
  return [
    ...(details === undefined
      ? [saveVisit(db, visit, before.version)]
      : saveVisitAndDetails(db, visit, details, before.version)),
    ...(visit.caseNo === before.caseNo ? [] : [fileVisit(db, visit)]),
    ...(visit.employerUscc === before.employerUscc ? [] : [recordClaimOver(db, visit)]),
  ];
}

function recordWhole(db: Database, recorded: RecordedSettlement | undefined, shard: number): Write[] {
  if (recorded === undefined) return [];
  const { settlement, number, lines, used, summaryCell, voiding } = recorded;
  return [
    ...("own" in lines
      ? recordSettlement(db, settlement, number, lines.own)
      : recordCounterEntry(db, settlement, number, lines.takesBack)),
    ...(used === undefined ? [] : recordUsed(db, settlement, number, used)),
    ...(summaryCell === undefined ? [] : [addToSummary(db, summaryCell, shard)]),
    ...voiding.voided.map((each) => voidSettlement(db, each)),
  ];
}

/** That what facts rest on still holds. */
export const recordConditions = (db: Database, { caseAsRead, caseParties }: RestsOn): Write[] => [
  ...(caseAsRead === undefined ? [] : [checkCase(db, caseAsRead)]),
  ...(caseParties === undefined ? [] : [settleEmployer(db, caseParties)]),
];

export function recordFacts(db: Database, facts: FactsWithoutSettlement): Write[];
export function recordFacts(db: Database, facts: ClaimFacts, shard: number): Write[];
/**
 * The writes and conditions of one transaction that make facts true: the one place where they are made, so that no decision can
 * leave out a row. The shard of the summaries is the caller's to choose.
 */
export function recordFacts(db: Database, facts: ClaimFacts, shard = 0): Write[] {
  return [
    ...recordVisit(db, facts),
    ...recordWhole(db, facts.recorded, shard),
    ...facts.entries.map((entry) => recordEntry(db, entry)),
    ...recordConditions(db, facts.restsOn),
    ...facts.events.map((event) => recordEvent(db, event)),
  ];
}
