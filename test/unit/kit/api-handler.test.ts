import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type AccessAudit, makeAccessAudit } from "../../../functions/kit/access-audit.ts";
import { type ApiAccess, makeApiHandler } from "../../../functions/kit/api-handler.ts";
import { answerWith, type Outcome } from "../../../functions/kit/bind.ts";
import { readConfig } from "../../../shared/config.ts";
import { instantOf } from "../../../shared/domain/dates.ts";
import { standardClaimNames } from "../../../shared/http/caller.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { type LogFields, makeLogger } from "../../../shared/observability/logger.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { contextOf, findOperation, toEvent } from "../../support/api-event.ts";

const access: ApiAccess = {
  claimNames: standardClaimNames,
  checkInstitution: async () => undefined,
  takeRequest: () => undefined,
  hashContent: (content) => content,
};
const params = { visitId: "V00000000000000000001" };
const visit = { visitId: params.visitId, hospitalVisitNo: "N1" };
const letThrough: AccessAudit = async ({ outcome }) => outcome;

/** The handler with one operation, whose work is this; and what it logs. */
function handle(id: string, work: () => Outcome, trail = letThrough) {
  const definition = findOperation(id);
  const entries: (LogFields & { readonly code?: string })[] = [];
  const logger = makeLogger("DEBUG", (line) => entries.push(JSON.parse(line)));
  const handler = makeApiHandler(
    [{ access: "ROLES", definition, run: work }],
    { logger, access },
    trail,
    fullAdvice,
  );
  const call = async (remainingMs = 29_000) =>
    handler(toEvent(definition, { params }, "request-1"), contextOf(remainingMs));
  return { call, entries, logger };
}

const codeOf = (body: string): unknown => JSON.parse(body).code;

describe("a fault that nobody foresaw", () => {
  test("is answered in general words, and logged with its name and its place, never with what it says", async () => {
    const { call, entries } = handle("get-visit", async () => {
      throw new TypeError("the table arn:aws:dynamodb:secret of 诸葛试验");
    });
    const { statusCode, body } = await call();
    expect([statusCode, codeOf(body)]).toEqual([500, "INTERNAL"]);
    expect(body).not.toMatch(/secret|诸葛|TypeError|\.ts/);
    const failed = entries.filter(({ code }) => code === "REQUEST_FAILED");
    expect(failed).toMatchObject([
      { route: "GET /v1/hospital/visits/{visitId}", requestId: "request-1", status: 500, error: "TypeError" },
    ]);
    expect(failed[0]?.place).toContain("api-handler.test.ts");
    expect(JSON.stringify(entries)).not.toMatch(/secret|诸葛/);
  });

  test.each([
    ["lines of its own", "the person is\n诸葛试验\nsecret"],
    ["a line like one of its place", "see\n    at 诸葛试验 (secret:1:1)\nand elsewhere"],
  ])("is logged without what it says where that has %s", async (_what, message) => {
    const { call, entries } = handle("get-visit", async () => {
      throw new RangeError(message);
    });
    await call();
    const failed = entries.find(({ code }) => code === "REQUEST_FAILED");
    expect(failed?.place).toMatch(/^at .*api-handler\.test\.ts:\d+:\d+\)?$/);
    expect(JSON.stringify(entries)).not.toMatch(/secret|诸葛/);
  });

  test("does not stop the next call", async () => {
    let calls = 0;
    const { call } = handle("list-hospital-webhooks", async () => {
      calls += 1;
      if (calls === 1) throw new Error("once");
      return answerWith({ items: [] });
    });
    expect([(await call()).statusCode, (await call()).statusCode]).toEqual([500, 200]);
  });
});

test("what does not end in time is answered as busy, before the gateway gives up", async () => {
  const { call } = handle("get-visit", async () => {
    await pause(300);
    return answerWith(visit);
  });
  const startedAt = performance.now();
  const { statusCode, body } = await call(1_550);
  expect([statusCode, codeOf(body)]).toEqual([503, "BUSY"]);
  expect(performance.now() - startedAt).toBeLessThan(290);
});

test("what is refused is logged with its route, its status and its request, as what is answered is", async () => {
  const refused = handle("get-visit", async () => ({ ok: false, failure: { code: "INPUT_INVALID" } }));
  await refused.call();
  const answered = handle("list-hospital-webhooks", async () => answerWith({ items: [] }));
  await answered.call();
  expect([...refused.entries, ...answered.entries]).toMatchObject([
    {
      code: "REQUEST_REFUSED",
      route: expect.stringContaining("/visits/"),
      requestId: "request-1",
      status: 422,
    },
    {
      code: "REQUEST_ANSWERED",
      route: expect.stringContaining("/webhooks"),
      requestId: "request-1",
      status: 200,
    },
  ]);
});

describe("what an operation returns", () => {
  test("leaves only as far as its contract declares it", async () => {
    const item = {
      webhookId: "his",
      url: "https://his.example.org/",
      active: true,
      secret: "********",
      updatedAt: "2026-03-01T08:00:00+08:00",
    };
    const undeclared = { version: 7, sealed: "bytes", idNumber: "999901198103290004" };
    const { call } = handle("list-hospital-webhooks", async () =>
      answerWith({ items: [{ ...item, ...undeclared }], table: "Ledger" }),
    );
    const { statusCode, body } = await call();
    expect([statusCode, JSON.parse(body)]).toEqual([200, { items: [item] }]);
  });
});

describe("a look that cannot be written down", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("is not given, and the log says so", async () => {
    vi.spyOn(DynamoDBDocumentClient.prototype, "send").mockRejectedValue(new Error("no table"));
    const lines: string[] = [];
    const logger = makeLogger("DEBUG", (line) => lines.push(line));
    const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: "http://127.0.0.1:9", AWS_REGION: "local" }));
    const trail = makeAccessAudit({ db, now: () => instantOf(Date.now()), logger });
    const { call } = handle("get-visit", async () => answerWith(visit), trail);
    const { statusCode, body } = await call();
    expect([statusCode, codeOf(body)]).toEqual([503, "BUSY"]);
    expect(body).not.toContain("N1");
    expect(lines.map((line) => JSON.parse(line).code)).toEqual(["AUDIT_NOT_WRITTEN"]);
  });
});

test("of the headers of a call only the key of a message is read, so none can pass for somebody else's", async () => {
  const definition = findOperation("get-visit");
  const read = new Set<string | symbol>();
  const claims = { "x-role": "agency", "x-forwarded-for": "10.0.0.1", "x-user-id": "root", host: "inner" };
  const headers = new Proxy<Record<string, string>>(claims, {
    get: (target, name) => {
      read.add(name);
      return typeof name === "string" ? target[name] : undefined;
    },
    ownKeys: (target) => {
      read.add("all of them");
      return Reflect.ownKeys(target);
    },
  });
  const logger = makeLogger("DEBUG", () => undefined);
  let role: unknown;
  const run = async ({ caller }: { readonly caller: { readonly role: string } }): Outcome => {
    role = caller.role;
    return answerWith(visit);
  };
  const handler = makeApiHandler(
    [{ access: "ROLES", definition, run }],
    { logger, access },
    letThrough,
    fullAdvice,
  );
  await handler({ ...toEvent(definition, { params }), headers }, contextOf(29_000));
  expect(role).toBe("hospital");
  expect([...read]).toEqual(["idempotency-key"]);
});
