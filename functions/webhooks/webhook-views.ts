import * as z from "zod/mini";
import { eventTypes } from "../../shared/domain/events/service-event.ts";
import { attemptErrors, type Delivery, deliveryStatuses } from "../../shared/domain/webhooks/delivery.ts";
import type { Webhook } from "../../shared/domain/webhooks/webhook.ts";
import { InstantText, pageOf } from "../kit/views.ts";

export const WebhookView = z.object({
  webhookId: z.string(),
  url: z.string(),
  types: z.optional(z.array(z.enum(eventTypes))),
  active: z.boolean(),
  secret: z.string(),
  updatedAt: InstantText,
});

export const WebhookListView = z.object({ items: z.array(WebhookView) });

export const DeliveryView = z.object({
  eventId: z.string(),
  type: z.enum(eventTypes),
  status: z.enum(deliveryStatuses),
  attempts: z.array(
    z.object({
      at: InstantText,
      status: z.optional(z.number()),
      error: z.optional(z.enum(attemptErrors)),
      durationMs: z.number(),
    }),
  ),
  nextAttemptAt: z.optional(InstantText),
});

export const DeliveryPageView = pageOf(DeliveryView);

const MASKED = "********";

/** A webhook without its secret, unless it was made for this very answer. */
export const toWebhookView = (webhook: Webhook, madeSecret?: string) => ({
  ...webhook,
  secret: madeSecret ?? MASKED,
});

export const toDeliveryView = ({ eventId, type, status, attempts, nextAttemptAt }: Delivery) => ({
  eventId,
  type,
  status,
  attempts,
  nextAttemptAt,
});
