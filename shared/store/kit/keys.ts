import type { Day, Instant, Month } from "../../domain/dates.ts";
import type { WebhookOwner } from "../../domain/webhooks/webhook.ts";

/** Where every item lives. The store makes keys here and nowhere else; grants in infra/aws name the beginnings of partitions. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const single = (kind: string, id: string): Key => ({ pk: `${kind}#${id}`, sk: kind });
const numbered = (prefix: string, number: number): string => `${prefix}#${String(number).padStart(5, "0")}`;

export const policyPartition = "POLICY";
export const reconciliationPartition = (on: Day): string => `RECONCILIATION#${on}`;
const roundPartition = (hospitalCode: string, on: Day): string => `RECONCILIATION#${on}#${hospitalCode}`;

export const registryKeys = {
  hospital: (code: string): Key => single("HOSPITAL", code),
  employer: (uscc: string): Key => single("EMPLOYER", uscc),
  /** A worker and all of the worker's cases share a partition. */
  worker: (workerId: string): Key => ({ pk: `WORKER#${workerId}`, sk: "WORKER" }),
  injuryCase: (workerId: string, caseNo: string): Key => ({ pk: `WORKER#${workerId}`, sk: `CASE#${caseNo}` }),
  /** Which worker a case number belongs to. */
  caseOwner: (caseNo: string): Key => single("CASE_OWNER", caseNo),
  /** Which worker an ID or card number belongs to, by its keyed hash. */
  person: (lookup: string): Key => single("PERSON", lookup),
  catalogueItem: (itemCode: string): Key => single("ITEM", itemCode),
  /** The first code of an item that had this form: another one with it is perhaps a slip. */
  codeForm: (form: string): Key => single("CODE_FORM", form),
  policy: (effectiveFrom: Day): Key => ({ pk: policyPartition, sk: effectiveFrom }),
  /** Counts up with every change of the catalogue or the policies, so that copies in memory know their age. */
  referenceVersion: (): Key => ({ pk: "REFERENCE", sk: "VERSION" }),
} as const;

/** Entries in the order of time, then the marks of those that count for neither side. */
export const ledgerPartition = (hospitalCode: string, on: Day): string => `LEDGER#${hospitalCode}#${on}`;
export const voidPrefix = "VOID#";

/** Which visit: a hospital's visits are under its own code, so that no other hospital's key leads to them. */
export interface VisitKey {
  readonly hospitalCode: string;
  readonly visitId: string;
}

export const visitPartition = ({ hospitalCode, visitId }: VisitKey): string =>
  `VISIT#${hospitalCode}#${visitId}`;
/** By the visit's id alone, for those who may know every hospital's. */
export const claimPartition = (visitId: string): string => `CLAIM#${visitId}`;

/** Over how many partitions a day's events are spread by subject, and so its audit entries: some lie in events' items. */
export const DAY_SHARDS = 4;

/** What happened on a day; the events of one subject are in one shard, and so keep their order. */
export const eventPartition = (on: Day, shard: number): string => `EVENTS#${on}#${shard}`;

