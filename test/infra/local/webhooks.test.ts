import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestExamples } from "../../../functions/contract/examples.ts";
import { type LocalClient, makeLocalClient, tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";
import { isGenuine, type Receiver, startReceiver } from "../../support/webhook-receiver.ts";

let service: LocalService;
let receiver: Receiver;
let agency: LocalClient;
beforeAll(async () => {
  process.env.WEBHOOKS_ALLOW_HTTP = "local";
  service = await startLocalService({ loadDemoData: true });
  receiver = await startReceiver();
  agency = makeLocalClient(service.url, await tokenOf(service.url, "demo-agency"));
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

const DEADLINE_MS = 30_000;
async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + DEADLINE_MS; !(await isReached()) && Date.now() < end; ) await wait(50);
}

test("the service on one machine tells an event by itself, and once more when asked to", async () => {
  const stated = await agency.send("PUT", "/v1/agency/webhooks/desk", { body: { url: receiver.url } });
  const secret = String(stated?.body.secret);
  receiver.answerWith(500);
  const startedAt = Date.now();
  const decided = await agency.send("PUT", "/v1/agency/cases/GS2026000001", {
    body: requestExamples["put-case"],
  });
  expect(decided?.status).toBe(200);
  await until(() => receiver.received.length > 0);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  const eventId = String(receiver.received[0]?.body.eventId);
  await until(() => receiver.received.length > 1);
  expect(receiver.received.map(({ status }) => status)).toEqual([500, 200]);

  const again = await agency.send("POST", `/v1/agency/webhooks/desk/deliveries/${eventId}/redelivery`, {
    body: {},
    key: "again",
  });
  expect(again?.status).toBe(200);
  await until(() => receiver.received.length > 2);
  expect(receiver.received.map(({ body }) => body.eventId)).toEqual([eventId, eventId, eventId]);
  expect(receiver.received.every((each) => isGenuine(each, secret))).toBe(true);
  // The receiver hears of it a moment before it is written down.
  const list = () => agency.send("GET", "/v1/agency/webhooks/desk/deliveries");
  await until(async () => (await list())?.body.items[0]?.attempts.length === 3);
  expect((await list())?.body.items).toMatchObject([
    { eventId, status: "DELIVERED", attempts: [{ status: 500 }, { status: 200 }, { status: 200 }] },
  ]);
});
