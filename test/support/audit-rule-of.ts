import { operations } from "../../functions/contract/operations.ts";
import type { AuditRule } from "../../functions/kit/operation.ts";

/** The audit rule of an operation by its id; throws where there is none. */
export function auditRuleOf(operationId: string): AuditRule {
  const rule = operations.find(({ id }) => id === operationId)?.audit;
  if (rule === undefined) throw new RangeError(`${operationId} is no operation`);
  return rule;
}