export const ledgerKeys = {
  visit: (of: VisitKey): Key => ({ pk: visitPartition(of), sk: "HEADER" }),
  visitDetails: (of: VisitKey): Key => ({ pk: visitPartition(of), sk: "DETAILS" }),
  /** What an interim settlement used up of quantity limits; sorts among what one query of a visit reads. */
  usedQuantities: (of: VisitKey, number: number, part: number): Key => ({
    pk: visitPartition(of),
    sk: `${numbered("DETAILS#USED", number)}${part === 0 ? "" : numbered("", part)}`,
  }),
  charges: (of: VisitKey, part: number): Key => ({ pk: visitPartition(of), sk: numbered("CHARGES", part) }),
  settlement: (of: VisitKey, number: number): Key => ({
    pk: visitPartition(of),
    sk: numbered("SETTLEMENT", number),
  }),
  settlementLines: (of: VisitKey, number: number, part: number): Key => ({
    pk: visitPartition(of),
    sk: `${numbered("SETTLEMENT", number)}#${numbered("LINES", part)}`,
  }),
  /** Which reversal took a settlement back. */
  settlementReversal: (of: VisitKey, number: number): Key => ({
    pk: visitPartition(of),
    sk: `${numbered("SETTLEMENT", number)}#REVERSAL`,
  }),
  /** Where the visit of a claim is, for the employer that may look for it. */
  claim: (visitId: string, employerUscc: string): Key => ({
    pk: claimPartition(visitId),
    sk: `EMPLOYER#${employerUscc}`,
  }),
  /** All stays of a worker, wherever: at most one is open, and no two share a night. */
  stays: (workerId: string): Key => single("STAY", workerId),
  /** Whose a number is that was corrected, by a keyed hash of its own. */
  workerNumber: (trace: string): Key => single("WORKER_NUMBER", trace),
  /** Which periods of a catalogue item were taken away: it outlives the Registry. */
  removedPeriods: (itemCode: string): Key => single("REMOVED_PERIODS", itemCode),
  /** How many people a hospital looked up within an hour. */
  lookups: (hospitalCode: string, hour: string): Key => ({ pk: `LOOKUPS#${hospitalCode}`, sk: hour }),
  /** How often a hospital did what costs much, within an hour. */
  hourlyWork: (hospitalCode: string, hour: string, work: "ROUNDS" | "UPLOADS"): Key => ({
    pk: `LOOKUPS#${hospitalCode}`,
    sk: `${hour}#${work}`,
  }),
  /** One visit per visit number of a hospital. */
  visitNumber: (hospitalCode: string, visitNo: string): Key =>
    single("VISIT_NUMBER", `${hospitalCode}#${visitNo}`),
  message: (institution: string, key: string): Key => single("MESSAGE", `${institution}#${key}`),
  /** That a message was cancelled, and with what answer. */
  messageCancellation: (institution: string, key: string): Key => ({
    pk: `MESSAGE#${institution}#${key}`,
    sk: "CANCELLATION",
  }),
  /** What of its answer the message's own item has no room for. */
  messageAnswer: (institution: string, key: string, part: number): Key => ({
    pk: `MESSAGE#${institution}#${key}`,
    sk: numbered("ANSWER", part),
  }),
  /** A part of a message that is too large for one transaction. */
  messagePart: (institution: string, key: string, part: number): Key => ({
    pk: `MESSAGE#${institution}#${key}`,
    sk: numbered("PART", part),
  }),
  /** A hospital's day in the order of time: what reconciliation reads. */
  ledgerEntry: (hospitalCode: string, on: Day, at: Instant, entryId: string): Key => ({
    pk: ledgerPartition(hospitalCode, on),
    sk: `${at}#${entryId}`,
  }),
  /** Visits of a worker that wait for a case to be linked to them. */
  unlinkedVisit: (workerId: string, visitId: string): Key => ({
    pk: `UNLINKED#${workerId}`,
    sk: `VISIT#${visitId}`,
  }),
  /** Whose employee a case's claims are: settled by its first visit. */
  caseEmployer: (caseNo: string): Key => single("CASE_EMPLOYER", caseNo),
  /** Cases that came to an employer by a correction: some of their visits may be another's still. */
  caseOfEmployer: (uscc: string, caseNo: string): Key => ({
    pk: `EMPLOYER_CASES#${uscc}`,
    sk: `CASE#${caseNo}`,
  }),
  /** Which worker's a case is and how often it was stated: it outlives the Registry. */
  caseStated: (caseNo: string): Key => ({ pk: `CASE_EMPLOYER#${caseNo}`, sk: "STATED" }),
  /** The visits of a case, whatever their hospital. */
  visitOfCase: (caseNo: string, visitId: string): Key => ({ pk: `CASE#${caseNo}`, sk: `VISIT#${visitId}` }),
  event: (on: Day, shard: number, order: string): Key => ({ pk: eventPartition(on, shard), sk: order }),
  /** On a hospital's day: an entry that counts for neither side, because its message was cancelled. */
  voidEntry: (hospitalCode: string, on: Day, entryId: string): Key => ({
    pk: ledgerPartition(hospitalCode, on),
    sk: `${voidPrefix}${entryId}`,
  }),
  /** All hospitals of a day share a partition: finance reads a day in one query. */
  reconciliationDay: (on: Day, hospitalCode: string): Key => ({
    pk: reconciliationPartition(on),
    sk: hospitalCode,
  }),
  reconciliationRound: (hospitalCode: string, on: Day, round: number): Key => ({
    pk: roundPartition(hospitalCode, on),
    sk: numbered("ROUND", round),
  }),
  /** What became of a round later on, by the version of the day that it made. */
  reconciliationOutcome: (hospitalCode: string, on: Day, round: number, version: number): Key => ({
    pk: roundPartition(hospitalCode, on),
    sk: `${numbered("ROUND", round)}#${numbered("OUTCOME", version)}`,
  }),
  reconciliationRows: (hospitalCode: string, on: Day, round: number, part: number): Key => ({
    pk: roundPartition(hospitalCode, on),
    sk: `${numbered("ROWS", round)}#${numbered("PART", part)}`,
  }),
  reconciliationDifferences: (hospitalCode: string, on: Day, comparisonId: string, part: number): Key => ({
    pk: roundPartition(hospitalCode, on),
    sk: `DIFFERENCES#${comparisonId}#${numbered("PART", part)}`,
  }),
  summary: (month: Month, shard: number): string => `SUMMARY#${month}#${shard}`,
  summaryCell: (cell: { day: Day; hospitalCode: string; employerUscc: string; visitType: string }): string =>
    `${cell.day}#${cell.hospitalCode}#${cell.employerUscc}#${cell.visitType}`,
} as const;

