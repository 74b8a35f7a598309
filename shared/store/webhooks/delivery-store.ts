import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Instant } from "../../domain/dates.ts";
import { eventTypes } from "../../domain/events/service-event.ts";
import { attemptErrors, type Delivery, deliveryStatuses } from "../../domain/webhooks/delivery.ts";
import { type WebhookOwner, webhookAudiences } from "../../domain/webhooks/webhook.ts";
import type { Database } from "../kit/database.ts";
import { deliveryOrderPrefix, type Key, WEBHOOK_DUE_SHARDS, webhookKeys } from "../kit/keys.ts";
import { getItem, queryPage } from "../kit/read.ts";
import { shardOf } from "../kit/shard-of.ts";
import { StoredInstant } from "../kit/stored-fields.ts";
import { type Commit, commitTransaction, putNew, putNext, putOver, type Write } from "../kit/transaction.ts";

const StoredDelivery = z.object({
  audience: z.enum(webhookAudiences),
  institution: z.string(),
  webhookId: z.string(),
  eventId: z.string(),
  type: z.enum(eventTypes),
  order: z.string(),
  body: z.string(),
  status: z.enum(deliveryStatuses),
  attempts: z.array(
    z.object({
      at: StoredInstant,
      status: z.optional(z.number()),
      error: z.optional(z.enum(attemptErrors)),
      durationMs: z.number(),
    }),
  ),
  startedAt: StoredInstant,
  failures: z.number(),
  nextAttemptAt: z.optional(StoredInstant),
  version: z.number(),
});

/** Where a delivery waits for its next attempt. It may be out of date: the delivery itself says what holds. */
export interface DueDelivery extends WebhookOwner {
  readonly webhookId: string;
  readonly eventId: string;
  readonly order: string;
  readonly at: Instant;
}

const StoredDue = z.object({
  audience: z.enum(webhookAudiences),
  institution: z.string(),
  webhookId: z.string(),
  eventId: z.string(),
  order: z.string(),
  at: StoredInstant,
});

const dueShardOf = (eventId: string): number => shardOf(eventId, WEBHOOK_DUE_SHARDS);

const dueKey = (due: DueDelivery): Key =>
  webhookKeys.due(dueShardOf(due.eventId), due.at, due, due.webhookId, due.eventId);

/** Where a delivery waits as it stands; undefined where no attempt is due any more. */
export function dueOf(delivery: Delivery): DueDelivery | undefined {
  const { audience, institution, webhookId, eventId, order, nextAttemptAt } = delivery;
  if (nextAttemptAt === undefined) return undefined;
  return { audience, institution, webhookId, eventId, order, at: nextAttemptAt };
}

/**
 * The next state of a delivery together with the place where it waits. Only one of two who read the same version
 * commits it.
 */
export function saveDelivery(db: Database, delivery: Delivery): readonly Write[] {
  const { webhookId, eventId, order, version } = delivery;
  const item = { ...webhookKeys.delivery(delivery, webhookId, order), ...delivery };
  const pointer = { ...webhookKeys.deliveryOfEvent(delivery, webhookId, eventId), order };
  const due = dueOf(delivery);
  return [
    ...(version === 1
      ? [putNew(db.ledger, item, "CHANGED"), putNew(db.ledger, pointer, "CHANGED")]
      : [putNext(db.ledger, item)]),
    ...(due === undefined ? [] : [putOver(db.ledger, { ...dueKey(due), ...due })]),
  ];
}

/** Commits the progress of a delivery, which is no change of a claim and leaves no entry in the audit trail. */
export const commitDelivery = (db: Database, delivery: Delivery): Promise<Commit> =>
  commitTransaction(db, saveDelivery(db, delivery));

type DeliveryId = WebhookOwner & Pick<Delivery, "webhookId" | "order">;

/** A delivery by its place in the order. */
export async function findDelivery(
  db: Database,
  { order, webhookId, ...owner }: DeliveryId,
): Promise<Delivery | undefined> {
  const item = await getItem(db, db.ledger, webhookKeys.delivery(owner, webhookId, order));
  return item === undefined ? undefined : StoredDelivery.parse(item);
}

const StoredPointer = z.object({ order: z.string() });

/** The delivery of an event to a webhook. */
export async function findDeliveryOfEvent(
  db: Database,
  owner: WebhookOwner,
  webhookId: string,
  eventId: string,
): Promise<Delivery | undefined> {
  const item = await getItem(db, db.ledger, webhookKeys.deliveryOfEvent(owner, webhookId, eventId));
  if (item === undefined) return undefined;
  return findDelivery(db, { ...owner, webhookId, order: StoredPointer.parse(item).order });
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: string;
}

/** One page of a webhook's deliveries, the latest event first. `after` is the `next` of the page before. */
export async function readDeliveries(
  db: Database,
  owner: WebhookOwner,
  webhookId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<DeliveryPage> {
  const { items, hasMore } = await queryPage(
    db,
    {
      TableName: db.ledger,
      ConsistentRead: true,
      ScanIndexForward: false,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: {
        ":pk": webhookKeys.deliveryPartition(owner, webhookId),
        ":prefix": deliveryOrderPrefix,
      },
      ...(after === undefined
        ? {}
        : { ExclusiveStartKey: { ...webhookKeys.delivery(owner, webhookId, after) } }),
    },
    limit,
  );
  const deliveries = items.map((item) => StoredDelivery.parse(item));
  const shown = deliveries.at(-1);
  return hasMore && shown !== undefined ? { deliveries, next: shown.order } : { deliveries };
}

/** What is due in one shard at an instant, the longest overdue first, behind the last one of the page before. */
export async function readDue(
  db: Database,
  shard: number,
  now: Instant,
  { limit, after }: { readonly limit: number; readonly after?: DueDelivery | undefined },
): Promise<DueDelivery[]> {
  const { Items: items = [] } = await db.client.send(
    new QueryCommand({
      TableName: db.ledger,
      ConsistentRead: true,
      Limit: limit,
      KeyConditionExpression: "pk = :pk AND sk < :now",
      ExpressionAttributeValues: { ":pk": webhookKeys.duePartition(shard), ":now": now },
      ...(after === undefined ? {} : { ExclusiveStartKey: { ...dueKey(after) } }),
    }),
  );
  return items.map((item) => StoredDue.parse(item));
}

/** Takes a place away where nothing waits any more. */
export async function removeDue(db: Database, due: DueDelivery): Promise<void> {
  await db.client.send(new DeleteCommand({ TableName: db.ledger, Key: { ...dueKey(due) } }));
}
