import { claimsByEmployerAndStatus, deferredClaims } from "../../shared/store/kit/table-schema.ts";
import type { AudienceProfile } from "./audiences.ts";
import {
  auditKeys,
  checkCase,
  deliverWebhooks,
  indexQuery,
  leaveTrail,
  lookupKeys,
  policyKeys,
  put,
  read,
  referenceKeys,
  remove,
  type TableAccess,
  writeSettlement,
} from "./table-access.ts";

/** What a function that no caller starts needs, and so all that it gets. */
export interface JobProfile extends AudienceProfile {
  readonly timeoutMinutes: number;
}

/** The comparison of an uploaded day reads a file that may be hostile: it writes nothing but its differences. */
export const comparisonOfLedger: readonly TableAccess[] = [
  read("RECONCILIATION#*", "LEDGER#*", "MESSAGE#*", "VISIT#*"),
  put("RECONCILIATION#*"),
  leaveTrail,
];

export const jobs = {
  "follow-case-decision": {
    purpose: "Settles or releases what waited, when the decision of its case arrives",
    memoryMegabytes: 1769,
    looksPeopleUp: false,
    timeoutMinutes: 5,
    tables: {
      Registry: [read("CASE_OWNER#*", "WORKER#*", "EMPLOYER#*", ...referenceKeys), checkCase],
      Ledger: [
        read("VISIT#*", "CASE#*", "UNLINKED#*", "EMPLOYER_CASES#*", "EVENTS#*"),
        ...writeSettlement,
        leaveTrail,
        indexQuery(claimsByEmployerAndStatus),
      ],
    },
  },
  "deliver-webhooks": {
    purpose:
      "Tells institutions what happened, at the addresses that they stated, and tries again what failed",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    knowsWebhooks: true,
    timeoutMinutes: 1,
    tables: {
      Ledger: [{ actions: ["BatchGetItem"], partitionKeys: ["EVENTS#*"] }, ...deliverWebhooks],
    },
  },
  "rotate-keys": {
    purpose: "Seals and files everybody anew, when keys are replaced; started by hand",
    memoryMegabytes: 1024,
    timeoutMinutes: 15,
    looksPeopleUp: true,
    opensPersonalData: true,
    tables: {
      Registry: [
        { actions: ["Scan"] },
        { actions: ["GetItem"], partitionKeys: ["WORKER#*"] },
        put("WORKER#*", ...lookupKeys),
        remove(...lookupKeys),
      ],
      Ledger: [leaveTrail],
    },
  },
  "seal-audit-trail": {
    purpose: "Seals the audit trail each minute, so that what is altered or removed later is found",
    memoryMegabytes: 1024,
    timeoutMinutes: 1,
    looksPeopleUp: false,
    tables: {
      Ledger: [{ actions: ["Query"], partitionKeys: [...auditKeys, "SEALS#*"] }, put("SEALS#*")],
    },
  },
  "raise-overdue-claims": {
    purpose: "Tells once a day of claims whose decision is past its legal time",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    timeoutMinutes: 5,
    tables: {
      Registry: [read("WORKER#*", ...policyKeys)],
      Ledger: [read("VISIT#*"), put("VISIT#*", "EVENTS#*"), leaveTrail, indexQuery(deferredClaims)],
    },
  },
} as const satisfies Record<string, JobProfile>;
export type JobName = keyof typeof jobs;
