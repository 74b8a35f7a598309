import { type BoundOperation, bind } from "../bind.ts";
import { listEnterpriseEvents } from "../feed/list-events.ts";
import type { Services } from "../services.ts";
import { bindWebhooks } from "../webhooks/bound-operations.ts";
import { getClaim } from "./get-claim.ts";
import { listClaims } from "./list-claims.ts";
import { enterpriseOperations as operations, webhookOperations } from "./operations.ts";
import { summariseClaims } from "./summarise-claims.ts";

/** All operations of enterprises, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.listClaims, listClaims(services)),
  bind(operations.getClaim, getClaim(services)),
  bind(operations.summariseClaims, summariseClaims(services)),
  bind(operations.listEnterpriseEvents, listEnterpriseEvents(services)),
  ...bindWebhooks(services, "enterprise", webhookOperations),
];
