import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ApiHandler } from "../../../functions/kit/api-handler.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { instantOf } from "../../../shared/domain/dates.ts";
import { deferredClaims } from "../../../shared/store/kit/table-schema.ts";
import { contextOf, findOperation, toEvent } from "../../support/api-event.ts";
import { caseBody, lineBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { makeHandlers } from "../../support/handlers.ts";
import { makeCursor, placeIn } from "../../support/make-cursor.ts";
import { type CallInput, makeCall, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
/** Calls of the store since the test began. */
let storeCalls = 0;
/** How long the store takes for each. */
let delayMs = 0;
let nowMs = Date.now();
let handlers: Record<string, ApiHandler>;
let call: TestService["call"];

beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const services = { ...makeServices(), now: () => instantOf(nowMs) };
  services.db.client.middlewareStack.add(
    (next) => async (args) => {
      storeCalls += 1;
      if (delayMs > 0) await wait(delayMs);
      // A page holds thousands of claims: here as many pages are read of a few.
      const isOfDeferred = "IndexName" in args.input && args.input.IndexName === deferredClaims.name;
      return next(isOfDeferred ? { ...args, input: { ...args.input, Limit: 1 } } : args);
    },
    { step: "initialize", name: "count" },
  );
  handlers = makeHandlers(services);
  ({ call } = makeCall(handlers));
});
beforeEach(() => {
  storeCalls = 0;
  delayMs = 0;
  nowMs = Date.now();
});

const cursorOf = (place: string): string => makeCursor("list-agency-events", {}, place);
const eventPlace = (day: string): string => cursorOf(`${day}T00:00:00+08:00#V1#0000001`);
const MARCH = { from: "2026-03-01", to: "2026-03-31" };
const auditPlace = (day: string): string =>
  makeCursor("list-audit-events", { query: MARCH }, `2099-01-01T00:00:00+08:00 ${day} 0`);

/** 31 days of four shards, who calls and what is written down of it. */
const MOST_CALLS = 31 * 4 + 4;
/** The same of the audit trail, whose entries lie in two places. */
const MOST_TRAIL_CALLS = 31 * 8 + 4;

describe("the audit trail", () => {
  test.each(["0001-01-01", "2026-02-28", "2026-04-01", "9999-12-31"])(
    "refuses a place on %s, which is not in the period, without reading a day",
    async (day) => {
      const query = { ...MARCH, cursor: auditPlace(day) };
      const { status, body } = await call("list-audit-events", { query });
      expect([status, body.code]).toEqual([422, "CURSOR_INVALID"]);
      expect(body.errors).toMatchObject([{ pointer: "#query/cursor", code: "CURSOR_INVALID" }]);
      expect(storeCalls).toBeLessThanOrEqual(1);
    },
  );

  test("is read from a place in the period, day by day to its end", async () => {
    const query = { ...MARCH, cursor: auditPlace("2026-03-01") };
    expect((await call("list-audit-events", { query })).body.items).toEqual([]);
    expect(storeCalls).toBeGreaterThanOrEqual(31 * 8);
    expect(storeCalls).toBeLessThanOrEqual(MOST_TRAIL_CALLS);
  });
});

test("deferred claims are read page by page to the last, where there is time for it", async () => {
  await deferBills();
  storeCalls = 0;
  const { body } = await call("list-deferred-claims", { query: { limit: "100" } });
  expect(body.items).toHaveLength(DEFERRED);
  expect(storeCalls).toBeGreaterThan(DEFERRED);
});

describe("a summary", () => {
  const summarise = (from: string, to: string) =>
    call("summarise-settlements", { query: { from, to, groupBy: "month" } });

  test("of a year asks thirteen months of eight shards at most, for each page", async () => {
    expect((await summarise("2025-03-02", "2026-03-02")).status).toBe(200);
    expect(storeCalls).toBeLessThanOrEqual(13 * 8 + 2);
  });

  test("of ten years, or of a day more than a year, is refused and asks nothing", async () => {
    for (const from of ["2017-01-01", "2025-03-01"]) {
      const { status, body } = await summarise(from, "2026-03-02");
      expect([status, body.errors[0].code]).toEqual([422, "PERIOD_NOT_READABLE"]);
    }
    expect(storeCalls).toBeLessThanOrEqual(2);
  });
});

