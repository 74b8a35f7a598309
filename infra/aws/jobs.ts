import { deferredClaims } from "../../shared/store/table-schema.ts";
import type { AudienceProfile, TableAccess } from "./audiences.ts";
import {
  auditKeys,
  indexQuery,
  leaveTrail,
  lookupKeys,
  read,
  webhookKeys,
  write,
  writeTreatment,
} from "./audiences.ts";

/** What a function that no caller starts needs, and so all that it gets. */
export interface JobProfile extends AudienceProfile {
  readonly timeoutMinutes: number;
}

const checkCase: TableAccess = { actions: ["ConditionCheckItem"], partitionKeys: ["WORKER#*"] };

export const jobs = {
  "settle-deferred": {
    purpose: "Settles or releases what waited, when the decision of its case arrives",
    memoryMegabytes: 1769,
    looksPeopleUp: false,
    timeoutMinutes: 5,
    tables: { Registry: [read, checkCase], Ledger: [read, ...writeTreatment, leaveTrail] },
  },
  "deliver-webhooks": {
    purpose:
      "Tells institutions what happened, at the addresses that they stated, and tries again what failed",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    knowsWebhooks: true,
    timeoutMinutes: 1,
    tables: {
      Ledger: [
        { actions: ["BatchGetItem"], partitionKeys: ["EVENTS#*"] },
        { actions: ["GetItem", "Query", "PutItem"], partitionKeys: webhookKeys },
        { actions: ["DeleteItem"], partitionKeys: ["WEBHOOK_DUE#*"] },
      ],
    },
  },
  "rotate-keys": {
    purpose: "Seals and files everybody anew, when keys are replaced; started by hand",
    memoryMegabytes: 1024,
    timeoutMinutes: 15,
    looksPeopleUp: true,
    opensPersonalData: true,
    tables: {
      Registry: [read, write, { actions: ["Scan"] }, { actions: ["DeleteItem"], partitionKeys: lookupKeys }],
      Ledger: [leaveTrail],
    },
  },
  "seal-audit-trail": {
    purpose: "Seals the audit trail each minute, so that what is altered or removed later is found",
    memoryMegabytes: 1024,
    timeoutMinutes: 1,
    looksPeopleUp: false,
    tables: {
      Ledger: [
        { actions: ["Query"], partitionKeys: [...auditKeys, "SEALS#*"] },
        { actions: ["PutItem"], partitionKeys: ["SEALS#*"] },
      ],
    },
  },
  "raise-overdue-claims": {
    purpose: "Tells once a day of claims whose decision is past its legal time",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    timeoutMinutes: 5,
    tables: { Registry: [read], Ledger: [read, ...writeTreatment, leaveTrail, indexQuery(deferredClaims)] },
  },
} as const satisfies Record<string, JobProfile>;
export type JobName = keyof typeof jobs;
