import type * as z from "zod/mini";
import { type Amounts, addAmounts, NO_AMOUNTS } from "../amounts.ts";
import type { Tier } from "../catalogue/catalogue.ts";
import type { Day, Instant } from "../dates.ts";
import { type Failure, type FailureCode, failure } from "../failures.ts";
import { settlementIdOf } from "../ids.ts";
import type { Fen } from "../money.ts";
import type { RecognisedInjury } from "../registry/injury-case.ts";
import { isStay, type VisitType } from "../visit-type.ts";
import type { Advance, Diagnoses, EmployerNotice, outcomes } from "./visit-requests.ts";

export const visitStatuses = ["OPEN", "DISCHARGED", "DEFERRED", "SETTLED", "RELEASED", "CANCELLED"] as const;
export type VisitStatus = (typeof visitStatuses)[number];

/** DIRECT: the fund pays. PROVISIONAL: treated all the same, paid when the decision arrives (先治疗、后付费). */
export const guarantees = ["DIRECT", "PROVISIONAL"] as const;
export type Guarantee = (typeof guarantees)[number];

/** What can stand in the way of settling a claim whose case is recognised: the conditions that hold at payment. */
export const blockingCodes = [
  "BENEFIT_FROZEN",
  "THIRD_PARTY_LIABILITY",
  "EMPLOYER_NOT_INSURED",
  "BEFORE_INJURY",
  "NOT_AUTHORISED",
  "AUTHORISATION_EXPIRED",
  "HOSPITAL_NOT_AUTHORISED",
  "NO_POLICY",
] as const satisfies readonly FailureCode[];
export type BlockingCode = (typeof blockingCodes)[number];

/** What a settlement that stands is: of the whole visit, of a stay so far, waiting for the decision, or released. */
export const standingKinds = ["FINAL", "INTERIM", "DEFERRED", "RELEASE"] as const;
export type StandingKind = (typeof standingKinds)[number];

/** Whether a settlement of this kind is the fund's: what waits for a decision, or left the fund, is not. */
export const isSettling = (kind: StandingKind | "REVERSAL"): boolean =>
  kind === "FINAL" || kind === "INTERIM";

/** What a decision makes of a claim that waited, and the hospital can take back. */
export const takenBackKinds = ["FINAL", "RELEASE"] as const satisfies readonly StandingKind[];
export type TakenBack = (typeof takenBackKinds)[number];

/** A settlement that no reversal took back. */
export interface StandingSettlement extends Amounts {
  readonly number: number;
  readonly kind: StandingKind;
  readonly at: Instant;
  /** How many of the visit's lines, from the first, are settled with it and those before. */
  readonly lineCount: number;
  /** What it paid back of the visit's advances, which are paid back in their order; absent where nothing. */
  readonly repaid?: Fen | undefined;
}

