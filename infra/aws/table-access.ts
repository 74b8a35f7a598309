import type { IndexDefinition, TableDefinition } from "../../shared/store/kit/table-schema.ts";

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

export type TableAccesses = Readonly<Partial<Record<TableName, readonly TableAccess[]>>>;

/** One action on the table, on whatever items any of the accesses allows it. */
function mergeAction(action: string, accesses: readonly TableAccess[]): TableAccess {
  const allowing = accesses.filter(({ actions }) => actions.includes(action));
  const partitionKeys = new Set<string>();
  for (const access of allowing) {
    if (access.partitionKeys === undefined) return { actions: [action] };
    for (const key of access.partitionKeys) partitionKeys.add(key);
  }
  return { actions: [action], partitionKeys: [...partitionKeys] };
}

/**
 * The same accesses with each action on the table in one of them, which widens nothing. DynamoDB may hold all keys of a
 * batch or a transaction against each statement, so that two statements which allow half of it each would allow none.
 */
export function mergeAccesses(accesses: readonly TableAccess[]): readonly TableAccess[] {
  const onTable = accesses.filter(({ indexes }) => indexes === undefined);
  const actions = new Set(onTable.flatMap((access) => access.actions));
  return [
    ...[...actions].map((action) => mergeAction(action, onTable)),
    ...accesses.filter(({ indexes }) => indexes !== undefined),
  ];
}

const readActions = ["GetItem", "BatchGetItem", "Query"] as const;

/** Items with such partition keys. */
export const read = (...partitionKeys: readonly string[]): TableAccess => ({
  actions: readActions,
  partitionKeys,
});
export const readAll: TableAccess = { actions: readActions };

export const put = (...partitionKeys: readonly string[]): TableAccess => ({
  actions: ["PutItem"],
  partitionKeys,
});
export const remove = (...partitionKeys: readonly string[]): TableAccess => ({
  actions: ["DeleteItem"],
  partitionKeys,
});
/** A transaction rests on the case as it was read; cases lie with their worker. */
export const checkCase: TableAccess = { actions: ["ConditionCheckItem"], partitionKeys: ["WORKER#*"] };

export const indexQuery = (...indexes: readonly IndexDefinition[]): TableAccess => ({
  actions: ["Query"],
  indexes,
});

/** Entries of the audit trail: put, and never touched again. */
export const leaveTrail: TableAccess = put("AUDIT#*");
/** Some entries lie in the items of events, which are put and never touched again either. */
export const auditKeys: readonly string[] = ["AUDIT#*", "EVENTS#*"];

/** Policies, and the version of the reference data that tells whether memory is old. */
export const policyKeys: readonly string[] = ["POLICY", "REFERENCE"];
/** What every bill is priced with: the catalogue as well. */
export const referenceKeys: readonly string[] = [...policyKeys, "ITEM#*"];

/** One visit for each number of a hospital: removed when the number is free again. */
export const numberKeys: readonly string[] = ["VISIT_NUMBER#*"];
/** The two kinds of item in the Ledger that state no money: they hold a place, the first all stays of a worker. */
export const guardKeys: readonly string[] = ["STAY#*", ...numberKeys];

/** What the settlement of a visit, and whatever else a decision leads to, puts. */
const settlementKeys: readonly string[] = [
  "VISIT#*",
  "CLAIM#*",
  "LEDGER#*",
  "EVENTS#*",
  "CASE#*",
  "CASE_EMPLOYER#*",
];

/** Sums are the only items of the Ledger that are updated in place; all others are put under a condition. */
const addToSums: TableAccess = { actions: ["UpdateItem"], partitionKeys: ["SUMMARY#*"] };
export const writeSettlement: readonly TableAccess[] = [put(...settlementKeys), addToSums];

/** The records of the messages that were answered. */
export const messageKeys: readonly string[] = ["MESSAGE#*"];

/** What hospitals put with a visit; the seals of the audit trail are not among it. */
export const writeTreatment: readonly TableAccess[] = [
  put(...settlementKeys, ...guardKeys, ...messageKeys, "UNLINKED#*", "RECONCILIATION#*"),
  addToSums,
];

/** What is to be sent to webhooks, and when: the job's to read. */
export const dueKeys: readonly string[] = ["WEBHOOK_DUE#*"];
const deliveryKeys: readonly string[] = ["DELIVERIES#*"];
/** Where institutions want to hear of what happens, and what was sent there. */
export const webhookKeys: readonly string[] = ["WEBHOOKS#*", ...deliveryKeys];

/** Institutions state their webhooks, look at what was sent there, and have it sent once more. */
export const stateWebhooks: readonly TableAccess[] = [
  { actions: ["GetItem", "Query"], partitionKeys: webhookKeys },
  put(...webhookKeys, ...dueKeys),
];
export const deliverWebhooks: readonly TableAccess[] = [
  { actions: ["GetItem", "Query"], partitionKeys: [...webhookKeys, ...dueKeys] },
  put(...deliveryKeys, ...dueKeys),
  remove(...dueKeys),
];

/** Whom a card or ID number belongs to: a card that was replaced is let go. */
export const lookupKeys: readonly string[] = ["PERSON#*"];
