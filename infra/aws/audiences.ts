import type { Audience } from "../../functions/operation.ts";
import {
  claimsByEmployer,
  claimsByEmployerAndStatus,
  deferredClaims,
  eventsByEmployer,
  eventsByHospital,
  type IndexDefinition,
  type TableDefinition,
} from "../../shared/store/table-schema.ts";
import type { PersonalDataAccess } from "./personal-data.ts";

export type TableName = TableDefinition["name"];

/** One thing that a function may do with a table. What is not listed is denied. */
export interface TableAccess {
  /** Names of DynamoDB actions. A transaction needs those of its parts, and no action of its own. */
  readonly actions: readonly string[];
  /** On these indexes, and not on the table. */
  readonly indexes?: readonly IndexDefinition[];
  /** Only on items with such a partition key; `*` stands for any rest. */
  readonly partitionKeys?: readonly string[];
}

/** What a function of one audience needs, and so all that it gets. */
export interface AudienceProfile extends PersonalDataAccess {
  readonly purpose: string;
  /** Lambda gives processor time in proportion; 1769 MB are one whole core. */
  readonly memoryMegabytes: number;
  /** Gives out URLs under which files are uploaded. */
  readonly opensUploads?: true;
  readonly tables: Readonly<Partial<Record<TableName, readonly TableAccess[]>>>;
}

export const read: TableAccess = { actions: ["GetItem", "BatchGetItem", "Query"] };
export const write: TableAccess = { actions: ["PutItem", "UpdateItem", "ConditionCheckItem"] };

/** Entries of the audit trail: put, and never touched again. */
export const leaveTrail: TableAccess = { actions: ["PutItem"], partitionKeys: ["AUDIT#*"] };
/** Some entries lie in the items of events, which are put and never touched again either. */
export const auditKeys: readonly string[] = ["AUDIT#*", "EVENTS#*"];

/** What the treatment and settlement of a visit write; the seals of the audit trail are not among it. */
const treatmentKeys: readonly string[] = [
  "VISIT#*",
  "CLAIM#*",
  "STAY#*",
  "VISIT_NUMBER#*",
  "MESSAGE#*",
  "LEDGER#*",
  "SUMMARY#*",
  "EVENTS#*",
  "CASE#*",
  "UNLINKED#*",
  "RECONCILIATION#*",
];
/** Sums are the only items of the Ledger that are updated in place; all others are put under a condition. */
export const writeTreatment: readonly TableAccess[] = [
  { actions: ["PutItem", "ConditionCheckItem"], partitionKeys: treatmentKeys },
  { actions: ["UpdateItem"], partitionKeys: ["SUMMARY#*"] },
];
export const indexQuery = (...indexes: readonly IndexDefinition[]): TableAccess => ({
  actions: ["Query"],
  indexes,
});

/**
 * The two kinds of item in the Ledger that state no money: they hold a place (one open stay for each worker, one
 * visit for each number of a hospital) and are removed when the place is free again.
 */
export const guardKeys: readonly string[] = ["STAY#*", "VISIT_NUMBER#*"];

/** What the agency reads of the Ledger, and what it writes there of a case: what happened, and which visit is its own. */
const caseKeys: readonly string[] = ["EVENTS#*", "VISIT#*", "CLAIM#*", "CASE#*"];

/** The records of the messages that were answered. */
export const messageKeys: readonly string[] = ["MESSAGE#*"];

/** Where institutions want to hear of what happens, what was sent there, and what is to be sent again. */
export const webhookKeys: readonly string[] = ["WEBHOOKS#*", "DELIVERIES#*", "WEBHOOK_DUE#*"];

const webhooks: TableAccess = { actions: ["GetItem", "Query", "PutItem"], partitionKeys: webhookKeys };

/** How many people each hospital has looked up within an hour. */
const lookupCountKeys: readonly string[] = ["LOOKUPS#*"];

/** Whom a card or ID number belongs to: a card that was replaced is let go. */
export const lookupKeys: readonly string[] = ["PERSON#*"];

export const audiences = {
  hospital: {
    purpose: "Hospitals: eligibility, visits, charges, settlements",
    memoryMegabytes: 1769,
    looksPeopleUp: true,
    takesMessages: true,
    knowsWebhooks: true,
    opensUploads: true,
    tables: {
      Registry: [read, { actions: ["ConditionCheckItem"], partitionKeys: ["WORKER#*"] }],
      Ledger: [
        read,
        ...writeTreatment,
        leaveTrail,
        webhooks,
        { actions: ["UpdateItem"], partitionKeys: lookupCountKeys },
        indexQuery(eventsByHospital),
        { actions: ["DeleteItem"], partitionKeys: guardKeys },
      ],
    },
  },
  enterprise: {
    purpose: "Employers: the claims of their own workers",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    takesMessages: true,
    knowsWebhooks: true,
    tables: {
      Registry: [read],
      Ledger: [
        { actions: ["GetItem", "BatchGetItem"] },
        indexQuery(claimsByEmployer, claimsByEmployerAndStatus, eventsByEmployer),
        { actions: ["PutItem"], partitionKeys: messageKeys },
        leaveTrail,
        webhooks,
      ],
    },
  },
  finance: {
    purpose: "Finance: figures that tie out to the ledger",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    tables: { Registry: [read], Ledger: [read, indexQuery(deferredClaims), leaveTrail] },
  },
  agency: {
    purpose: "The agency: hospitals, employers, workers, cases, catalogue, policies",
    memoryMegabytes: 1024,
    looksPeopleUp: true,
    takesMessages: true,
    knowsWebhooks: true,
    opensPersonalData: true,
    tables: {
      Registry: [read, write, { actions: ["DeleteItem"], partitionKeys: lookupKeys }],
      Ledger: [
        { actions: ["GetItem", "PutItem"], partitionKeys: messageKeys },
        { actions: ["GetItem", "BatchGetItem", "Query", "PutItem"], partitionKeys: caseKeys },
        leaveTrail,
        webhooks,
      ],
    },
  },
  auditor: {
    purpose: "Auditors: who did or saw what",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    tables: { Ledger: [{ actions: ["Query"], partitionKeys: auditKeys }, leaveTrail] },
  },
  public: {
    purpose: "Everybody: health, the API description and its reader",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    tables: {},
  },
} as const satisfies Record<Audience, AudienceProfile>;
