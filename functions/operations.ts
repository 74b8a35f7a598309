import { agencyOperations } from "./agency/operations.ts";
import { auditorOperations } from "./auditor/operations.ts";
import { enterpriseOperations } from "./enterprise/operations.ts";
import { financeOperations } from "./finance/operations.ts";
import { hospitalOperations } from "./hospital/operations.ts";
import type { OperationDefinition } from "./operation.ts";
import { publicOperations } from "./public/operations.ts";

/** Every operation of the service, and nothing else is one. */
export const operations: readonly OperationDefinition[] = [
  ...Object.values(hospitalOperations),
  ...Object.values(enterpriseOperations),
  ...Object.values(financeOperations),
  ...Object.values(agencyOperations),
  ...Object.values(auditorOperations),
  ...Object.values(publicOperations),
];
