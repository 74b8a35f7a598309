import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  CARD_NUMBER,
  CASE_NO,
  EMPLOYER,
  hospitalBody,
  stateRegistry,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import { dumpState } from "../../support/dump-tables.ts";
import { makeCursor } from "../../support/make-cursor.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const LOOKUPS = 6;
const NOBODY = "DEMO404404";

let service: TestService;
let workerId: string;
beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = String(LOOKUPS);
  service = await startTestService();
  await stateRegistry(service);
  const { body } = await service.call("check-eligibility", {
    body: { cardNumber: CARD_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
  });
  expect(body.route).toBe("DIRECT");
  const looks = await service.must("list-audit-events", { query: { ...today, limit: "100" } });
  workerId = looks.body.items.find(
    (each: { operation: string }) => each.operation === "check-eligibility",
  ).subject;
  expect(workerId).toMatch(/^W/);
});

/** Entries of look-ups over the limit are counted by the minute: here no minute ends. */
const stopClock = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
afterEach(() => vi.useRealTimers());

let hospitals = 0;
/** Each test fishes from a hospital of its own, because look-ups are counted. */
async function newHospital(agreement: object = {}): Promise<string> {
  hospitals += 1;
  const code = `H330304001${String(hospitals).padStart(2, "0")}`;
  const stated = { from: "2020-01-01", to: null, status: "ACTIVE", ...agreement };
  await service.must("put-hospital", { params: { code }, body: { ...hospitalBody(), agreement: stated } });
  return code;
}

const lookUp = (institution: string, cardNumber: string, serviceDate = "2026-03-01") =>
  service.call("check-eligibility", {
    institution,
    body: { cardNumber, visitType: "OUTPATIENT", serviceDate },
  });
const onNotice = {
  idNumber: undefined,
  caseNo: undefined,
  injury: { employerUscc: EMPLOYER, injuredOn: "2026-02-20" },
};
const register = (institution: string, overrides: object, key?: string) =>
  service.call("register-visit", {
    institution,
    body: visitBody("FISHED", { ...onNotice, ...overrides }),
    ...(key === undefined ? {} : { key }),
  });
const withoutRequestId = (text: string): string => text.replace(/"requestId":"[^"]*"/, "");

describe("a hospital that has looked up as many people as it may", () => {
  test("learns of nobody by registering on notice: who is there and who is not are refused alike", async () => {
    const institution = await newHospital();
    for (let index = 0; index < LOOKUPS; index += 1) await lookUp(institution, CARD_NUMBER);
    const before = await dumpState(service);
    const known = await register(institution, { cardNumber: CARD_NUMBER });
    const unknown = await register(institution, { cardNumber: NOBODY });
    expect([known.status, known.body.code]).toEqual([429, "TOO_MANY_LOOKUPS"]);
    expect(withoutRequestId(known.text)).toBe(withoutRequestId(unknown.text));
    expect(await dumpState(service)).toEqual(before);
  });

  test("has used up as much by each registration on notice as by a look-up", async () => {
    const institution = await newHospital();
    for (let index = 0; index < LOOKUPS; index += 1) {
      const { status } = await register(institution, {
        cardNumber: CARD_NUMBER,
        hospitalVisitNo: `N-${index}`,
      });
      expect(status).toBe(201);
    }
    expect((await lookUp(institution, CARD_NUMBER)).status).toBe(429);
  });

  test("gets the first answer to a registration that it sends again", async () => {
    const institution = await newHospital();
    const first = await register(institution, { cardNumber: CARD_NUMBER, hospitalVisitNo: "AGAIN" }, "again");
    for (let index = 0; index < LOOKUPS; index += 1) await lookUp(institution, CARD_NUMBER);
    const again = await register(institution, { cardNumber: CARD_NUMBER, hospitalVisitNo: "AGAIN" }, "again");
    expect([again.status, again.text]).toEqual([201, first.text]);
  });
});

