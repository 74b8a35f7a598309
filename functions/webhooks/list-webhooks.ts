import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { readWebhooks } from "../../shared/store/webhooks/webhook-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { WebhookOperations } from "./webhook-operations.ts";
import { toWebhookView } from "./webhook-views.ts";

type Call = CallOf<WebhookOperations["listWebhooks"]>;

export const listWebhooks =
  ({ db }: Pick<Services, "db">, audience: WebhookAudience) =>
  async ({ caller }: Call): Outcome => {
    const webhooks = await readWebhooks(db, { audience, institution: caller.institution });
    return answerWith({ items: webhooks.map((webhook) => toWebhookView(webhook)) });
  };