/** What changes with the state of a visit, and what its lists show. */
export interface Visit {
  readonly visitId: string;
  readonly version: number;
  /** How many of its versions are marks: they take nothing from what was done to it, so that it can be undone all the same. */
  readonly marks?: number | undefined;
  readonly status: VisitStatus;
  readonly guarantee: Guarantee;
  readonly visitType: VisitType;
  readonly hospitalCode: string;
  readonly hospitalVisitNo: string;
  /** Tier of the hospital on admission: a stay is priced by one tier from first to last. */
  readonly tier: Tier;
  readonly workerId: string;
  readonly maskedName: string;
  /** Absent while a visit that was taken in on the employer's notice waits for its case. */
  readonly caseNo?: string | undefined;
  readonly employerUscc: string;
  readonly injuredOn: Day;
  readonly admittedAt: Instant;
  readonly dischargedAt?: Instant | undefined;
  /** When the agency freed the bed of a stay that was forgotten: from then on the stay holds none. */
  readonly bedReleasedAt?: Instant | undefined;
  /** The last day of the lines that were settled when the bed was freed, and still are at the discharge. */
  readonly settledUntil?: Day | undefined;
  /**
   * The last day that can be the stay's, where another stay has the days after it, or its bed was freed before its
   * discharge: no line is later, and no night's meals are. Another stay may begin on it.
   */
  readonly countsUntil?: Day | undefined;
  /** Key of the message that discharged the worker: whoever cancels an earlier discharge does not undo this one. */
  readonly dischargedBy?: string | undefined;
  /** That the meal allowance of its first day is another stay's, from which the worker was transferred on that day. */
  readonly isFirstMealElsewhere?: boolean | undefined;
  readonly lineCount: number;
  /** With which version of the visit its details and its lines were last written: they are read beside it. */
  readonly detailsVersion: number;
  readonly linesVersion: number;
  /** How many settlements and reversals the visit has had. */
  readonly settlementCount: number;
  /** Its unreversed settlements, the oldest first; only the last can be reversed. */
  readonly standing: readonly StandingSettlement[];
  /** In the order in which they were paid. */
  readonly advances?: readonly Advance[] | undefined;
  /** Why the fund does not settle it although its case is recognised; the agency can mend it. */
  readonly blockedBy?: BlockingCode | undefined;
  /** What the hospital reversed of a claim that waits again: the same decision does not settle it a second time. */
  readonly takenBack?: TakenBack | undefined;
  /** What the fund is owed back, because the recognition was revoked after the settlement. */
  readonly recoverable?: Fen | undefined;
  /** The last day of the legal time that its decision has passed, once that was told of. */
  readonly overdueSince?: Day | undefined;
  readonly updatedAt: Instant;
}

/** What describes a visit and takes part in pricing, but not in its state. */
export interface VisitDetails {
  readonly department: string;
  readonly ward?: string | undefined;
  readonly bed?: string | undefined;
  readonly doctorCode?: string | undefined;
  readonly diagnoses: Diagnoses;
  readonly employerNotice?: z.infer<typeof EmployerNotice> | undefined;
  readonly outcome?: (typeof outcomes)[number] | undefined;
  /** The case's injuries as last seen by the visit; settlement reads the case itself. */
  readonly injuries: readonly Pick<RecognisedInjury, "diagnosisPrefixes">[];
}

/** A visit with what is kept beside its header. */
export interface VisitAndDetails {
  readonly visit: Visit;
  readonly details: VisitDetails;
}

/**
 * Counts what was done to a visit, at its hospital or to its bed. What jobs and the agency's statements mark on it (its case and
 * employer, priced injuries, what is in the way or to be recovered) is left out.
 */
export const revisionOf = ({ version, marks = 0 }: Pick<Visit, "version" | "marks">): number =>
  version - marks;

/** Each verb's allowed prior states: the one list for the check and for the write's condition. */
export const allowedFrom = {
  AMEND: ["OPEN", "DISCHARGED"],
  UPLOAD_CHARGES: ["OPEN", "DISCHARGED"],
  REVOKE_CHARGES: ["OPEN", "DISCHARGED"],
  DISCHARGE: ["OPEN"],
  CORRECT_DISCHARGE: ["DISCHARGED"],
  CANCEL_DISCHARGE: ["DISCHARGED"],
  CANCEL: ["OPEN"],
  RECORD_ADVANCE: ["OPEN", "DISCHARGED", "DEFERRED", "RELEASED"],
  SETTLE: ["OPEN", "DISCHARGED", "DEFERRED", "RELEASED"],
  SETTLE_INTERIM: ["OPEN"],
  REVERSE_SETTLEMENT: ["OPEN", "DISCHARGED", "DEFERRED", "SETTLED", "RELEASED"],
} as const satisfies Record<string, readonly VisitStatus[]>;
export type VisitVerb = keyof typeof allowedFrom;

const refusalByStatus = {
  OPEN: "VISIT_NOT_DISCHARGED",
  DISCHARGED: "VISIT_NOT_OPEN",
  DEFERRED: "VISIT_NOT_OPEN",
  RELEASED: "VISIT_NOT_OPEN",
  SETTLED: "VISIT_SETTLED",
  CANCELLED: "VISIT_CANCELLED",
} as const satisfies Record<VisitStatus, FailureCode>;

const statusOf = { FINAL: "SETTLED", DEFERRED: "DEFERRED", RELEASE: "RELEASED" } as const;

