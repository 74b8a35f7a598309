import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { instantOf } from "../../../../shared/domain/dates.ts";
import {
  type Webhook,
  WebhookId,
  WebhookStatement,
  wants,
} from "../../../../shared/domain/webhooks/webhook.ts";
import { checkWebhookUrl, isLocalUrl } from "../../../../shared/domain/webhooks/webhook-url.ts";

const url = "https://his.example.org/";
const webhook: Webhook = {
  audience: "hospital",
  institution: "H1",
  webhookId: "his",
  url,
  sealedSecret: "s".repeat(43),
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

describe("the name of a webhook", () => {
  it.each([
    ["his", true],
    ["HIS_2-b", true],
    ["x".repeat(64), true],
    ["x".repeat(65), false],
    ["", false],
    ["#his", false],
    ["his#2", false],
    ["his/2", false],
  ])("%j: %j", (name, isOne) => {
    expect(z.safeParse(WebhookId, name).success).toBe(isOne);
  });
});

describe("the statement of a webhook", () => {
  it("is one of a webhook in use, where it says nothing else", () => {
    expect(z.parse(WebhookStatement, { url }).active).toBe(true);
    expect(z.parse(WebhookStatement, { url, active: false }).active).toBe(false);
  });
  it("has codes for what no other field can be", () => {
    const wrong = { url: "x", types: ["CLAIM_SETTLED", "CLAIM_SETTLED"] };
    const { error } = z.safeParse(WebhookStatement, wrong);
    expect(error?.issues.map(({ message }) => message)).toEqual(["URL_INVALID", "DUPLICATE"]);
  });
  const faultsOf = (statement: object) =>
    z.safeParse(WebhookStatement, statement).error?.issues.map(({ path }) => path.join("/")) ?? [];
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
    ["ftp://127.0.0.1:8080/", ["URL_NOT_HTTPS"]],
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
