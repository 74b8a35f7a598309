import { auditorOperations } from "../audit/audit-operations.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { financeOperations } from "../reports/finance-operations.ts";
import { enterpriseOperations } from "../visits/claim-operations.ts";
import { agencyOperations } from "./agency-operations.ts";
import { hospitalOperations } from "./hospital-operations.ts";
import { publicOperations } from "./public-operations.ts";

/** Every operation of the service, and nothing else is one. */
export const operations: readonly OperationDefinition[] = [
  ...Object.values(hospitalOperations),
  ...Object.values(enterpriseOperations),
  ...Object.values(financeOperations),
  ...Object.values(agencyOperations),
  ...Object.values(auditorOperations),
  ...Object.values(publicOperations),
];
