import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeServices, type Services } from "../../../functions/kit/services.ts";
import { deliverDue, deliverEvent } from "../../../functions/webhooks/deliver-webhooks.ts";
import { makeSilentReceivers } from "../../../functions/webhooks/silent-receivers.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { placeOf, readDayEvents } from "../../../shared/store/events/event-store.ts";
import {
  CASE_NO,
  caseBody,
  EMPLOYER,
  lineBody,
  NAME,
  openVisit,
  stateRegistry,
  today,
} from "../../support/demo-case.ts";
import { loadJob } from "../../support/load-job.ts";
import {
  HOSPITAL,
  makeGrantedServices,
  OTHER_HOSPITAL,
  startTestService,
  type TestService,
} from "../../support/service.ts";
import { isGenuine, type Receiver, SILENCE, startReceiver } from "../../support/webhook-receiver.ts";

let service: TestService;
let hospital: Receiver;
let otherHospital: Receiver;
let employer: Receiver;
let agency: Receiver;
let services: Services;
const secrets = new Map<Receiver, string>();
const owners = new Map<Receiver, { audience: string; institution: string }>();

async function register(
  audience: string,
  institution: string,
  receiver: Receiver,
  body: object = {},
): Promise<void> {
  const made = await service.must(`put-${audience}-webhook`, {
    institution,
    params: { webhookId: "his" },
    body: { url: receiver.url, ...body },
  });
  if (made.body.secret !== "********") secrets.set(receiver, made.body.secret);
  owners.set(receiver, { audience, institution });
}

beforeAll(async () => {
  process.env.WEBHOOKS_ALLOW_HTTP = "local";
  service = await startTestService();
  services = makeGrantedServices(jobs["deliver-webhooks"].tables);
  await stateRegistry(service);
  [hospital, otherHospital, employer, agency] = await Promise.all([
    startReceiver(),
    startReceiver(),
    startReceiver(),
    startReceiver(),
  ]);
  await register("hospital", HOSPITAL, hospital);
  await register("hospital", OTHER_HOSPITAL, otherHospital);
  await register("enterprise", EMPLOYER, employer, { types: ["CLAIM_SETTLED"] });
  await register("agency", "A330304", agency);
});
afterAll(async () => {
  await Promise.all([hospital, otherHospital, employer, agency].map((receiver) => receiver.stop()));
});

let laterMs = 0;
let silent = makeSilentReceivers();
beforeEach(() => {
  silent = makeSilentReceivers();
  laterMs = 0;
  for (const receiver of [hospital, otherHospital, employer, agency]) receiver.answerWith();
});
/** The services as they are some time from now. */
const shifted = () => ({ ...services, silent, now: () => instantOf(Date.now() + laterMs) });
const readEvents = () => readDayEvents(makeServices().db, dayOf(instantOf(Date.now())));
/** What the queue does: every event of today, again and again. */
const deliverEvents = async (): Promise<void> => {
  for (const event of await readEvents()) await deliverEvent(shifted(), event);
};
const retryAfter = async (seconds: number): Promise<void> => {
  laterMs += seconds * 1_000;
  await deliverDue(shifted(), () => false);
};

async function settle(): Promise<string> {
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  await service.must("settle-visit", { params: { visitId } });
  return visitId;
}
const ofVisit = (receiver: Receiver, visitId: string, type?: string) =>
  receiver.received.filter(
    ({ body }) => body.visitId === visitId && (type === undefined || body.type === type),
  );
async function deliveriesOf(receiver: Receiver, query: Record<string, string> = {}) {
  const { audience = "", institution = "" } = owners.get(receiver) ?? {};
  const params = { webhookId: "his" };
  return (await service.must(`list-${audience}-deliveries`, { institution, params, query })).body;
}
async function deliveryOf(receiver: Receiver, visitId: string, type = "CLAIM_SETTLED") {
  const { items } = await deliveriesOf(receiver);
  return items.find(
    (item: { eventId: string; type: string }) => item.eventId.startsWith(visitId) && item.type === type,
  );
}
const redeliver = (eventId: string, key?: string) =>
  service.call("redeliver-hospital-event", {
    params: { webhookId: "his", eventId },
    ...(key === undefined ? {} : { key }),
  });

