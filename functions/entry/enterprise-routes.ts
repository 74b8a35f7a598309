import { listEnterpriseEvents } from "../events/list-events.ts";
import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { summariseClaims } from "../reports/summarise-claims.ts";
import { enterpriseOperations as operations, webhookOperations } from "../visits/claim-operations.ts";
import { getClaim } from "../visits/get-claim.ts";
import { listClaims } from "../visits/list-claims.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

/** All operations of enterprises, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.listClaims, listClaims(services)),
  bind(operations.getClaim, getClaim(services)),
  bind(operations.summariseClaims, summariseClaims(services)),
  bind(operations.listEnterpriseEvents, listEnterpriseEvents(services)),
  ...bindWebhooks(services, "enterprise", webhookOperations),
];
