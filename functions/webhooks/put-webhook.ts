import { type Fault, failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { MAX_WEBHOOKS, type Webhook, type WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";
import { checkWebhookUrl } from "../../shared/domain/webhooks/webhook-url.ts";
import { findWebhook, readWebhooks, saveWebhook } from "../../shared/store/webhooks/webhook-store.ts";
import { resolveTarget } from "../../shared/webhooks/resolve-target.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toWebhookView } from "./webhook-views.ts";
import type { WebhookContracts } from "./webhooks.contract.ts";

type Call = CallOf<WebhookContracts["putWebhook"]>;
type Needs = Pick<Services, "db" | "logger" | "now" | "newSecret" | "webhookSecrets" | "allowLocalWebhooks">;

/** Where the name leads is asked only of an address that is otherwise right, and that is to be used. */
async function findUrlFaults({ url, active }: Call["body"], allowLocal: boolean): Promise<Fault[]> {
  const parsed = new URL(url);
  const faults = checkWebhookUrl(parsed, allowLocal).map((code) => ({ pointer: "/url", code }));
  if (faults.length > 0 || !active) return faults;
  const target = await resolveTarget(parsed, allowLocal);
  return target.ok ? [] : [{ pointer: "/url", code: target.failure }];
}

type WebhookName = Pick<Webhook, "audience" | "institution" | "webhookId">;

interface Secrets {
  readonly given: string | undefined;
  /** For a webhook that has none; the same for every attempt, the answer to one of which may have been lost. */
  readonly made: string;
}

/** The secret as it is kept; one that was made here is shown once. */
function secretOf(
  { webhookSecrets }: Needs,
  name: WebhookName,
  known: Webhook | undefined,
  { given, made }: Secrets,
): { readonly sealedSecret: string; readonly shown?: string } {
  if (given !== undefined) return { sealedSecret: webhookSecrets.seal(name, given) };
  if (known === undefined) return { sealedSecret: webhookSecrets.seal(name, made), shown: made };
  const isOurs = webhookSecrets.open(known) === made;
  return { sealedSecret: known.sealedSecret, ...(isOurs ? { shown: made } : {}) };
}

/** The last statement of a webhook holds. A secret that is not named is made for a new one and kept for a known one. */
export const putWebhook =
  (services: Needs, audience: WebhookAudience) =>
  async (call: Call): Outcome => {
    const { db } = services;
    const { webhookId } = call.params;
    const notServed = await call.institutionCheck;
    if (notServed !== undefined) return err(notServed);
    const owner = { audience, institution: call.caller.institution };
    const faults = await findUrlFaults(call.body, services.allowLocalWebhooks);
    if (faults.length > 0) return err(failure("INPUT_INVALID", faults));
    const made = services.newSecret();
    return applyChange(services, call, async () => {
      const known = await findWebhook(db, owner, webhookId);
      if (known === undefined && (await readWebhooks(db, owner)).length >= MAX_WEBHOOKS)
        return err(failure("TOO_MANY_WEBHOOKS"));
      const { secret: given, ...stated } = call.body;
      const name = { ...owner, webhookId };
      const { sealedSecret, shown } = secretOf(services, name, known, { given, made });
      const webhook: Webhook = {
        ...name,
        ...stated,
        sealedSecret,
        version: (known?.version ?? 0) + 1,
        updatedAt: services.now(),
      };
      const value = toWebhookView(webhook, shown);
      return ok({ subject: webhookId, value, writes: [saveWebhook(db, webhook)] });
    });
  };
