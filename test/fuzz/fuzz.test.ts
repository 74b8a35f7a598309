import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../functions/contract/operations.ts";
import { type CampaignOutcome, ROUND, runCampaign } from "./campaign.ts";
import { type FuzzedService, startFuzzedService } from "./fuzzed-service.ts";
import { judge } from "./judge.ts";
import { sendWire } from "./send-wire.ts";

/** `npm run fuzz` draws from others. */
const SEEDS = [1];

let service: FuzzedService;
beforeAll(async () => {
  service = await startFuzzedService();
});
afterAll(() => service.stop());

describe.each(SEEDS)("requests drawn from the OpenAPI document with seed %i", (seed) => {
  let outcome: CampaignOutcome;
  beforeAll(async () => {
    outcome = await runCampaign(service, { seed, requests: ROUND });
  }, 1_200_000);

  test("are answered as documented, in time, never with a 5xx; what is refused changes nothing", () => {
    expect(outcome.findings).toEqual([]);
  });

  const answered = (id: string, statuses: readonly number[]): boolean =>
    statuses.some((status) => (outcome.statuses.get(id)?.get(status) ?? 0) > 0);

  test.each(operations.map((definition) => [definition.id, definition] as const))(
    "reach %s, which takes what is right and refuses what is wrong and who may not",
    (id, { answer, roles }) => {
      expect(answered(id, [answer.status])).toBe(true);
      expect(answered(id, [400, 404, 405, 409, 413, 422])).toBe(true);
      expect(answered(id, [401, 403])).toBe(roles.length > 0);
    },
  );
});

describe("what fuzzing has found stays mended:", () => {
  const send = async (method: string, target: string, body?: string, client = "hospital") => {
    const request = {
      method,
      target,
      body,
      headers: {
        authorization: `Bearer ${service.token(client)}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
    };
    const answer = await sendWire(service.url, request);
    expect(judge(request, answer)).toBeUndefined();
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  };

  test.each(["//[", "//evil.example/v1/hospital/visits", "//"])(
    "the path %s is a route that is not there, not another host and no fault of ours",
    async (target) => {
      const { status, body } = await send("GET", target);
      expect([status, body.code]).toEqual([404, "ROUTE_NOT_FOUND"]);
    },
  );

  test("a parameter that is given twice is not read as if it was given once", async () => {
    const { status, body } = await send("GET", "/v1/hospital/events?limit=1&limit=2");
    expect([status, body.errors[0].pointer]).toEqual([422, "#query/limit"]);
  });

  test.each([
    ["no JSON", "{", 400, "BODY_NOT_TAKEN"],
    ["JSON", "{}", 400, "BODY_NOT_TAKEN"],
    ["too large", `"${"x".repeat(5_000_000)}"`, 400, "BODY_NOT_TAKEN"],
  ])(
    "a body that is %s, where none is asked for, is refused as documented",
    async (_what, text, status, code) => {
      const answer = await send("GET", "/v1/hospital/visits/V4T9R2M7K0Q6X1B8C3D5E", text);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    },
  );

  test.each(['"\\ud800"', '{"\\udc00":1}', '"a\\ud83d"'])(
    "half a character, as in %s, is no JSON",
    async (text) => {
      const { status, body } = await send(
        "POST",
        "/v1/hospital/eligibility-checks",
        `{"cardNumber":${text}}`,
      );
      expect([status, body.code]).toEqual([400, "BODY_NOT_JSON"]);
    },
  );

  test("a whole character may be written in halves", async () => {
    const text = '{"cardNumber":"\\ud83d\\ude00"}';
    const { status, body } = await send("POST", "/v1/hospital/eligibility-checks", text);
    expect([status, body.code]).toEqual([422, "INPUT_INVALID"]);
  });

  test.each([5e-324, 1e308, 0.005, Number.MAX_SAFE_INTEGER])(
    "a reconciliation with the amount %d names its fault",
    async (amount) => {
      const none = {
        fund: "0",
        employer: "0",
        hospital: "0",
        thirdParty: "0",
        otherInsurer: "0",
        personal: "0",
      };
      const side = { count: 0, total: "0", allocation: none };
      const settlements = { ...side, allocation: { ...none, fund: amount } };
      const body = JSON.stringify({ date: "2026-03-01", settlements, reversals: side });
      const answer = await send("POST", "/v1/hospital/reconciliations", body);
      expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
        "/settlements/allocation/fund",
      ]);
    },
  );
});
