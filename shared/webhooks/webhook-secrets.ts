import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Webhook } from "../domain/webhooks/webhook.ts";

/** Keeps the secrets of webhooks so that whoever has the table can sign nothing in our name. */
export interface WebhookSecrets {
  /** Bound to its webhook: moved to another one it does not open. */
  readonly seal: (webhook: WebhookName, secret: string) => string;
  /** Undefined where it was sealed for another webhook, altered, or sealed under another key. */
  readonly open: (webhook: WebhookName & Pick<Webhook, "sealedSecret">) => string | undefined;
}

type WebhookName = Pick<Webhook, "audience" | "institution" | "webhookId">;

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const toKey = (text: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", text, "", "webhook secrets", KEY_BYTES));

const nameOf = ({ audience, institution, webhookId }: WebhookName): Buffer =>
  Buffer.from(JSON.stringify([audience, institution, webhookId]));

/** AES-256-GCM under a key derived from the one of this moment. Throws in a function that was given none. */
export function makeWebhookSecrets(keyText: () => string | undefined): WebhookSecrets {
  const key = (): Uint8Array => {
    const text = keyText();
    if (text === undefined) throw new Error("WEBHOOK_KEY is missing: this function has no webhooks");
    return toKey(text);
  };
  return {
    seal: (webhook, secret) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key(), iv).setAAD(nameOf(webhook));
      const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open: (webhook) => {
      const bytes = Buffer.from(webhook.sealedSecret, "base64url");
      const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
      const used = key();
      try {
        const decipher = createDecipheriv(ALGORITHM, used, iv, { authTagLength: TAG_BYTES })
          .setAAD(nameOf(webhook))
          .setAuthTag(rest.subarray(0, TAG_BYTES));
        return decipher.update(rest.subarray(TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      } catch {
        return undefined;
      }
    },
  };
}
