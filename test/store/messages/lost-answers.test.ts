import { InternalServerError, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { bindAll } from "../../../functions/entry/hospital-routes.ts";
import { makeAccessAudit } from "../../../functions/kit/access-audit.ts";
import { makeApiHandler } from "../../../functions/kit/api-handler.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { lineBody, openVisit, stateRegistry, today } from "../../support/demo-case.ts";
import { makeCall, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

type Fault = "LOST_AFTER_COMMIT" | "LOST_AND_TRIED_AGAIN" | "CONFLICT";

/** Functions whose next transactions meet these faults, one each, in front of the real engine. */
function startFaulty(faults: Fault[]): Pick<TestService, "call" | "must"> {
  const services = makeServices();
  services.db.client.middlewareStack.add(
    (next, context) => async (args) => {
      const isCommit =
        context.commandName === "TransactWriteItemsCommand" || context.commandName === "TransactWriteCommand";
      const fault = isCommit ? faults.shift() : undefined;
      if (fault === "CONFLICT") {
        const reasons = [{ Code: "TransactionConflict" }];
        throw new TransactionCanceledException({ $metadata: {}, message: "", CancellationReasons: reasons });
      }
      const result = await next(args);
      if (fault === "LOST_AND_TRIED_AGAIN")
        throw new InternalServerError({ $metadata: { httpStatusCode: 500 }, message: "" });
      if (fault === "LOST_AFTER_COMMIT") throw new Error("the answer was lost");
      return result;
    },
    { step: "initialize", name: "faults" },
  );
  return makeCall({
    hospital: makeApiHandler(bindAll(services), services, makeAccessAudit(services), fullAdvice),
  });
}

async function openVisitWithLine(): Promise<{ visitId: string }> {
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  return { visitId };
}

const totals = async () => {
  const query = { ...today, groupBy: "month" };
  return (await service.must("summarise-settlements", { query })).body.totals;
};

describe("when the store's answer is lost after the commit", () => {
  test("the hospital hears that the outcome is unknown, and the same message again gets the first answer", async () => {
    const params = await openVisitWithLine();
    const before = await totals();
    const { call } = startFaulty(["LOST_AFTER_COMMIT"]);
    const lost = await call("settle-visit", { params, key: "lost" });
    expect([lost.status, lost.body.code, lost.body.retryable]).toEqual([500, "INTERNAL", true]);
    const again = await call("settle-visit", { params, key: "lost" });
    expect([again.status, again.headers["idempotency-replayed"]]).toEqual([201, "true"]);
    expect(
      (await service.must("get-settlement", { params: { settlementId: again.body.settlementId } })).body,
    ).toEqual(again.body);
    expect((await totals()).count).toBe(before.count + 1);
  });
});

test("the secret that was made for a webhook is shown though the first commit's answer was lost", async () => {
  const put = { params: { webhookId: "lost" }, body: { url: "https://1.1.1.1/events" } };
  const { must } = startFaulty(["LOST_AND_TRIED_AGAIN"]);
  const { body } = await must("put-hospital-webhook", put);
  expect(body.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await service.must("put-hospital-webhook", put)).body.secret).toBe("********");
});

describe("when the store is in conflict", () => {
  test("the settlement is tried again and succeeds; the hospital notices nothing", async () => {
    const params = await openVisitWithLine();
    const before = await totals();
    const { must } = startFaulty(["CONFLICT", "CONFLICT", "CONFLICT"]);
    expect((await must("settle-visit", { params })).status).toBe(201);
    expect((await totals()).count).toBe(before.count + 1);
  });

  test("for too long, the answer says busy, to be sent again, and nothing has happened", async () => {
    const params = await openVisitWithLine();
    const { call } = startFaulty(Array.from({ length: 32 }, () => "CONFLICT" as const));
    const busy = await call("settle-visit", { params, key: "busy" });
    expect([busy.status, busy.body.code, busy.body.retryable, busy.headers["retry-after"]]).toEqual([
      503,
      "BUSY",
      true,
      "1",
    ]);
    expect((await service.must("get-visit", { params })).body.status).toBe("OPEN");
    expect((await call("settle-visit", { params, key: "busy" })).status).toBe(201);
  });
});
