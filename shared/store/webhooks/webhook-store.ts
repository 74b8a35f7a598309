import * as z from "zod/mini";
import { eventTypes, type ServiceEvent } from "../../domain/events/service-event.ts";
import { type Webhook, type WebhookOwner, webhookAudiences } from "../../domain/webhooks/webhook.ts";
import type { Database } from "../kit/database.ts";
import { webhookKeys } from "../kit/keys.ts";
import { getItem, queryAll } from "../kit/read.ts";
import { StoredInstant } from "../kit/stored-fields.ts";
import { putNew, putNext, type Write } from "../kit/transaction.ts";

const StoredWebhook = z.object({
  audience: z.enum(webhookAudiences),
  institution: z.string(),
  webhookId: z.string(),
  url: z.string(),
  types: z.optional(z.array(z.enum(eventTypes))),
  sealedSecret: z.string(),
  active: z.boolean(),
  version: z.number(),
  updatedAt: StoredInstant,
});

/** An institution's webhook by its own name for it. */
export async function findWebhook(
  db: Database,
  owner: WebhookOwner,
  webhookId: string,
): Promise<Webhook | undefined> {
  const item = await getItem(db, db.ledger, webhookKeys.webhook(owner, webhookId));
  return item === undefined ? undefined : StoredWebhook.parse(item);
}

/** All webhooks of an institution, by name. */
export async function readWebhooks(db: Database, owner: WebhookOwner): Promise<Webhook[]> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :own)",
    ExpressionAttributeValues: {
      ":pk": webhookKeys.partition(owner),
      ":own": webhookKeys.ownPrefix(owner),
    },
  });
  return items.map((item) => StoredWebhook.parse(item));
}

const partitionsOf = ({ hospitalCode, employerUscc }: ServiceEvent): string[] => [
  ...(hospitalCode === undefined
    ? []
    : [webhookKeys.partition({ audience: "hospital", institution: hospitalCode })]),
  ...(employerUscc === undefined
    ? []
    : [webhookKeys.partition({ audience: "enterprise", institution: employerUscc })]),
  webhookKeys.agencyPartition,
];

/** Gives the webhooks of everybody whom an event concerns: its hospital, its employer and the agency. */
export type WebhooksOf = (event: ServiceEvent) => Promise<readonly Webhook[]>;

/**
 * Reads each institution's webhooks once, for events that were all read before: whoever registered before an event
 * happened is there. Events that are read later take a new one.
 */
export function makeWebhooksOf(db: Database): WebhooksOf {
  const pages = new Map<string, Promise<readonly Webhook[]>>();
  const readPartition = async (pk: string): Promise<readonly Webhook[]> => {
    const items = await queryAll(db, {
      TableName: db.ledger,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    });
    return items.map((item) => StoredWebhook.parse(item));
  };
  const pageOf = (pk: string): Promise<readonly Webhook[]> => {
    const page = pages.get(pk) ?? readPartition(pk);
    pages.set(pk, page);
    return page;
  };
  return async (event) => (await Promise.all(partitionsOf(event).map(pageOf))).flat();
}

/** States a webhook over the version that was read, or a new one. */
export function saveWebhook(db: Database, webhook: Webhook): Write {
  const item = { ...webhookKeys.webhook(webhook, webhook.webhookId), ...webhook };
  return webhook.version === 1 ? putNew(db.ledger, item, "CHANGED") : putNext(db.ledger, item);
}
