import type { AdmissionFacts } from "../../domain/visits/decide-admission.ts";
import { recordEvent } from "../events/event-store.ts";
import type { Database } from "../kit/database.ts";
import type { Write } from "../kit/transaction.ts";
import { recordConditions } from "../settlements/record-facts.ts";
import { type StaysRecord, saveStays } from "./stay-store.ts";
import { registerVisit } from "./visit-store.ts";

/**
 * The writes and conditions of one transaction that take a worker in. `known` is the worker's stays as they were read when it
 * was decided: whoever changed them in between is decided after.
 */
export const recordAdmission = (
  db: Database,
  { visit, details, stays, event, restsOn }: AdmissionFacts,
  known: StaysRecord,
): Write[] => [
  ...registerVisit(db, visit, details),
  ...(stays === undefined ? [] : [saveStays(db, visit.workerId, stays, known)]),
  ...recordConditions(db, restsOn),
  recordEvent(db, event),
];
