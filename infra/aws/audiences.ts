import type { Audience } from "../../functions/kit/operation.ts";
import {
  claimsByEmployer,
  claimsByEmployerAndStatus,
  deferredClaims,
  eventsByEmployer,
  eventsByHospital,
  visitsByHospital,
  visitsByHospitalAndWorker,
} from "../../shared/store/kit/table-schema.ts";
import type { PersonalDataAccess } from "./personal-data.ts";
import {
  auditKeys,
  checkCase,
  guardKeys,
  indexQuery,
  leaveTrail,
  lookupKeys,
  messageKeys,
  numberKeys,
  policyKeys,
  put,
  read,
  readAll,
  referenceKeys,
  remove,
  stateWebhooks,
  type TableAccesses,
  writeTreatment,
} from "./table-access.ts";

/** What a function of one audience needs, and so all that it gets. */
export interface AudienceProfile extends PersonalDataAccess {
  readonly purpose: string;
  /** Lambda gives processor time in proportion; 1769 MB are one whole core. */
  readonly memoryMegabytes: number;
  /** Gives out URLs under which files are uploaded. */
  readonly opensUploads?: true;
  /** As many at once at most: of a function that anybody may call, so that it takes nothing from the others. */
  readonly concurrency?: number;
  readonly tables: TableAccesses;
}

/** What the agency reads of the Ledger, and what it writes there of a case: what happened, and which visit is its own. */
const caseKeys: readonly string[] = ["EVENTS#*", "VISIT#*", "CLAIM#*", "CASE#*", "CASE_EMPLOYER#*"];

/** How many people each hospital has looked up within an hour. */
const lookupCountKeys: readonly string[] = ["LOOKUPS#*"];

export const audiences = {
  hospital: {
    purpose: "Hospitals: eligibility, visits, charges, settlements",
    memoryMegabytes: 1769,
    looksPeopleUp: true,
    takesMessages: "hospital",
    knowsWebhooks: true,
    opensUploads: true,
    tables: {
      Registry: [
        read("HOSPITAL#*", "EMPLOYER#*", "PERSON#*", "WORKER#*", "CASE_OWNER#*", ...referenceKeys),
        checkCase,
      ],
      Ledger: [
        read(
          ...["VISIT#*", "CASE_EMPLOYER#*", "LEDGER#*", "SUMMARY#*", "RECONCILIATION#*"],
          ...guardKeys,
          ...messageKeys,
          ...lookupCountKeys,
        ),
        ...writeTreatment,
        leaveTrail,
        ...stateWebhooks,
        { actions: ["UpdateItem"], partitionKeys: lookupCountKeys },
        indexQuery(eventsByHospital, visitsByHospital, visitsByHospitalAndWorker),
        remove(...numberKeys),
      ],
    },
  },
  enterprise: {
    purpose: "Employers: the claims of their own workers",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    takesMessages: "enterprise",
    knowsWebhooks: true,
    tables: {
      Registry: [read("EMPLOYER#*", "HOSPITAL#*")],
      Ledger: [
        { actions: ["GetItem"], partitionKeys: ["CLAIM#*", ...messageKeys] },
        indexQuery(claimsByEmployer, claimsByEmployerAndStatus, eventsByEmployer),
        put(...messageKeys),
        leaveTrail,
        ...stateWebhooks,
      ],
    },
  },
  finance: {
    purpose: "Finance: figures that tie out to the ledger",
    memoryMegabytes: 1024,
    looksPeopleUp: false,
    tables: {
      Registry: [read("WORKER#*", ...policyKeys)],
      Ledger: [read("SUMMARY#*", "LEDGER#*", "RECONCILIATION#*"), indexQuery(deferredClaims), leaveTrail],
    },
  },
  agency: {
    purpose: "The agency: hospitals, employers, workers, cases, catalogue, policies",
    memoryMegabytes: 1024,
    looksPeopleUp: true,
    takesMessages: "agency",
    knowsWebhooks: true,
    opensPersonalData: true,
    tables: {
      // All of it is the agency's own statement.
      Registry: [readAll, { actions: ["PutItem"] }, checkCase, remove(...lookupKeys)],
      Ledger: [
        { actions: ["GetItem", "PutItem"], partitionKeys: messageKeys },
        { actions: ["GetItem", "BatchGetItem", "Query", "PutItem"], partitionKeys: caseKeys },
        { actions: ["GetItem", "PutItem"], partitionKeys: ["WORKER_NUMBER#*"] },
        { actions: ["BatchGetItem", "PutItem"], partitionKeys: ["REMOVED_PERIODS#*"] },
        put("EMPLOYER_CASES#*"),
        // Which claims a change of the catalogue concerns.
        indexQuery(deferredClaims),
        // A bill that left the fund goes over to another employer with its visit.
        put("LEDGER#*"),
        // A bed that was forgotten is freed.
        { actions: ["GetItem", "PutItem"], partitionKeys: ["STAY#*"] },
        leaveTrail,
        ...stateWebhooks,
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
    concurrency: 5,
    tables: {},
  },
} as const satisfies Record<Audience, AudienceProfile>;