describe("a settled claim", () => {
  test("reaches its hospital, its employer and the agency, and no other hospital", async () => {
    const visitId = await settle();
    await deliverEvents();
    for (const receiver of [hospital, employer, agency]) {
      expect(ofVisit(receiver, visitId, "CLAIM_SETTLED")).toHaveLength(1);
    }
    expect(otherHospital.received).toEqual([]);
    expect((await deliveriesOf(otherHospital)).items).toEqual([]);
  });

  test("is told with amounts as everywhere, without any person or diagnosis", async () => {
    const visitId = await settle();
    await deliverEvents();
    const [told] = ofVisit(hospital, visitId, "CLAIM_SETTLED");
    expect(told?.body).toEqual({
      eventId: told?.headers["webhook-id"],
      type: "CLAIM_SETTLED",
      sentence: { zh: "已结算", en: "The bill is settled" },
      at: expect.stringMatching(/\+08:00$/),
      sequence: expect.any(Number),
      caseNo: CASE_NO,
      hospitalCode: HOSPITAL,
      employerUscc: EMPLOYER,
      visitId,
      hospitalVisitNo: expect.stringMatching(/^NO-/),
      status: "SETTLED",
      settlementId: `${visitId}-1`,
      total: "23.00",
      allocation: {
        fund: "20.00",
        employer: "0.00",
        hospital: "3.00",
        thirdParty: "0.00",
        otherInsurer: "0.00",
        personal: "0.00",
      },
    });
    const [toEmployer] = ofVisit(employer, visitId);
    expect(toEmployer?.body).toMatchObject({ total: "23.00" });
    expect(toEmployer?.body).not.toHaveProperty("hospitalVisitNo");
    const everything = [hospital, employer, agency].flatMap(({ received }) =>
      received.map(({ text }) => text),
    );
    expect(everything.join("")).not.toMatch(new RegExp(`${NAME}|S62|掌骨`));
  });

  test("is signed so that each receiver can tell it from a forgery", async () => {
    const visitId = await settle();
    await deliverEvents();
    for (const receiver of [hospital, employer, agency]) {
      const [told] = ofVisit(receiver, visitId, "CLAIM_SETTLED");
      if (told === undefined) throw new Error("nothing came");
      expect(isGenuine(told, secrets.get(receiver) ?? "")).toBe(true);
      expect(
        isGenuine({ ...told, text: told.text.replace("23.00", "24.00") }, secrets.get(receiver) ?? ""),
      ).toBe(false);
      expect(isGenuine(told, "another secret")).toBe(false);
      const age = Date.now() / 1_000 - Number(told.headers["webhook-timestamp"]);
      expect(Math.abs(age)).toBeLessThan(60);
      expect(told.headers["content-type"]).toBe("application/json; charset=utf-8");
    }
  });

  test("is told once, however often the event comes from the queue", async () => {
    const visitId = await settle();
    await deliverEvents();
    await deliverEvents();
    await retryAfter(60);
    expect(ofVisit(hospital, visitId, "CLAIM_SETTLED")).toHaveLength(1);
  });

  test("is told only of the types that were asked for", async () => {
    const visitId = await settle();
    await deliverEvents();
    expect(ofVisit(hospital, visitId).map(({ body }) => body.type)).toContain("CLAIM_REGISTERED");
    expect(ofVisit(employer, visitId).map(({ body }) => body.type)).toEqual(["CLAIM_SETTLED"]);
  });
});

test("a changed case is told to the agency alone", async () => {
  await service.must("put-case", { params: { caseNo: "GS-W-1" }, body: caseBody() });
  await deliverEvents();
  const told = (receiver: Receiver) => receiver.received.filter(({ body }) => body.caseNo === "GS-W-1");
  expect(told(agency).map(({ body }) => body.type)).toEqual(["CASE_CHANGED"]);
  expect([hospital, employer, otherHospital].flatMap(told)).toEqual([]);
});

