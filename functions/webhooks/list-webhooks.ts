import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { readWebhooks } from "../../shared/store/webhooks/webhook-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toWebhookView } from "./webhook-views.ts";
import type { WebhookContracts } from "./webhooks.contract.ts";

type Call = CallOf<WebhookContracts["listWebhooks"]>;

export const listWebhooks =
  ({ db }: Pick<Services, "db">, audience: WebhookAudience) =>
  async ({ caller }: Call): Outcome => {
    const webhooks = await readWebhooks(db, { audience, institution: caller.institution });
    return answerWith({ items: webhooks.map((webhook) => toWebhookView(webhook)) });
  };
