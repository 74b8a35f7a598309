import type { ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { startDelivery, takeDelivery } from "../../shared/domain/webhooks/delivery.ts";
import { type Webhook, wants } from "../../shared/domain/webhooks/webhook.ts";
import { mapConcurrent } from "../../shared/map-concurrent.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { orderOf } from "../../shared/store/events/event-store.ts";
import { WEBHOOK_DUE_SHARDS } from "../../shared/store/kit/keys.ts";
import {
  commitDelivery,
  type DueDelivery,
  findDelivery,
  readDue,
  removeDue,
} from "../../shared/store/webhooks/delivery-store.ts";
import { makeWebhooksOf, type WebhooksOf } from "../../shared/store/webhooks/webhook-store.ts";
import { toEventView } from "../events/event-view.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import { attemptDelivery, type DeliveryServices } from "./attempt-delivery.ts";

/**
 * Makes the delivery and tries it at once, unless its receiver is known to be silent; one that is there already is
 * somebody else's, or was tried before.
 */
async function deliverTo(services: DeliveryServices, webhook: Webhook, event: ServiceEvent): Promise<void> {
  const { db, now } = services;
  const order = orderOf(event);
  const body = JSON.stringify(toEventView(event, webhook.audience));
  const trail = { operation: "deliver-webhooks", requestId: event.eventId };
  const made = await retryOnConflict(services, trail, async () => {
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

async function deliverOne(services: DeliveryServices, due: DueDelivery): Promise<"SLOW" | "SWIFT"> {
  const { db, now } = services;
  const delivery = await findDelivery(db, due);
  if (delivery?.nextAttemptAt !== due.at) {
    await removeDue(db, due);
    return "SWIFT";
  }
  const taken = takeDelivery(delivery, now());
  const { kind } = await commitDelivery(db, taken);
  if (kind !== "COMMITTED") return "SWIFT";
  await removeDue(db, due);
  return attemptDelivery(services, taken);
}

const PAGE = 100;
/** Of what is due in one shard, so much is looked at in one run. */
const MOST_PAGES = 50;
/** Receivers that are called at the same time from one shard. */
const RECEIVERS_AT_ONCE = 32;

const receiverOf = ({ audience, institution, webhookId }: DueDelivery): string =>
  `${audience}#${institution}#${webhookId}`;

/** What is due in a shard, by receiver; of each the longest overdue first, and so the receivers. */
async function readLanes({ db, now }: DeliveryServices, shard: number): Promise<Map<string, DueDelivery[]>> {
  const lanes = new Map<string, DueDelivery[]>();
  const at = now();
  let after: DueDelivery | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await readDue(db, shard, at, { limit: PAGE, after });
    for (const due of page) {
      const lane = lanes.get(receiverOf(due)) ?? [];
      lane.push(due);
      lanes.set(receiverOf(due), lane);
    }
    if (page.length < PAGE) break;
    after = page.at(-1);
  }
  return lanes;
}

/** One receiver's deliveries, one after the other, until one takes long: what is left waits for the next run. */
async function deliverLane(
  services: DeliveryServices,
  lane: readonly DueDelivery[],
  isTimeUp: () => boolean,
): Promise<void> {
  for (const due of lane) {
    if (isTimeUp()) return;
    try {
      if ((await deliverOne(services, due)) === "SLOW") return;
    } catch (error) {
      const { eventId, webhookId } = due;
      const fields = { job: "deliver-webhooks", eventId, webhookId, error: nameOfError(error) };
      services.logger.log("JOB_FAILED", fields);
    }
  }
}

/**
 * Tries every delivery that is due, the longest overdue first, until none is left or time is up. Each receiver has a lane
 * of its own: one that is slow keeps none of the others waiting for more than one attempt of it.
 */
export async function deliverDue(services: DeliveryServices, isTimeUp: () => boolean): Promise<void> {
  const shards = Array.from({ length: WEBHOOK_DUE_SHARDS }, (_, shard) => shard);
  await Promise.all(
    shards.map(async (shard) => {
      const lanes = await readLanes(services, shard);
      await mapConcurrent(lanes.values(), RECEIVERS_AT_ONCE, (lane) => deliverLane(services, lane, isTimeUp));
    }),
  );
}
