import { beforeAll, expect, test } from "vitest";
import { follow } from "../../functions/jobs/settle-deferred.ts";
import { makeServices } from "../../functions/services.ts";
import { caseBody, openVisit, stateRegistry } from "../support/demo-case.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const CASE = "GS-LATE";
const state = (status: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo: CASE }, body: caseBody({ status, ...overrides }) });
const followCase = (services: ReturnType<typeof makeServices>) =>
  follow(services, { type: "CASE_CHANGED", subject: CASE }, () => false);

/** Services whose first transaction waits until something else has happened. */
function startSlow(meanwhile: () => Promise<void>) {
  const services = makeServices();
  let isFirst = true;
  services.db.client.middlewareStack.add(
    (next, context) => async (args) => {
      const isCommit = String(context.commandName).startsWith("TransactWrite");
      if (isCommit && isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return next(args);
    },
    { step: "initialize", name: "slow" },
  );
  return services;
}

test("a job that read a case before its latest statement does not undo what that statement's own job did", async () => {
  await state("SUSPENDED");
  const visitId = await openVisit(service, { caseNo: CASE });
  await state("RECOGNISED", { injuries: [] });
  const slow = startSlow(async () => {
    await state("SUSPENDED");
    expect(await followCase(makeServices())).toBe(true);
  });
  expect(await followCase(slow)).toBe(true);
  const { body } = await service.must("get-visit", { params: { visitId } });
  expect(body.guarantee).toBe("PROVISIONAL");
});
