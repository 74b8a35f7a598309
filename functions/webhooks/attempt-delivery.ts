import { type AttemptOutcome, type Delivery, recordAttempt } from "../../shared/domain/webhooks/delivery.ts";
import { toUnixSeconds } from "../../shared/domain/webhooks/signed-content.ts";
import type { Webhook } from "../../shared/domain/webhooks/webhook.ts";
import {
  commitDelivery,
  dueOf,
  findDelivery,
  removeDue,
} from "../../shared/store/webhooks/delivery-store.ts";
import { findWebhook } from "../../shared/store/webhooks/webhook-store.ts";
import { postWebhook } from "../../shared/webhooks/post-webhook.ts";
import { signWebhook } from "../../shared/webhooks/signature.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";
import { type SilentReceivers, wasSlow } from "./silent-receivers.ts";

export type DeliveryServices = Pick<
  Services,
  "db" | "logger" | "now" | "webhookSecrets" | "allowLocalWebhooks"
> & {
  readonly silent: SilentReceivers;
};

const OPERATION = "deliver-webhooks";

async function post(
  { now, webhookSecrets, allowLocalWebhooks }: DeliveryServices,
  webhook: Webhook | undefined,
  { eventId, body }: Delivery,
): Promise<AttemptOutcome> {
  if (webhook?.active !== true) return { error: "WEBHOOK_INACTIVE" };
  const secret = webhookSecrets.open(webhook);
  if (secret === undefined) return { error: "SECRET_UNREADABLE" };
  const timestampS = toUnixSeconds(now());
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "work-injury-settlement",
    "webhook-id": eventId,
    "webhook-timestamp": String(timestampS),
    "webhook-signature": signWebhook(secret, { eventId, timestampS, body }),
  };
  return postWebhook({ url: webhook.url, headers, body }, { allowLocal: allowLocalWebhooks });
}

/** Writes down how an attempt ended, unless somebody else moved the delivery on in the meantime. */
async function commitNext(services: DeliveryServices, taken: Delivery, next: Delivery): Promise<void> {
  const { db } = services;
  const trail = { operation: OPERATION, requestId: taken.eventId };
  const done = await retryOnConflict<"DONE">(services, trail, async () => {
    const { kind } = await commitDelivery(db, next);
    if (kind === "COMMITTED") return "DONE";
    return (await findDelivery(db, taken))?.version === taken.version ? "AGAIN" : "DONE";
  });
  if (!done.ok) throw new Error(`how ${taken.eventId} was delivered could not be written down`);
}

/** Tries a delivery that the caller has taken, writes down how it ended, and tells whether it took long. */
export async function attemptDelivery(
  services: DeliveryServices,
  taken: Delivery,
): Promise<"SLOW" | "SWIFT"> {
  const { db, logger, now } = services;
  const startedMs = performance.now();
  const webhook = await findWebhook(db, taken, taken.webhookId);
  const outcome = await post(services, webhook, taken);
  const durationMs = Math.round(performance.now() - startedMs);
  const next = recordAttempt(taken, { ...outcome, at: now(), durationMs });
  services.silent.note(next);
  await commitNext(services, taken, next);
  const lease = dueOf(taken);
  if (lease !== undefined) await removeDue(db, lease);
  const pace = wasSlow(next) ? "SLOW" : "SWIFT";
  if (next.status !== "FAILED") return pace;
  const { webhookId, institution, eventId } = taken;
  logger.log("WEBHOOK_GIVEN_UP", { webhookId, institution, eventId });
  return pace;
}
