import { expect, it } from "vitest";
import { signWebhook } from "../../../shared/webhooks/signature.ts";

// Calculated with Python's hmac module, so that it does not lean on what it checks.
it("is the HMAC-SHA256 over id, time and body in base64, under the name of its version", () => {
  const sent = {
    eventId: "V4T9R2M7K0Q6X1B8C3D5E-4",
    timestampS: 1_793_611_800,
    body: '{"eventId":"V4T9R2M7K0Q6X1B8C3D5E-4"}',
  };
  expect(signWebhook("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwlongenough", sent)).toBe(
    "v1,rzDBLKqzvVnTL10ltHUBLz8ZFKKGV3xq85NI+iVb1L0=",
  );
});
