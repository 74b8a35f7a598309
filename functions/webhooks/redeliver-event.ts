import { failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { restartDelivery } from "../../shared/domain/webhooks/delivery.ts";
import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { findDeliveryOfEvent, saveDelivery } from "../../shared/store/webhooks/delivery-store.ts";
import { findWebhook } from "../../shared/store/webhooks/webhook-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toDeliveryView } from "./webhook-views.ts";
import type { WebhookContracts } from "./webhooks.contract.ts";

type Call = MessageCallOf<WebhookContracts["redeliverEvent"]>;

/** Lets an event be sent once more, at once and for three days, whatever became of it before. */
export const redeliverEvent =
  (services: Pick<Services, "db" | "logger" | "now">, audience: WebhookAudience) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db } = services;
      const { webhookId, eventId } = call.params;
      const owner = { audience, institution: call.caller.institution };
      const [webhook, delivery] = await Promise.all([
        findWebhook(db, owner, webhookId),
        findDeliveryOfEvent(db, owner, webhookId, eventId),
      ]);
      if (webhook === undefined) return err(failure("WEBHOOK_NOT_FOUND"));
      if (delivery === undefined) return err(failure("DELIVERY_NOT_FOUND"));
      if (!webhook.active) return err(failure("WEBHOOK_INACTIVE"));
      const next = restartDelivery(delivery, services.now());
      return ok({ subject: eventId, value: toDeliveryView(next), writes: saveDelivery(db, next) });
    });