/** Where a due delivery waits: spread over shards, in each by the time at which it is due. */
export const WEBHOOK_DUE_SHARDS = 4;
const ownerOf = ({ audience, institution }: WebhookOwner): string => `${audience}#${institution}`;

export const deliveryOrderPrefix = "AT#";

export const webhookKeys = {
  /** An event names its hospital and its employer; the agency's webhooks, whose code it does not name, are in one. */
  partition: ({ audience, institution }: WebhookOwner): string =>
    audience === "agency" ? "WEBHOOKS#agency" : `WEBHOOKS#${audience}#${institution}`,
  agencyPartition: "WEBHOOKS#agency",
  webhook: (owner: WebhookOwner, webhookId: string): Key => ({
    pk: webhookKeys.partition(owner),
    sk: `${owner.institution}#${webhookId}`,
  }),
  ownPrefix: ({ institution }: WebhookOwner): string => `${institution}#`,
  deliveryPartition: (owner: WebhookOwner, webhookId: string): string =>
    `DELIVERIES#${ownerOf(owner)}#${webhookId}`,
  delivery: (owner: WebhookOwner, webhookId: string, order: string): Key => ({
    pk: webhookKeys.deliveryPartition(owner, webhookId),
    sk: `${deliveryOrderPrefix}${order}`,
  }),
  /** Where in the order an event's delivery stands. */
  deliveryOfEvent: (owner: WebhookOwner, webhookId: string, eventId: string): Key => ({
    pk: webhookKeys.deliveryPartition(owner, webhookId),
    sk: `EVENT#${eventId}`,
  }),
  duePartition: (shard: number): string => `WEBHOOK_DUE#${shard}`,
  due: (shard: number, at: Instant, owner: WebhookOwner, webhookId: string, eventId: string): Key => ({
    pk: webhookKeys.duePartition(shard),
    sk: `${at}#${ownerOf(owner)}#${webhookId}#${eventId}`,
  }),
} as const;

export const auditKeys = {
  partition: (on: Day, shard: number): string => `AUDIT#${on}#${shard}`,
  /** Where the entries are that lie in the items of events. */
  eventPartition,
  /** By time; the request and the subject tell those of one instant apart. */
  entry: (
    on: Day,
    shard: number,
    { at, requestId, subject }: { at: Instant; requestId: string; subject: string },
  ): Key => ({ pk: auditKeys.partition(on, shard), sk: `${at}#${requestId}#${subject}` }),
  /** All seals of a shard in the order of time. Each begins where the one before ends, so that none has a rival. */
  sealPartition: (shard: number): string => `SEALS#${shard}`,
  seal: (shard: number, from: Instant): Key => ({ pk: auditKeys.sealPartition(shard), sk: from }),
} as const;

/** What one query of a visit's partition reads: charges, details and header, but not its settlements. */
export const visitRange = { first: "CHARGES", last: "HEADER" } as const;
export const chargesPrefix = "CHARGES#";
export const casePrefix = "CASE#";

export const indexKeys = {
  employer: (uscc: string): string => `EMPLOYER#${uscc}`,
  employerAndStatus: (uscc: string, status: string): string => `EMPLOYER#${uscc}#${status}`,
  deferred: "DEFERRED",
  hospital: (code: string): string => `HOSPITAL#${code}`,
  hospitalAndWorker: (code: string, workerId: string): string => `HOSPITAL#${code}#${workerId}`,
  /** By day of admission; the rest leads a page on to the table. */
  claimOrder: (admittedOn: Day, { hospitalCode, visitId }: VisitKey): string =>
    `${admittedOn}#${visitId}#${hospitalCode}`,
} as const;

/** How many partitions share a month's summary rows: 8 × 500 transacted writes a second. */
export const SUMMARY_SHARDS = 8;
