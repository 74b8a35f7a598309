import type { ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { startDelivery, takeDelivery } from "../../shared/domain/webhooks/delivery.ts";
import { type Webhook, wants } from "../../shared/domain/webhooks/webhook.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import {
  commitDelivery,
  type DueDelivery,
  findDelivery,
  readDue,
  removeDue,
} from "../../shared/store/delivery-store.ts";
import { orderOf } from "../../shared/store/event-store.ts";
import { WEBHOOK_DUE_SHARDS } from "../../shared/store/keys.ts";
import { readEach } from "../../shared/store/read.ts";
import { makeWebhooksOf, type WebhooksOf } from "../../shared/store/webhook-store.ts";
import { attempt } from "../attempt.ts";
import { toEventView } from "../feed/event-view.ts";
import { attemptDelivery, type DeliveryServices } from "../webhooks/attempt-delivery.ts";

/**
 * Makes the delivery and tries it at once, unless its receiver is known to be silent; one that is there already is
 * somebody else's, or was tried before.
 */
async function deliverTo(services: DeliveryServices, webhook: Webhook, event: ServiceEvent): Promise<void> {
  const { db, now } = services;
  const order = orderOf(event);
  const body = JSON.stringify(toEventView(event, webhook.audience));
  const trail = { operation: "deliver-webhooks", requestId: event.eventId };
  const made = await attempt(services, trail, async () => {
    const at = now();
    const isLater = services.silent.isSilent(webhook, at);
    const delivery = startDelivery(webhook, event, { order, body, at, isLater });
    const { kind } = await commitDelivery(db, delivery);
    if (kind === "COMMITTED") return { delivery: isLater ? undefined : delivery };
    return (await findDelivery(db, delivery)) === undefined ? "AGAIN" : { delivery: undefined };
  });
  if (!made.ok) throw new Error(`no delivery of ${event.eventId} could be made`);
  if (made.value.delivery !== undefined) await attemptDelivery(services, made.value.delivery);
}

/** Tells an event to every webhook that asks for it. Once made, a delivery is seen to by `deliverDue` as well. */
export async function deliverEvent(
  services: DeliveryServices,
  event: ServiceEvent,
  webhooksOf: WebhooksOf = makeWebhooksOf(services.db),
): Promise<void> {
  const webhooks = await webhooksOf(event);
  const wanted = webhooks.filter((webhook) => wants(webhook, event));
  await Promise.all(wanted.map((webhook) => deliverTo(services, webhook, event)));
}

async function deliverOne(services: DeliveryServices, due: DueDelivery): Promise<void> {
  const { db, now } = services;
  const delivery = await findDelivery(db, due);
  if (delivery?.nextAttemptAt !== due.at) return removeDue(db, due);
  const taken = takeDelivery(delivery, now());
  const { kind } = await commitDelivery(db, taken);
  if (kind !== "COMMITTED") return;
  await removeDue(db, due);
  await attemptDelivery(services, taken);
}

const PAGE = 32;
const AT_ONCE = 8;

async function deliverShard(
  services: DeliveryServices,
  shard: number,
  isTimeUp: () => boolean,
): Promise<void> {
  for (;;) {
    const page = await readDue(services.db, shard, services.now(), PAGE);
    const failed: DueDelivery[] = [];
    await readEach(
      page,
      async (due) => {
        if (isTimeUp()) return;
        try {
          await deliverOne(services, due);
        } catch (error) {
          failed.push(due);
          const { eventId, webhookId } = due;
          const fields = { job: "deliver-webhooks", eventId, webhookId, error: nameOfError(error) };
          services.logger.log("JOB_FAILED", fields);
        }
      },
      AT_ONCE,
    );
    // What failed is still due, and would be read again at once.
    if (page.length < PAGE || failed.length > 0 || isTimeUp()) return;
  }
}

/** Tries every delivery that is due, the longest overdue first, until none is left or time is up. */
export async function deliverDue(services: DeliveryServices, isTimeUp: () => boolean): Promise<void> {
  const shards = Array.from({ length: WEBHOOK_DUE_SHARDS }, (_, shard) => shard);
  await Promise.all(shards.map((shard) => deliverShard(services, shard, isTimeUp)));
}
