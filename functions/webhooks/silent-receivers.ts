import type { Instant } from "../../shared/domain/dates.ts";
import type { Delivery } from "../../shared/domain/webhooks/delivery.ts";
import type { WebhookOwner } from "../../shared/domain/webhooks/webhook.ts";

type WebhookName = WebhookOwner & { readonly webhookId: string };

/** Which receivers took long over an attempt lately, or let it run out of time, as far as this process knows. */
export interface SilentReceivers {
  readonly isSilent: (webhook: WebhookName, now: Instant) => boolean;
  readonly note: (delivery: Delivery) => void;
}

/** A receiver is to take note of an event, and to work on it afterwards. */
const SLOW_MS = 1_000;
const REST_MS = 30_000;
/** Who is slow again and again rests longer each time: the first attempt after each rest is waited for. */
const LONGEST_REST_MS = 600_000;

/** Whether an attempt kept others waiting. */
export const wasSlow = ({ attempts }: Pick<Delivery, "attempts">): boolean =>
  (attempts.at(-1)?.durationMs ?? 0) > SLOW_MS;

const nameOf = ({ audience, institution, webhookId }: WebhookName): string =>
  `${audience}#${institution}#${webhookId}`;

/** Remembers receivers that were slow, so that what is for others does not wait for them again and again. */
export function makeSilentReceivers(): SilentReceivers {
  const rests = new Map<string, { readonly untilMs: number; readonly restMs: number }>();
  return {
    isSilent: (webhook, now) => (rests.get(nameOf(webhook))?.untilMs ?? 0) > Date.parse(now),
    note: (delivery) => {
      const name = nameOf(delivery);
      const latest = delivery.attempts.at(-1);
      const before = rests.get(name);
      if (latest === undefined || !wasSlow(delivery)) {
        rests.delete(name);
        return;
      }
      const atMs = Date.parse(latest.at);
      // Attempts that were under way together are one time that it was slow.
      if (before !== undefined && atMs < before.untilMs) return;
      const restMs = Math.min(LONGEST_REST_MS, before === undefined ? REST_MS : 2 * before.restMs);
      rests.set(name, { untilMs: atMs + restMs, restMs });
    },
  };
}
