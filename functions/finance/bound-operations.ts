import { type BoundOperation, bind } from "../bind.ts";
import type { Services } from "../services.ts";
import { listDeferredClaims } from "./list-deferred-claims.ts";
import { listReconciliations } from "./list-reconciliations.ts";
import { financeOperations as operations } from "./operations.ts";
import { summariseSettlements } from "./summarise-settlements.ts";

/** All operations of finance staff, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.summariseSettlements, summariseSettlements(services)),
  bind(operations.listDeferredClaims, listDeferredClaims(services)),
  bind(operations.listReconciliations, listReconciliations(services)),
];