/** The visit's status once a settlement stands; an interim one leaves the stay as it was. */
export const statusAfter = (visit: Visit, kind: StandingKind): VisitStatus =>
  kind === "INTERIM" ? visit.status : statusOf[kind];

/** The visit's status once its last standing settlement is taken back: what it was before it. */
export function statusBefore({ standing, status, visitType }: Visit): VisitStatus {
  const [below, last] = [standing.at(-2), standing.at(-1)];
  if (last?.kind === "INTERIM") return status;
  if (below?.kind === "DEFERRED" || below?.kind === "RELEASE") return statusOf[below.kind];
  return isStay(visitType) ? "DISCHARGED" : "OPEN";
}

/** What the reversal of the last standing settlement takes back of a claim that waits again. */
export function takenBackOf(visit: Visit): TakenBack | undefined {
  const before = statusBefore(visit);
  if (before !== "DEFERRED" && before !== "RELEASED") return undefined;
  return visit.standing.at(-1)?.kind === "RELEASE" ? "RELEASE" : "FINAL";
}

type Standing = Pick<Visit, "standing">;

/** What holds of the visit's settlements: a later one takes the place of one that waited or was released. */
const effectiveSettlements = ({ standing }: Standing): readonly StandingSettlement[] =>
  standing.filter(({ kind }, place) => place === standing.length - 1 || isSettling(kind));

/** Sums of what is settled or released of a visit; undefined while nothing is. */
export function settledAmounts(visit: Standing): Amounts | undefined {
  const counted = effectiveSettlements(visit).filter(({ kind }) => kind !== "DEFERRED");
  return counted.length === 0 ? undefined : counted.reduce<Amounts>(addAmounts, NO_AMOUNTS);
}

/** What waits for the decision of the case: the provisional allocation; undefined where nothing waits. */
export function deferredAmounts({ standing }: Standing): Amounts | undefined {
  const last = standing.at(-1);
  return last?.kind === "DEFERRED" ? { total: last.total, allocation: last.allocation } : undefined;
}

/** How many of the visit's lines, from the first, are settled: they can no longer be revoked or refunded. */
export const settledLineCount = ({ standing }: Standing): number =>
  standing.findLast(({ kind }) => isSettling(kind))?.lineCount ?? 0;

/** Why a settlement of this number cannot be reversed: only the last one that stands can, and the refusal says which that is. */
export function checkReversible(visit: Visit, number: number): Failure | undefined {
  const place = visit.standing.findIndex((each) => each.number === number);
  if (place === -1) return failure("SETTLEMENT_REVERSED");
  const later = visit.standing.slice(place + 1).at(-1);
  if (later !== undefined) {
    return { ...failure("SETTLEMENT_NOT_LATEST"), settlementId: settlementIdOf(visit.visitId, later.number) };
  }
  return checkVerb(visit, "REVERSE_SETTLEMENT");
}

/** The header names each settlement that stands, and is one item that every change writes. */
const MAX_INTERIM_SETTLEMENTS = 500;

/** Why a verb may not act on a visit; undefined where it may. */
export function checkVerb(visit: Visit, verb: VisitVerb): Failure | undefined {
  const states: readonly VisitStatus[] = allowedFrom[verb];
  if (!states.includes(visit.status)) return failure(refusalByStatus[visit.status]);
  const isForStays = verb === "DISCHARGE" || verb === "SETTLE_INTERIM";
  if (isForStays && !isStay(visit.visitType)) return failure("VISIT_NOT_A_STAY");
  // Another hospital may have had the worker since: which days are whose is settled at the discharge.
  if (verb === "SETTLE_INTERIM" && visit.bedReleasedAt !== undefined) return failure("BED_NOT_HELD");
  if (verb === "SETTLE_INTERIM" && visit.standing.length >= MAX_INTERIM_SETTLEMENTS) {
    return failure("TOO_MANY_INTERIM_SETTLEMENTS");
  }
  if (verb === "CANCEL" && visit.standing.length > 0) return failure("VISIT_HAS_SETTLEMENTS");
  if (verb === "SETTLE" && isStay(visit.visitType) && visit.status === "OPEN") {
    return failure("VISIT_NOT_DISCHARGED");
  }
  return undefined;
}
