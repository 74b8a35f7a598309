import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { putWebhook } from "./put-webhook.ts";
import { redeliverEvent } from "./redeliver-event.ts";
import { webhookContracts } from "./webhooks.contract.ts";

/** The webhook operations of one audience, each with its code. */
export function bindWebhooks(services: Services, audience: WebhookAudience): BoundOperation[] {
  const contracts = webhookContracts[audience];
  return [
    bind(contracts.putWebhook, putWebhook(services, audience)),
    bind(contracts.listWebhooks, listWebhooks(services, audience)),
    bind(contracts.listDeliveries, listDeliveries(services, audience)),
    bindMessage(contracts.redeliverEvent, redeliverEvent(services, audience)),
  ];
}
