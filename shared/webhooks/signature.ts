import { createHmac } from "node:crypto";
import { signedContent } from "../domain/webhooks/signed-content.ts";

/** `v1,` and the HMAC-SHA256 in base64 (Standard Webhooks 1.0); the key is the secret's own letters as bytes. */
export const signWebhook = (
  secret: string,
  { eventId, timestampS, body }: { eventId: string; timestampS: number; body: string },
): string => {
  const digest = createHmac("sha256", secret).update(signedContent(eventId, timestampS, body));
  return `v1,${digest.digest("base64")}`;
};
