import type { auditorOperations } from "../audit/audit-operations.ts";
import type { agencyOperations } from "../contract/agency-operations.ts";
import type { hospitalOperations } from "../contract/hospital-operations.ts";
import type { publicOperations } from "../contract/public-operations.ts";
import type { financeOperations } from "../reports/finance-operations.ts";
import type { enterpriseOperations } from "../visits/claim-operations.ts";

type Operations = typeof hospitalOperations &
  typeof enterpriseOperations &
  typeof financeOperations &
  typeof agencyOperations &
  typeof auditorOperations &
  typeof publicOperations;
type OperationId = {
  [Group in keyof Operations]: Operations[Group] extends { readonly id: infer Id extends string }
    ? Id
    : never;
}[keyof Operations];

/**
 * What an operation leaves in the audit trail. `CHANGE`: an entry in the change's own transaction. `NOTHING`: its answer
 * tells of no person. Otherwise a look at a person's record, whose subject is the visit or settlement of the path, what
 * the operation names, or, of a list, the caller's institution and the visits that the answer tells of.
 */
export type AuditRule = "CHANGE" | "NOTHING" | { readonly reads: "VISIT" | "SETTLEMENT" | "NAMED" | "LIST" };

const reads = {
  visit: { reads: "VISIT" },
  settlement: { reads: "SETTLEMENT" },
  named: { reads: "NAMED" },
  list: { reads: "LIST" },
} as const satisfies Record<string, AuditRule>;

/** Every operation has its rule: one that is added without does not compile. */
const auditRules = {
  "check-eligibility": reads.named,
  "register-visit": "CHANGE",
  "list-visits": reads.list,
  "find-visits": reads.named,
  "get-visit": reads.visit,
  "amend-visit": "CHANGE",
  "upload-charges": "CHANGE",
  "list-charges": reads.visit,
  "revoke-charges": "CHANGE",
  "discharge-worker": "CHANGE",
  "cancel-discharge": "CHANGE",
  "record-advance": "CHANGE",
  "cancel-visit": "CHANGE",
  "preview-settlement": reads.visit,
  "settle-visit": "CHANGE",
  "get-settlement": reads.settlement,
  "list-settlement-lines": reads.settlement,
  "reverse-settlement": "CHANGE",
  "get-message": reads.named,
  "cancel-message": "CHANGE",
  "list-hospital-events": reads.list,
  "reconcile-day": "CHANGE",
  "post-reconciliation-details": "CHANGE",
  "open-reconciliation-upload": "CHANGE",
  "get-reconciliation": "NOTHING",
  "list-differences": reads.named,
  "put-hospital-webhook": "CHANGE",
  "list-hospital-webhooks": "NOTHING",
  "list-hospital-deliveries": reads.list,
  "redeliver-hospital-event": "CHANGE",
  "list-claims": reads.list,
  "get-claim": reads.visit,
  "summarise-claims": "NOTHING",
  "list-enterprise-events": reads.list,
  "put-enterprise-webhook": "CHANGE",
  "list-enterprise-webhooks": "NOTHING",
  "list-enterprise-deliveries": reads.list,
  "redeliver-enterprise-event": "CHANGE",
  "summarise-settlements": "NOTHING",
  "list-deferred-claims": reads.list,
  "list-reconciliations": "NOTHING",
  "put-hospital": "CHANGE",
  "get-hospital": "NOTHING",
  "put-employer": "CHANGE",
  "get-employer": "NOTHING",
  "put-worker": "CHANGE",
  "correct-identity": "CHANGE",
  "find-worker": reads.named,
  "get-worker": reads.named,
  "put-case": "CHANGE",
  "get-case": reads.named,
  "link-case": "CHANGE",
  "release-bed": "CHANGE",
  "correct-employer": "CHANGE",
  "import-catalogue": "CHANGE",
  "preview-catalogue": "NOTHING",
  "remove-catalogue-period": "CHANGE",
  "get-catalogue-item": "NOTHING",
  "put-policy": "CHANGE",
  "list-policies": "NOTHING",
  "get-agency-visit": reads.visit,
  "list-agency-charges": reads.visit,
  "get-agency-settlement": reads.settlement,
  "list-agency-settlement-lines": reads.settlement,
  "list-agency-events": reads.list,
  "put-agency-webhook": "CHANGE",
  "list-agency-webhooks": "NOTHING",
  "list-agency-deliveries": reads.list,
  "redeliver-agency-event": "CHANGE",
  "list-audit-events": reads.named,
  "get-health": "NOTHING",
  "get-openapi": "NOTHING",
  "get-docs": "NOTHING",
} as const satisfies Record<OperationId, AuditRule>;

const rules: ReadonlyMap<string, AuditRule> = new Map(Object.entries(auditRules));

/** The rule of an operation by its id; throws where there is none. */
export function auditRuleOf(operationId: string): AuditRule {
  const rule = rules.get(operationId);
  if (rule === undefined) throw new RangeError(`${operationId} has no audit rule`);
  return rule;
}
