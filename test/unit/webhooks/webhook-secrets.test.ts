import { describe, expect, test } from "vitest";
import { makeWebhookSecrets } from "../../../shared/webhooks/webhook-secrets.ts";

const secret = "s".repeat(43);
const name = { audience: "hospital", institution: "H33030400001", webhookId: "his" } as const;
const secrets = makeWebhookSecrets(() => "a-key-for-tests-of-more-than-32-characters");
const sealed = () => ({ ...name, sealedSecret: secrets.seal(name, secret) });

describe("the secret of a webhook", () => {
  test("opens as it was sealed, and is sealed otherwise each time", () => {
    const [one, another] = [sealed(), sealed()];
    expect(one.sealedSecret).not.toBe(another.sealedSecret);
    expect(one.sealedSecret).not.toContain(secret);
    expect([secrets.open(one), secrets.open(another)]).toEqual([secret, secret]);
  });

  test.each([
    ["of another name", { webhookId: "other" }],
    ["of another institution", { institution: "H33030400002" }],
    ["of another audience", { audience: "agency" as const }],
  ])("does not open for a webhook %s", (_what, other) => {
    expect(secrets.open({ ...sealed(), ...other })).toBeUndefined();
  });

  test("does not open once a letter of it was altered, nor cut short, nor under another key", () => {
    const { sealedSecret } = sealed();
    for (let place = 0; place < sealedSecret.length; place += 7) {
      const other = sealedSecret[place] === "A" ? "B" : "A";
      const altered = sealedSecret.slice(0, place) + other + sealedSecret.slice(place + 1);
      expect(secrets.open({ ...name, sealedSecret: altered })).toBeUndefined();
    }
    for (const length of [0, 10, 30, sealedSecret.length - 4]) {
      const cut = { ...name, sealedSecret: sealedSecret.slice(0, length) };
      expect(secrets.open(cut)).toBeUndefined();
    }
    const others = makeWebhookSecrets(() => "another-key-for-tests-of-more-than-32-characters");
    expect(others.open(sealed())).toBeUndefined();
  });

  test("is not known to a function that was given no key", () => {
    const none = makeWebhookSecrets(() => undefined);
    expect(() => none.seal(name, secret)).toThrow("WEBHOOK_KEY");
    expect(() => none.open(sealed())).toThrow("WEBHOOK_KEY");
  });
});
