import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signWebhook } from "../../../shared/webhooks/signature.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/webhooks.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "documented-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Check = (headers: Record<string, string>, body: string, secret: string, nowS?: number) => boolean;
let isGenuine: Check;
beforeAll(async () => {
  const [, source = ""] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const file = join(folder, "is-genuine.mjs");
  writeFileSync(file, source);
  ({ isGenuine } = await import(file));
});

const secret = "0123456789abcdef0123456789abcdef";
const timestampS = 1_793_611_800;
const sent = { eventId: "V1-4", timestampS, body: '{"名":1}' };
const headers = {
  "webhook-id": sent.eventId,
  "webhook-timestamp": String(timestampS),
  "webhook-signature": signWebhook(secret, sent),
};

it("docs/webhooks.md: its JavaScript takes what the service signs, and nothing else", () => {
  const now = timestampS + 10;
  expect(isGenuine(headers, sent.body, secret, now)).toBe(true);
  expect(isGenuine(headers, `${sent.body} `, secret, now)).toBe(false);
  expect(isGenuine(headers, sent.body, `${secret}0`, now)).toBe(false);
  expect(isGenuine({ ...headers, "webhook-id": "V1-5" }, sent.body, secret, now)).toBe(false);
  expect(isGenuine({ ...headers, "webhook-signature": "" }, sent.body, secret, now)).toBe(false);
  expect(isGenuine({}, sent.body, secret, now)).toBe(false);
  expect(isGenuine(headers, sent.body, secret, timestampS + 301)).toBe(false);
  expect(isGenuine(headers, sent.body, secret)).toBe(Math.abs(Date.now() / 1_000 - timestampS) <= 300);
});

it("docs/webhooks.md: the values to try one's own code with are right", () => {
  const documentedValue = (name: string): string =>
    new RegExp(`\\| ${name} \\| \`(.+)\` \\|`).exec(page)?.[1] ?? "";
  const documented = {
    eventId: documentedValue("`Webhook-Id`"),
    timestampS: Number(documentedValue("`Webhook-Timestamp`")),
    body: documentedValue("body"),
  };
  expect(signWebhook(documentedValue("secret"), documented)).toBe(documentedValue("`Webhook-Signature`"));
});