describe("the feed of the district", () => {
  const list = async (after: string) => (await call("list-agency-events", { query: { after } })).body;

  test.each(["0000-01-01", "0001-01-01", "1970-01-01", "2026-01-01"])(
    "looks through a month from %s at most, and tells where to go on",
    async (day) => {
      const { items, next } = await list(eventPlace(day));
      expect(items).toEqual([]);
      expect(placeIn(next) > `${day}T`).toBe(true);
      expect(storeCalls).toBeLessThanOrEqual(MOST_CALLS);
    },
  );

  test.each(["9999-12-31", "2100-01-01"])("has nothing after %s, and goes on from there", async (day) => {
    const after = eventPlace(day);
    expect(await list(after)).toEqual({ items: [], next: after });
    expect(storeCalls).toBeLessThanOrEqual(4);
  });

  test.each(["2026-01-01T00:00:00Z#V1#0000001", "2026-01-01T00:00+08:00#V1#0000001"])(
    "has no place %s: that is not how instants are kept",
    async (place) => {
      const { body } = await call("list-agency-events", { query: { after: cursorOf(place) } });
      expect(body.errors).toMatchObject([{ pointer: "#query/after", code: "CURSOR_INVALID" }]);
    },
  );

  test("tells who was away for months of everything, once and in order, in a few requests", async () => {
    const days = ["2026-02-03", "2026-02-04", "2026-03-06", "2026-03-07", "2026-07-20", "2026-10-31"];
    for (const [index, on] of days.entries()) {
      nowMs = Date.parse(`${on}T23:59:59.999+08:00`) - index;
      const answer = await call("put-case", { params: { caseNo: `GS-AWAY-${index}` }, body: caseBody() });
      expect(answer.status).toBe(200);
    }
    nowMs = Date.parse("2026-11-01T00:00:05+08:00");
    const told: string[] = [];
    let after = eventPlace("2026-02-03");
    let requests = 0;
    for (;;) {
      storeCalls = 0;
      const { items, next } = await list(after);
      expect(storeCalls).toBeLessThanOrEqual(MOST_CALLS);
      told.push(...items.map(({ caseNo }: { caseNo: string }) => caseNo));
      requests += 1;
      if (next === after) break;
      after = next;
    }
    expect(told).toEqual(days.map((_, index) => `GS-AWAY-${index}`));
    // The last one happened seconds ago: it comes again until no other can come in before it.
    expect((await list(after)).items).toHaveLength(1);
    nowMs += 60_000;
    after = (await list(after)).next;
    expect((await list(after)).items).toEqual([]);
    expect(requests).toBeLessThanOrEqual(11);
  });
});

const DEFERRED = 16;
/** Bills that wait for the decision of one case. */
async function deferBills(): Promise<void> {
  const caseNo = "GS-DEFERRED";
  await service.must("put-case", { params: { caseNo }, body: caseBody({ status: "APPLIED" }) });
  for (let index = 0; index < DEFERRED; index += 1) {
    const params = { visitId: await openVisit(service, { caseNo }) };
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    await service.must("settle-visit", { params });
  }
}

describe("what is read for a request whose time is over is not read to its end:", () => {
  const month = { from: "2026-03-01", to: "2026-03-31" };
  test.each<[string, CallInput]>([
    ["list-audit-events", { query: month }],
    ["list-agency-events", { query: { after: eventPlace("2026-01-01") } }],
    ["list-reconciliations", { query: month }],
    ["list-deferred-claims", {}],
    ["summarise-settlements", { query: { from: "2026-01-01", to: "2026-12-31", groupBy: "month" } }],
  ])("%s", async (id, input) => {
    const definition = findOperation(id);
    const handler = handlers[definition.audience];
    // Of the time that is left, 1.5 s are kept for the answer.
    delayMs = 60;
    const answer = await handler?.(toEvent(definition, input), contextOf(1_700));
    expect(JSON.parse(answer?.body ?? "{}").code).toBe("BUSY");
    await wait(200);
    const atFirst = storeCalls;
    expect(atFirst).toBeGreaterThan(2);
    await wait(400);
    expect(storeCalls).toBe(atFirst);
  });
});
