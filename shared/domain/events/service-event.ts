import type { Amounts } from "../amounts.ts";
import type { Instant } from "../dates.ts";
import type { InjuryCase } from "../registry/injury-case.ts";
import type { Settlement } from "../settlements/settlement.ts";
import type { Visit, VisitStatus } from "../visits/visit.ts";

/** What can become of a claim, and of the case behind it. */
export const eventTypes = [
  "CLAIM_REGISTERED",
  "CLAIM_LINKED",
  "CLAIM_GUARANTEED",
  "CLAIM_DISCHARGED",
  "CLAIM_DISCHARGE_CANCELLED",
  "CLAIM_CANCELLED",
  "CLAIM_RESTORED",
  "CLAIM_SETTLED",
  "CLAIM_PARTLY_SETTLED",
  "CLAIM_DEFERRED",
  "CLAIM_RELEASED",
  "CLAIM_REVERSED",
  "CLAIM_BLOCKED",
  "CLAIM_BED_RELEASED",
  "CLAIM_EMPLOYER_CORRECTED",
  "CLAIM_RECOVERY_DUE",
  "CLAIM_OVERDUE",
  "CASE_CHANGED",
  "WORKER_CHANGED",
  "EMPLOYER_CHANGED",
] as const;

/** An event's time is taken before its transaction commits: until so long after it, others may still come in before it. */
export const EVENT_SETTLING_MS = 40_000;
export type EventType = (typeof eventTypes)[number];

/**
 * One thing that happened, written in the transaction of the change that it tells of. It holds no diagnosis and
 * no person: whoever may know more reads the claim.
 */
export interface ServiceEvent {
  /** `<subject>-<sequence>`: the same however often it is delivered. */
  readonly eventId: string;
  readonly type: EventType;
  readonly at: Instant;
  /**
   * The visit, case, worker or employer. Events of a visit or a case are numbered by its version, those of a worker or an
   * employer by their time: their versions begin anew where the Registry was lost, and an id is never given twice.
   */
  readonly subject: string;
  readonly sequence: number;
  readonly caseNo?: string | undefined;
  /** Absent for events of a case, a worker or an employer, which are the agency's. */
  readonly hospitalCode?: string | undefined;
  readonly employerUscc?: string | undefined;
  readonly visitId?: string | undefined;
  readonly hospitalVisitNo?: string | undefined;
  readonly status?: VisitStatus | undefined;
  readonly settlementId?: string | undefined;
  readonly amounts?: Amounts | undefined;
  /** Where something stands in the way, its code. */
  readonly code?: string | undefined;
}

/** What happened to a visit with the version that it now has. */
export const toClaimEvent = (type: EventType, visit: Visit, settlement?: Settlement): ServiceEvent => ({
  eventId: `${visit.visitId}-${visit.version}`,
  type,
  at: visit.updatedAt,
  subject: visit.visitId,
  sequence: visit.version,
  caseNo: visit.caseNo,
  hospitalCode: visit.hospitalCode,
  employerUscc: visit.employerUscc,
  visitId: visit.visitId,
  hospitalVisitNo: visit.hospitalVisitNo,
  status: visit.status,
  settlementId: settlement?.settlementId,
  amounts:
    settlement === undefined ? undefined : { total: settlement.total, allocation: settlement.allocation },
  code: visit.blockedBy,
});

/** The agency stated a case anew; what it means for the case's visits is worked out from the case itself. */
export const toCaseEvent = ({ caseNo, version, statedAt }: InjuryCase): ServiceEvent => ({
  eventId: `${caseNo}-${version}`,
  type: "CASE_CHANGED",
  at: statedAt,
  subject: caseNo,
  sequence: version,
  caseNo,
});

/** The agency froze a worker's benefits, or no longer does. */
export const toWorkerEvent = (workerId: string, at: Instant): ServiceEvent => ({
  eventId: `${workerId}-${Date.parse(at)}`,
  type: "WORKER_CHANGED",
  at,
  subject: workerId,
  sequence: Date.parse(at),
});

/** The agency stated otherwise when an employer was insured. It is not the employer's event: it names no employer to tell. */
export const toEmployerEvent = (uscc: string, at: Instant): ServiceEvent => ({
  eventId: `${uscc}-${Date.parse(at)}`,
  type: "EMPLOYER_CHANGED",
  at,
  subject: uscc,
  sequence: Date.parse(at),
});

/** What a settlement of each kind is called when it is told. */
export const settlementEvents = {
  FINAL: "CLAIM_SETTLED",
  INTERIM: "CLAIM_PARTLY_SETTLED",
  DEFERRED: "CLAIM_DEFERRED",
  RELEASE: "CLAIM_RELEASED",
  REVERSAL: "CLAIM_REVERSED",
} as const satisfies Record<Settlement["kind"], EventType>;
