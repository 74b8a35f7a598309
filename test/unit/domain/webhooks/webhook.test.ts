import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { type Webhook, WebhookStatement, wants } from "../../../../shared/domain/webhooks/webhook.ts";
import { checkWebhookUrl, isLocalUrl } from "../../../../shared/domain/webhooks/webhook-url.ts";

const webhook: Webhook = {
  audience: "hospital",
  institution: "H1",
  webhookId: "his",
  url: "https://his.example.org/",
  secret: "s".repeat(43),
  active: true,
  version: 1,
  updatedAt: instantOf(0),
};

describe("a webhook", () => {
  it("asks for every type where it names none", () => {
    expect(wants(webhook, { type: "CLAIM_SETTLED" })).toBe(true);
  });
  it("asks only for the types that it names", () => {
    const some: Webhook = { ...webhook, types: ["CLAIM_SETTLED"] };
    expect(wants(some, { type: "CLAIM_SETTLED" })).toBe(true);
    expect(wants(some, { type: "CLAIM_DEFERRED" })).toBe(false);
  });
  it("asks for nothing while it is switched off", () => {
    expect(wants({ ...webhook, active: false }, { type: "CLAIM_SETTLED" })).toBe(false);
  });
});

describe("the statement of a webhook", () => {
  const faultsOf = (statement: object) =>
    z.safeParse(WebhookStatement, statement).error?.issues.map(({ path }) => path.join("/")) ?? [];
  const url = "https://his.example.org/";
  it.each([
    [{ url }, []],
    [{ url, types: ["CASE_CHANGED"], secret: "0".repeat(32), active: false }, []],
    [{ url: "his.example.org" }, ["url"]],
    [{ url: `https://his.example.org/${"x".repeat(2_000)}` }, ["url"]],
    [{ url, types: [] }, ["types"]],
    [{ url, types: ["CLAIM_SETTLED", "CLAIM_SETTLED"] }, ["types"]],
    [{ url, types: ["NOTHING"] }, ["types/0"]],
    [{ url, secret: "0".repeat(31) }, ["secret"]],
    [{ url, secret: "0".repeat(129) }, ["secret"]],
    [{ url, secret: `${"0".repeat(32)} ` }, ["secret"]],
    [{ url, active: "no" }, ["active"]],
  ])("%o: faults at %j", (statement, faults) => {
    expect(faultsOf(statement)).toEqual(faults);
  });
});

describe("the address of a webhook", () => {
  it.each([
    ["https://his.example.org/events?x=1", []],
    ["https://his.example.org:443/", []],
    ["https://his.example.org:1024/", []],
    ["https://his.example.org:65535/", []],
    ["https://his.example.org:1023/", ["URL_PORT_NOT_ALLOWED"]],
    ["https://his.example.org:22/", ["URL_PORT_NOT_ALLOWED"]],
    ["https://his.example.org:80/", ["URL_PORT_NOT_ALLOWED"]],
    ["https://user@his.example.org/", ["URL_HAS_CREDENTIALS"]],
    ["https://:password@his.example.org/", ["URL_HAS_CREDENTIALS"]],
    ["http://his.example.org:8080/", ["URL_NOT_HTTPS"]],
    ["http://127.0.0.1:8080/", ["URL_NOT_HTTPS"]],
    ["ftp://user:p@his.example.org:21/", ["URL_NOT_HTTPS", "URL_HAS_CREDENTIALS", "URL_PORT_NOT_ALLOWED"]],
    ["file:///etc/passwd", ["URL_NOT_HTTPS", "URL_PORT_NOT_ALLOWED"]],
  ])("%s: %j", (url, faults) => {
    expect(checkWebhookUrl(new URL(url), false)).toEqual(faults);
  });

  it.each([
    ["http://127.0.0.1:8080/", []],
    ["http://localhost/", []],
    ["http://[::1]:8080/", []],
    ["http://127.0.0.1:22/", ["URL_PORT_NOT_ALLOWED"]],
    ["https://127.0.0.1:80/", ["URL_PORT_NOT_ALLOWED"]],
    ["http://his.example.org:8080/", ["URL_NOT_HTTPS"]],
    ["http://10.0.0.1:8080/", ["URL_NOT_HTTPS"]],
  ])("%s on one machine that allows it: %j", (url, faults) => {
    expect(checkWebhookUrl(new URL(url), true)).toEqual(faults);
  });

  it("is of this machine however its number is written", () => {
    expect(
      ["http://0x7f.1/", "http://2130706433/", "http://LOCALHOST/"].map((u) => isLocalUrl(new URL(u))),
    ).toEqual([true, true, true]);
    expect(isLocalUrl(new URL("https://127.0.0.1.example.org/"))).toBe(false);
  });
});
