import * as z from "zod/mini";
import { atMost } from "../../shared/domain/bounds.ts";
import { inOneSpelling } from "../../shared/domain/identifiers.ts";
import { type WebhookAudience, WebhookId, WebhookStatement } from "../../shared/domain/webhooks/webhook.ts";
import {
  emptyBody,
  noBody,
  noParams,
  noQuery,
  type OperationContract,
  type OperationDocs,
} from "../kit/operation.ts";
import { pageShape } from "../kit/views.ts";
import { DeliveryPageView, DeliveryView, WebhookListView, WebhookView } from "./webhook-views.ts";

const ofWebhook = z.strictObject({ webhookId: WebhookId });
const ofDelivery = z.strictObject({
  webhookId: WebhookId,
  eventId: z.string().check(inOneSpelling, atMost(128)),
});

/** The webhooks of one audience; each institution has its own. */
const makeWebhookContracts = (audience: WebhookAudience) => {
  const common = { audience, roles: [audience] } as const;
  return {
    putWebhook: {
      ...common,
      id: `put-${audience}-webhook`,
      method: "PUT",
      path: `/v1/${audience}/webhooks/{webhookId}`,
      message: false,
      params: ofWebhook,
      query: noQuery,
      body: WebhookStatement,
      answer: { status: 200, schema: WebhookView },
      audit: "CHANGE",
    },
    listWebhooks: {
      ...common,
      id: `list-${audience}-webhooks`,
      method: "GET",
      path: `/v1/${audience}/webhooks`,
      message: false,
      params: noParams,
      query: noQuery,
      body: noBody,
      answer: { status: 200, schema: WebhookListView },
      audit: "NOTHING",
    },
    listDeliveries: {
      ...common,
      id: `list-${audience}-deliveries`,
      method: "GET",
      path: `/v1/${audience}/webhooks/{webhookId}/deliveries`,
      message: false,
      params: ofWebhook,
      query: z.strictObject(pageShape),
      body: noBody,
      answer: { status: 200, schema: DeliveryPageView },
      audit: { reads: "LIST" },
    },
    redeliverEvent: {
      ...common,
      id: `redeliver-${audience}-event`,
      method: "POST",
      path: `/v1/${audience}/webhooks/{webhookId}/deliveries/{eventId}/redelivery`,
      message: true,
      params: ofDelivery,
      query: noQuery,
      body: emptyBody,
      answer: { status: 200, schema: DeliveryView },
      audit: "CHANGE",
      undo: { none: "What was sent cannot be taken back." },
    },
  } as const satisfies Record<string, OperationContract>;
};

/** Made once: what is bound is what the list of operations has. */
export const webhookContracts = {
  hospital: makeWebhookContracts("hospital"),
  enterprise: makeWebhookContracts("enterprise"),
  agency: makeWebhookContracts("agency"),
} as const satisfies Record<WebhookAudience, object>;

export type WebhookContracts = ReturnType<typeof makeWebhookContracts>;

/** The same for each audience. */
export const webhookDocs = {
  putWebhook: (): OperationDocs => ({
    summary: { en: "State where events are sent to; active: false stops it", zh: "登记事件推送地址" },
    failures: ["TOO_MANY_WEBHOOKS"],
    example: {
      request: {
        url: "https://his.example.org/settlement-events",
        types: ["CLAIM_SETTLED", "CLAIM_DEFERRED"],
      },
    },
  }),
  listWebhooks: (): OperationDocs => ({
    summary: { en: "List own webhooks", zh: "查询推送地址" },
    failures: [],
  }),
  listDeliveries: (): OperationDocs => ({
    summary: { en: "List what was sent to a webhook, the latest event first", zh: "查询推送记录" },
    failures: ["WEBHOOK_NOT_FOUND", "CURSOR_INVALID"],
  }),
  redeliverEvent: (): OperationDocs => ({
    summary: { en: "Send an event once more", zh: "重新推送事件" },
    failures: ["WEBHOOK_NOT_FOUND", "DELIVERY_NOT_FOUND", "WEBHOOK_INACTIVE"],
  }),
} as const satisfies Record<keyof WebhookContracts, () => OperationDocs>;