test("over the limit, a made-up case number takes as many steps whether there is such a worker or not", async () => {
  const institution = await newHospital();
  const ask = async (cardNumber: string): Promise<number> => {
    const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
    const body = visitBody("STEPS", { idNumber: undefined, cardNumber, caseNo: "GS-NO-SUCH-CASE" });
    const refused = await service.call("register-visit", { institution, body });
    const steps = send.mock.calls.length;
    send.mockRestore();
    if (isOver) expect(refused.body.code).toBe("TOO_MANY_LOOKUPS");
    return steps;
  };
  let isOver = false;
  for (let index = 0; index < LOOKUPS; index += 1) await ask(CARD_NUMBER);
  isOver = true;
  stopClock();
  await ask(NOBODY);
  const steps = [await ask(CARD_NUMBER), await ask(NOBODY), await ask(CARD_NUMBER), await ask(NOBODY)];
  expect(new Set(steps).size).toBe(1);
});

test("over the limit, a look-up takes as many steps whether there is such a worker or not", async () => {
  const institution = await newHospital();
  stopClock();
  for (let index = 0; index <= LOOKUPS; index += 1) await lookUp(institution, CARD_NUMBER);
  const steps: number[] = [];
  for (const cardNumber of [CARD_NUMBER, NOBODY]) {
    const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
    expect((await lookUp(institution, cardNumber)).status).toBe(429);
    steps.push(send.mock.calls.length);
    send.mockRestore();
  }
  expect(steps[0]).toBe(steps[1]);
});

test("far over the limit, nobody can be registered under a case either, right or wrong", async () => {
  const institution = await newHospital();
  const guess = (cardNumber: string) =>
    service.call("register-visit", {
      institution,
      body: visitBody("GUESSED", { idNumber: undefined, cardNumber }),
    });
  const codes: string[] = [];
  // Nobody weighs five, and counting goes on to five times the limit.
  for (let index = 0; index < LOOKUPS; index += 1) codes.push((await guess(NOBODY)).body.code);
  expect(codes.slice(0, 2)).toEqual(["WORKER_UNKNOWN", "WORKER_UNKNOWN"]);
  expect(codes.slice(2)).toEqual(Array(LOOKUPS - 2).fill("TOO_MANY_LOOKUPS"));
  expect((await guess(CARD_NUMBER)).body.code).toBe("TOO_MANY_LOOKUPS");
});

test("a key that was cancelled or used tells nothing of the person under it, not by the number of steps either", async () => {
  const institution = await newHospital();
  await service.must("cancel-message", { institution, params: { key: "barred" } });
  const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
  const steps: number[] = [];
  const codes: string[] = [];
  for (const cardNumber of [CARD_NUMBER, NOBODY, CARD_NUMBER, NOBODY]) {
    const before = send.mock.calls.length;
    codes.push((await register(institution, { cardNumber }, "barred")).body.code);
    steps.push(send.mock.calls.length - before);
  }
  send.mockRestore();
  expect(codes).toEqual(Array(4).fill("MESSAGE_CANCELLED"));
  expect(new Set(steps.slice(2))).toEqual(new Set([steps[1]]));
});

describe("a search for one's own visits of a person", () => {
  const search = (institution: string, cardNumber: string, query?: Record<string, string>) =>
    service.call("find-visits", {
      institution,
      body: { cardNumber },
      ...(query === undefined ? {} : { query }),
    });

  test("tells as little, in as many steps, of who was never treated here as of who is not there", async () => {
    const institution = await newHospital();
    // From now on it is known that the district has such a hospital.
    await service.must("list-hospital-events", { institution });
    const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
    const steps: number[] = [];
    const texts: string[] = [];
    for (const cardNumber of [CARD_NUMBER, NOBODY]) {
      const before = send.mock.calls.length;
      texts.push((await search(institution, cardNumber)).text);
      steps.push(send.mock.calls.length - before);
    }
    send.mockRestore();
    expect(texts).toEqual(Array(2).fill('{"items":[],"nextCursor":null}'));
    expect(steps[0]).toBe(steps[1]);
  });

  test("is a look-up, and weighs five where nothing is found, whatever page is asked for", async () => {
    for (const cardNumber of [CARD_NUMBER, NOBODY]) {
      const institution = await newHospital();
      const cursor = makeCursor("find-visits", { institution }, "9999-12-31#V00000000000000000000");
      expect((await search(institution, cardNumber, { cursor })).status).toBe(200);
      expect((await lookUp(institution, CARD_NUMBER)).status).toBe(200);
      expect((await search(institution, cardNumber)).body.code).toBe("TOO_MANY_LOOKUPS");
    }
  });
});

