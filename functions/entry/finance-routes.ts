import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { listReconciliationsContract } from "../reconciliation/list-reconciliations.contract.ts";
import { listReconciliations } from "../reconciliation/list-reconciliations.ts";
import { summariseSettlementsContract } from "../reports/summarise-settlements.contract.ts";
import { summariseSettlements } from "../reports/summarise-settlements.ts";
import { listDeferredClaimsContract } from "../settlements/list-deferred-claims.contract.ts";
import { listDeferredClaims } from "../settlements/list-deferred-claims.ts";

/** All operations of finance staff, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(summariseSettlementsContract, summariseSettlements(services)),
  bind(listDeferredClaimsContract, listDeferredClaims(services)),
  bind(listReconciliationsContract, listReconciliations(services)),
];