describe("a receiver that fails", () => {
  test("twice and then accepts has seen the same event three times, each signed anew", async () => {
    const visitId = await settle();
    employer.answerWith(500, 503);
    await deliverEvents();
    expect(await deliveryOf(employer, visitId)).toMatchObject({
      status: "PENDING",
      attempts: [{ status: 500 }],
    });
    await retryAfter(9);
    expect(ofVisit(employer, visitId)).toHaveLength(1);
    await retryAfter(2);
    await retryAfter(20);
    expect(ofVisit(employer, visitId)).toHaveLength(2);
    await retryAfter(11);
    const told = ofVisit(employer, visitId);
    expect(told.map(({ status }) => status)).toEqual([500, 503, 200]);
    expect(new Set(told.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    expect(new Set(told.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(3);
    expect(told.every((each) => isGenuine(each, secrets.get(employer) ?? ""))).toBe(true);
    const delivery = await deliveryOf(employer, visitId);
    expect(delivery).toMatchObject({
      status: "DELIVERED",
      attempts: [{ status: 500 }, { status: 503 }, { status: 200 }],
    });
    expect(delivery).not.toHaveProperty("nextAttemptAt");
    await retryAfter(4 * 86_400);
    expect(ofVisit(employer, visitId)).toHaveLength(3);
  });

  test("for three days is given up, said so in the log, and gets the event when it is sent once more", async () => {
    const visitId = await settle();
    hospital.answerWith(...Array.from({ length: 60 }, () => 500));
    await deliverEvents();
    for (let hours = 0; hours < 80; hours += 1) await retryAfter(3_600);
    const delivery = await deliveryOf(hospital, visitId);
    expect(delivery.status).toBe("FAILED");
    expect(delivery.attempts.length).toBeGreaterThan(10);
    expect(delivery).not.toHaveProperty("nextAttemptAt");
    hospital.answerWith();
    const before = ofVisit(hospital, visitId, "CLAIM_SETTLED").length;
    await retryAfter(86_400);
    expect(ofVisit(hospital, visitId, "CLAIM_SETTLED")).toHaveLength(before);
    const log = service.logLines.join("");
    expect(log).toContain('"WEBHOOK_GIVEN_UP"');
    for (const secret of secrets.values()) expect(log).not.toContain(secret);

    const again = await redeliver(delivery.eventId, "again-1");
    expect([again.status, again.body.status]).toEqual([200, "PENDING"]);
    await retryAfter(1);
    expect(await deliveryOf(hospital, visitId)).toMatchObject({ status: "DELIVERED" });
    expect(ofVisit(hospital, visitId, "CLAIM_SETTLED")).toHaveLength(before + 1);
    // The repeated message has the first answer and sends nothing.
    expect((await redeliver(delivery.eventId, "again-1")).text).toBe(again.text);
    await retryAfter(1);
    expect(ofVisit(hospital, visitId, "CLAIM_SETTLED")).toHaveLength(before + 1);
  });

  test("does not keep the event from the others", async () => {
    const visitId = await settle();
    hospital.answerWith(500, 500, 500, 500);
    await deliverEvents();
    expect(ofVisit(agency, visitId, "CLAIM_SETTLED")).toHaveLength(1);
  });

  test("by silence gets the next events a little later, so that nobody else waits for it", async () => {
    const visitId = await settle();
    hospital.answerWith(...Array.from({ length: 40 }, () => SILENCE));
    await deliverEvents();
    expect(await deliveryOf(hospital, visitId, "CLAIM_REGISTERED")).toMatchObject({
      attempts: [{ error: "TIMED_OUT" }],
    });
    const later = await deliveryOf(hospital, visitId);
    expect(later).toMatchObject({ status: "PENDING", attempts: [] });
    expect(ofVisit(agency, visitId, "CLAIM_SETTLED")).toHaveLength(1);
    hospital.answerWith();
    await retryAfter(40);
    expect(await deliveryOf(hospital, visitId)).toMatchObject({ status: "DELIVERED" });
  });
});

describe("deliverers that meet", () => {
  test("make one attempt and count one", async () => {
    const visitId = await settle();
    const [event] = (await readEvents()).filter(
      (each) => each.visitId === visitId && each.type === "CLAIM_SETTLED",
    );
    if (event === undefined) throw new Error("no event");
    employer.answerWith(500);
    await Promise.all(Array.from({ length: 4 }, () => deliverEvent(shifted(), event)));
    expect(ofVisit(employer, visitId)).toHaveLength(1);
    employer.answerWith(500);
    laterMs += 11_000;
    await Promise.all(Array.from({ length: 4 }, () => deliverDue(shifted(), () => false)));
    expect(ofVisit(employer, visitId)).toHaveLength(2);
    expect((await deliveryOf(employer, visitId)).attempts).toHaveLength(2);
  });

  test("take over from one that died in the middle", async () => {
    const visitId = await settle();
    const [event] = (await readEvents()).filter(
      (each) => each.visitId === visitId && each.type === "CLAIM_SETTLED",
    );
    if (event === undefined) throw new Error("no event");
    // It dies right after it has made its deliveries: nothing can be read or written any more.
    let sends = 0;
    const client = new Proxy(services.db.client, {
      get: (target, name) =>
        name !== "send"
          ? Reflect.get(target, name)
          : async (command: Parameters<typeof target.send>[0]) => {
              sends += 1;
              if (command.constructor.name === "GetCommand") throw new Error("dead");
              return target.send(command);
            },
    });
    const dying = { ...shifted(), db: { ...services.db, client } };
    await expect(deliverEvent(dying, event)).rejects.toThrow("dead");
    expect(sends).toBeGreaterThan(0);
    expect(ofVisit(employer, visitId)).toEqual([]);
    // What else it had begun may still be on its way to the table.
    await vi.waitFor(async () =>
      expect(await deliveryOf(employer, visitId)).toMatchObject({ status: "PENDING" }),
    );
    await retryAfter(31);
    expect(ofVisit(employer, visitId)).toHaveLength(1);
    expect((await deliveryOf(employer, visitId)).status).toBe("DELIVERED");
  });
});

describe("a webhook that is switched off", () => {
  test("hears nothing, is not tried again, and hears again once it is on", async () => {
    const visitId = await settle();
    employer.answerWith(500);
    await deliverEvents();
    await register("enterprise", EMPLOYER, employer, { active: false });
    await retryAfter(11);
    const delivery = await deliveryOf(employer, visitId);
    expect(delivery).toMatchObject({
      status: "FAILED",
      attempts: [{ status: 500 }, { error: "WEBHOOK_INACTIVE" }],
    });
    const refused = await service.call("redeliver-enterprise-event", {
      institution: EMPLOYER,
      params: { webhookId: "his", eventId: delivery.eventId },
    });
    expect([refused.status, refused.body.code]).toEqual([409, "WEBHOOK_INACTIVE"]);
    const silent = await settle();
    await deliverEvents();
    expect(await deliveryOf(employer, silent)).toBeUndefined();
    await register("enterprise", EMPLOYER, employer, { types: ["CLAIM_SETTLED"] });
    const heard = await settle();
    await deliverEvents();
    const [told] = ofVisit(employer, heard);
    expect(told !== undefined && isGenuine(told, secrets.get(employer) ?? "")).toBe(true);
  });
});

test("deliveries are listed page by page, the latest event first", async () => {
  await settle();
  await deliverEvents();
  const all = (await deliveriesOf(agency)).items.map(({ eventId }: { eventId: string }) => eventId);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "3", ...(cursor === null ? {} : { cursor }) };
    const page = await deliveriesOf(agency, query);
    paged.push(...page.items.map(({ eventId }: { eventId: string }) => eventId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(all);
  expect(new Set(all).size).toBe(all.length);
  const orders = (await readEvents()).map(({ eventId }) => eventId).toReversed();
  expect(all).toEqual(orders.filter((eventId) => all.includes(eventId)));
});

test("the job's handler takes an event by its place from the queue, and what is due from the clock", async () => {
  const handler = await loadJob("deliver-webhooks");
  const time = { getRemainingTimeInMillis: () => 60_000 };
  const visitId = await settle();
  const [event] = (await readEvents()).filter(
    (each) => each.visitId === visitId && each.type === "CLAIM_SETTLED",
  );
  if (event === undefined) throw new Error("no event");
  const Records = [
    { messageId: "1", body: JSON.stringify(placeOf(event)) },
    { messageId: "2", body: JSON.stringify({ ...placeOf(event), order: "nowhere" }) },
    { messageId: "3", body: "{" },
  ];
  expect(await handler({ Records }, time)).toEqual({
    batchItemFailures: [{ itemIdentifier: "2" }, { itemIdentifier: "3" }],
  });
  expect(ofVisit(agency, visitId, "CLAIM_SETTLED")).toHaveLength(1);
  const { eventId } = await deliveryOf(hospital, visitId);
  await redeliver(eventId);
  expect(await handler({}, time)).toEqual({ batchItemFailures: [] });
  expect(ofVisit(hospital, visitId, "CLAIM_SETTLED")).toHaveLength(2);
});

test("a look at deliveries is on record by the visits that their events are of", async () => {
  const visitId = await settle();
  await deliverEvents();
  for (const receiver of [hospital, employer, agency]) await deliveriesOf(receiver, { limit: "100" });
  const query = { ...today, subject: visitId, limit: "100" };
  const { items } = (await service.must("list-audit-events", { query })).body;
  const looks = items.filter(({ operation }: { operation: string }) =>
    /^list-.*-deliveries$/.test(operation),
  );
  expect(looks.map(({ operation }: { operation: string }) => operation).sort()).toEqual([
    "list-agency-deliveries",
    "list-enterprise-deliveries",
    "list-hospital-deliveries",
  ]);
  for (const { seen } of looks) for (const each of seen) expect(each).toMatch(/^V[0-9A-Z]{20}$/);
});

describe("ten receivers that each take four seconds", () => {
  const SLOW_MS = 4_000;
  test("keep another institution's deliveries waiting for one attempt at most, new ones and repeated ones", async () => {
    let slowCalls = 0;
    const slow = createServer((request, response) => {
      slowCalls += 1;
      request.resume();
      setTimeout(() => response.end(), SLOW_MS);
    }).listen(0, "127.0.0.1");
    await once(slow, "listening");
    const url = `http://127.0.0.1:${Object(slow.address()).port}/events`;
    for (let index = 0; index < 9; index += 1) {
      const params = { webhookId: `slow-${index}` };
      await service.must("put-agency-webhook", { institution: "A330304", params, body: { url } });
    }
    const visits: string[] = [];
    for (let index = 0; index < 4; index += 1) visits.push(await settle());
    hospital.answerWith(500);
    const started = performance.now();
    await deliverEvents();
    // Of all the events of the day each receiver is tried with one or two, at the same time as the others, and then rests.
    const events = (await readEvents()).length;
    expect(events).toBeGreaterThan(16);
    expect(slowCalls).toBeLessThanOrEqual(2 * 9);
    expect(performance.now() - started).toBeLessThan((events / 3) * SLOW_MS);
    const told = visits.filter((visitId) => ofVisit(hospital, visitId, "CLAIM_SETTLED").length > 0);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(slowCalls).toBeGreaterThan(0);
    const receivedBefore = hospital.received.length;
    laterMs += 60_000;
    const pass = deliverDue(shifted(), () => false);
    await vi.waitFor(() => expect(hospital.received.length).toBeGreaterThan(receivedBefore), {
      timeout: SLOW_MS - 500,
    });
    const passStarted = performance.now();
    await pass;
    expect(performance.now() - passStarted).toBeLessThan(2 * SLOW_MS);
    slow.closeAllConnections();
    slow.close();
    for (let index = 0; index < 9; index += 1) {
      const params = { webhookId: `slow-${index}` };
      await service.must("put-agency-webhook", {
        institution: "A330304",
        params,
        body: { url, active: false },
      });
    }
  }, 60_000);
});
