/**
 * The two tables, by the lifetime of what they keep. The CDK app, the local engine and the tests all create
 * their tables from these definitions; the store names keys and indexes only through them.
 */
export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Where it leads to items by their keys alone, so that it is written only when those change; else it holds all of them. */
  readonly projection?: "KEYS_ONLY";
}

export interface TableDefinition {
  readonly name: "Registry" | "Ledger";
  readonly partitionKey: "pk";
  readonly sortKey: "sk";
  readonly indexes: readonly IndexDefinition[];
  /** Money and its trail: deletion protection, a customer key, and delete grants on guards and settled deliveries only (infra/aws/table-access.ts). */
  readonly keepsMoney: boolean;
}

/** Hospitals, employers, workers, cases, catalogue and policies: replaceable, read far more than written. */
export const registryTable = {
  name: "Registry",
  partitionKey: "pk",
  sortKey: "sk",
  indexes: [],
  keepsMoney: false,
} as const satisfies TableDefinition;

/** Claims of an employer in the order of admission. */
export const claimsByEmployer = {
  name: "claims-by-employer",
  partitionKey: "employerKey",
  sortKey: "claimOrder",
} as const satisfies IndexDefinition;

/** The same claims, split by status, so that no page is read only to be filtered. */
export const claimsByEmployerAndStatus = {
  name: "claims-by-employer-and-status",
  partitionKey: "employerStatusKey",
  sortKey: "claimOrder",
} as const satisfies IndexDefinition;

/** What happened, for a hospital to read in order. */
export const eventsByHospital = {
  name: "events-by-hospital",
  partitionKey: "eventHospital",
  sortKey: "eventOrder",
} as const satisfies IndexDefinition;

/** What happened, for an employer to read in order. */
export const eventsByEmployer = {
  name: "events-by-employer",
  partitionKey: "eventEmployer",
  sortKey: "eventOrder",
} as const satisfies IndexDefinition;

/** Claims that wait for a decision, the oldest first; no others are in it. */
export const deferredClaims = {
  name: "deferred-claims",
  partitionKey: "deferredKey",
  sortKey: "deferredOrder",
} as const satisfies IndexDefinition;

/** Where a hospital's visits are, in the order of admission. */
export const visitsByHospital = {
  name: "visits-by-hospital",
  partitionKey: "hospitalKey",
  sortKey: "claimOrder",
  projection: "KEYS_ONLY",
} as const satisfies IndexDefinition;

/** The same of one worker. */
export const visitsByHospitalAndWorker = {
  name: "visits-by-hospital-and-worker",
  partitionKey: "hospitalWorkerKey",
  sortKey: "claimOrder",
  projection: "KEYS_ONLY",
} as const satisfies IndexDefinition;

/** Visits, charges, settlements, ledger entries, messages, summaries: kept for good. */
export const ledgerTable = {
  name: "Ledger",
  partitionKey: "pk",
  sortKey: "sk",
  indexes: [
    claimsByEmployer,
    claimsByEmployerAndStatus,
    eventsByHospital,
    eventsByEmployer,
    deferredClaims,
    visitsByHospital,
    visitsByHospitalAndWorker,
  ],
  keepsMoney: true,
} as const satisfies TableDefinition;

export const tableDefinitions: readonly TableDefinition[] = [registryTable, ledgerTable];
