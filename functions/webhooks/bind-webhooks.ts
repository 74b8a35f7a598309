import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { putWebhook } from "./put-webhook.ts";
import { redeliverEvent } from "./redeliver-event.ts";
import type { WebhookOperations } from "./webhook-operations.ts";

/** The webhook operations of one audience, each with its code. */
export const bindWebhooks = (
  services: Services,
  audience: WebhookAudience,
  operations: WebhookOperations,
): BoundOperation[] => [
  bind(operations.putWebhook, putWebhook(services, audience)),
  bind(operations.listWebhooks, listWebhooks(services, audience)),
  bind(operations.listDeliveries, listDeliveries(services, audience)),
  bindMessage(operations.redeliverEvent, redeliverEvent(services, audience)),
];
