import type { Instant } from "../../shared/domain/dates.ts";
import type { Delivery } from "../../shared/domain/webhooks/delivery.ts";
import type { WebhookOwner } from "../../shared/domain/webhooks/webhook.ts";

type WebhookName = WebhookOwner & { readonly webhookId: string };

/** Which receivers let an attempt run out of time lately, as far as this process knows. */
export interface SilentReceivers {
  readonly isSilent: (webhook: WebhookName, now: Instant) => boolean;
  readonly note: (delivery: Delivery) => void;
}

const REST_MS = 30_000;

const nameOf = ({ audience, institution, webhookId }: WebhookName): string =>
  `${audience}#${institution}#${webhookId}`;

/** Remembers receivers that did not answer, so that what is for others does not wait for them again and again. */
export function makeSilentReceivers(): SilentReceivers {
  const untilMs = new Map<string, number>();
  return {
    isSilent: (webhook, now) => (untilMs.get(nameOf(webhook)) ?? 0) > Date.parse(now),
    note: (delivery) => {
      const latest = delivery.attempts.at(-1);
      if (latest?.error === "TIMED_OUT") untilMs.set(nameOf(delivery), Date.parse(latest.at) + REST_MS);
      else untilMs.delete(nameOf(delivery));
    },
  };
}
