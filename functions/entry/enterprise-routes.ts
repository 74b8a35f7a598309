import { listEnterpriseEventsContract } from "../events/list-events.contract.ts";
import { listEnterpriseEvents } from "../events/list-events.ts";
import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { summariseClaimsContract } from "../reports/summarise-claims.contract.ts";
import { summariseClaims } from "../reports/summarise-claims.ts";
import { getClaimContract } from "../visits/get-claim.contract.ts";
import { getClaim } from "../visits/get-claim.ts";
import { listClaimsContract } from "../visits/list-claims.contract.ts";
import { listClaims } from "../visits/list-claims.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

/** All operations of enterprises, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(listClaimsContract, listClaims(services)),
  bind(getClaimContract, getClaim(services)),
  bind(summariseClaimsContract, summariseClaims(services)),
  bind(listEnterpriseEventsContract, listEnterpriseEvents(services)),
  ...bindWebhooks(services, "enterprise"),
];
