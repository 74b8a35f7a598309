import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { listReconciliations } from "../reconciliation/list-reconciliations.ts";
import { financeOperations as operations } from "../reports/finance-operations.ts";
import { summariseSettlements } from "../reports/summarise-settlements.ts";
import { listDeferredClaims } from "../settlements/list-deferred-claims.ts";

/** All operations of finance staff, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.summariseSettlements, summariseSettlements(services)),
  bind(operations.listDeferredClaims, listDeferredClaims(services)),
  bind(operations.listReconciliations, listReconciliations(services)),
];
