import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { readDeliveries } from "../../shared/store/webhooks/delivery-store.ts";
import { findWebhook } from "../../shared/store/webhooks/webhook-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { isEventPlace, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toDeliveryView } from "./webhook-views.ts";
import type { WebhookContracts } from "./webhooks.contract.ts";

type Call = CallOf<WebhookContracts["listDeliveries"]>;

/** What was sent to a webhook and how it ended, the latest event first. */
export const listDeliveries =
  ({ db }: Pick<Services, "db">, audience: WebhookAudience) =>
  async (call: Call): Outcome => {
    const { caller, params } = call;
    const { limit } = call.query;
    const place = readPlace(call, isEventPlace);
    if (!place.ok) return place;
    const owner = { audience, institution: caller.institution };
    const [webhook, page] = await Promise.all([
      findWebhook(db, owner, params.webhookId),
      readDeliveries(db, owner, params.webhookId, { limit, after: place.value }),
    ]);
    if (webhook === undefined) return err(failure("WEBHOOK_NOT_FOUND"));
    return answerWith({
      items: page.deliveries.map(toDeliveryView),
      nextCursor: page.next === undefined ? null : toCursor(call, page.next),
    });
  };
