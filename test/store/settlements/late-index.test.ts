import { beforeAll, expect, test } from "vitest";
import { follow } from "../../../functions/settlements/follow-case-decision.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import { EMPLOYER, employerBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { makeGrantedServices, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

/** The job's services, whose indexes know of nothing yet. */
function makeServicesWithLateIndexes() {
  const services = makeGrantedServices(jobs["follow-case-decision"].tables);
  services.db.client.middlewareStack.add(
    (next) => async (args) => {
      if (!("IndexName" in args.input)) return next(args);
      return { response: {}, output: { $metadata: {}, Items: [], Count: 0 } };
    },
    { step: "initialize", name: "late-index" },
  );
  return services;
}

test("an insurance that ended is said of a visit registered just before, whatever the index knows", async () => {
  const visitId = await openVisit(service);
  const body = { ...employerBody(), insured: [{ from: "2020-01-01", to: "2020-12-31" }] };
  await service.must("put-employer", { params: { uscc: EMPLOYER }, body });
  const task = { type: "EMPLOYER_CHANGED", subject: EMPLOYER, hospitalCode: "" } as const;
  expect(await follow(makeServicesWithLateIndexes(), { task }, () => false)).toBe(true);
  const { body: visit } = await service.must("get-visit", { params: { visitId } });
  expect(visit.blockedBy).toBe("EMPLOYER_NOT_INSURED");
});