describe("a hospital whose agreement is over, or has not begun,", () => {
  test.each([
    ["over", { to: "2026-06-30" }, "2026-06-30"],
    ["not begun", { from: "2099-01-01" }, "2099-01-01"],
    ["suspended", { status: "SUSPENDED" }, "2026-03-01"],
  ])("(%s) is told nothing of anybody, whatever day it names", async (_what, agreement, serviceDate) => {
    const institution = await newHospital(agreement);
    const known = await lookUp(institution, CARD_NUMBER, serviceDate);
    const unknown = await lookUp(institution, NOBODY, serviceDate);
    expect(known.body).toMatchObject({ route: "NONE", refusals: [{ code: "AGREEMENT_INACTIVE" }] });
    expect(known.body).not.toHaveProperty("worker");
    expect(known.text).toBe(unknown.text);
    const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
    const steps: number[] = [];
    for (const cardNumber of [CARD_NUMBER, NOBODY]) {
      const before = send.mock.calls.length;
      await lookUp(institution, cardNumber, serviceDate);
      await register(institution, { cardNumber, injury: undefined, caseNo: CASE_NO });
      steps.push(send.mock.calls.length - before);
    }
    send.mockRestore();
    expect(steps[0]).toBe(steps[1]);
    const admittedAt = "2026-06-30T08:00:00+08:00";
    const refused = await register(institution, {
      cardNumber: CARD_NUMBER,
      admittedAt,
    });
    expect([refused.status, refused.body.code]).toEqual([403, "AGREEMENT_INACTIVE"]);
  });
});

test("a registration that is refused is on record, with whom it was about", async () => {
  const institution = await newHospital();
  await service.call("register-visit", {
    institution,
    body: visitBody("R-1", { caseNo: "GS-NO-SUCH-CASE" }),
  });
  const nobody = { idNumber: undefined, cardNumber: NOBODY };
  await service.call("register-visit", { institution, body: visitBody("R-2", nobody) });
  const { body } = await service.must("list-audit-events", { query: { ...today, institution } });
  expect(body.items).toMatchObject([
    { kind: "REFUSED", operation: "register-visit", subject: workerId, result: "NO_CASE" },
    { kind: "REFUSED", operation: "register-visit", subject: institution, result: "WORKER_UNKNOWN" },
  ]);
});

test("a look-up over the limit is on record as well", async () => {
  const institution = await newHospital();
  for (let index = 0; index <= LOOKUPS; index += 1) await lookUp(institution, CARD_NUMBER);
  const { body } = await service.must("list-audit-events", { query: { ...today, institution } });
  expect(body.items.at(-1)).toMatchObject({ kind: "REFUSED", result: "TOO_MANY_LOOKUPS" });
});

test("look-ups over the limit leave one entry a minute for each hospital, so that none can fill the trail", async () => {
  stopClock();
  for (const institution of [await newHospital(), await newHospital()]) {
    for (let index = 0; index < LOOKUPS; index += 1) await lookUp(institution, CARD_NUMBER);
    const people = [CARD_NUMBER, NOBODY, CARD_NUMBER, NOBODY];
    const answers = await Promise.all(people.map((each) => lookUp(institution, each)));
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    const { body } = await service.must("list-audit-events", { query: { ...today, institution } });
    const refused = body.items.filter(({ kind }: { kind: string }) => kind === "REFUSED");
    expect(refused).toMatchObject([{ subject: institution, result: "TOO_MANY_LOOKUPS" }]);
  }
});
