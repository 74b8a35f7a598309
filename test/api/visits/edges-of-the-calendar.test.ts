import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { operations } from "../../../functions/contract/operations.ts";
import {
  caseBody,
  hospitalBody,
  itemBody,
  lineBody,
  policy,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { type CallInput, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const edges = ["0000-01-01", "0001-01-01", "9999-12-31"];

const namesOf = (schema: z.core.$ZodType): string[] => {
  if (schema instanceof z.ZodMiniObject) return Object.keys(schema.shape);
  return [];
};

const periodOperations = operations.filter(({ query }) => namesOf(query).includes("from"));
const groupings: Record<string, string> = { "summarise-settlements": "day", "summarise-claims": "month" };

describe("a day at the edge of the calendar is a day like any other:", () => {
  test.each(periodOperations.flatMap(({ id }) => edges.map((day) => [id, day] as const)))(
    "%s of %s has nothing to tell",
    async (id, day) => {
      const groupBy = groupings[id];
      const query = { from: day, to: day, ...(groupBy === undefined ? {} : { groupBy }) };
      const { body } = await service.must(id, { query });
      expect(body.items ?? body.rows).toEqual([]);
    },
  );

  test("the claims of all time are asked for in one period", async () => {
    const query = { from: "0000-01-01", to: "9999-12-31" };
    expect((await service.must("list-claims", { query })).body.items).toEqual([]);
    expect((await service.must("summarise-claims", { query })).body.rows).toEqual([]);
  });

  test("periods that are longer than a report may be are refused, however long", async () => {
    const query = { from: "0000-01-01", to: "9999-12-31" };
    for (const id of ["list-audit-events", "list-reconciliations"]) {
      expect((await service.call(id, { query })).body.errors).toMatchObject([
        { code: "PERIOD_OVER_A_MONTH" },
      ]);
    }
    const summary = await service.call("summarise-settlements", { query: { ...query, groupBy: "day" } });
    expect(summary.body.errors).toMatchObject([{ code: "PERIOD_NOT_READABLE" }]);
  });

  const always = { from: "0000-01-01", to: "9999-12-31" };
  const nothing = {
    fund: "0",
    employer: "0",
    hospital: "0",
    thirdParty: "0",
    otherInsurer: "0",
    personal: "0",
  };
  const none = { count: 0, total: "0", allocation: nothing };
  const look = { cardNumber: "DEMO000001", visitType: "OUTPATIENT" };
  const at = (day: string): string => `${day}T00:00:00+08:00`;
  test.each<[string, (day: string) => CallInput]>([
    ["put-policy", (day) => ({ params: { effectiveFrom: day }, body: policy })],
    [
      "put-hospital",
      () => ({
        params: { code: "H33030400001" },
        body: { ...hospitalBody(), agreement: { ...always, status: "ACTIVE" } },
      }),
    ],
    [
      "put-employer",
      () => ({
        params: { uscc: "91999999DEM000006M" },
        body: { name: "云渚市试验五金厂", insured: [always] },
      }),
    ],
    ["import-catalogue", () => ({ body: { items: [itemBody("E1", always)] } })],
    [
      "put-case",
      (day) => ({
        params: { caseNo: "GS-EDGE" },
        body: caseBody({ injuredOn: day, appliedOn: day, acceptedOn: day, status: "ACCEPTED" }),
      }),
    ],
    ["check-eligibility", (day) => ({ body: { ...look, serviceDate: day } })],
    [
      "register-visit",
      (day) => ({ body: visitBody(`E-${day}`, { caseNo: "GS-EDGE", admittedAt: at(day) }) }),
    ],
    ["reconcile-day", (day) => ({ body: { date: day, settlements: none, reversals: none } })],
  ])("%s takes it, or says what is wrong with it", async (id, inputOf) => {
    const statuses = [];
    for (const day of edges) statuses.push((await service.call(id, inputOf(day))).status);
    expect(statuses.filter((status) => ![200, 201, 422].includes(status))).toEqual([]);
    // The last day has not come: what tells of something that happened is refused.
    const isOfThePast = ["put-case", "register-visit", "reconcile-day"].includes(id);
    expect(statuses.at(-1) === 422).toBe(isOfThePast);
  });

  test("what waits since then is long overdue, and listed", async () => {
    const visit = visitBody("E-1", { caseNo: "GS-EDGE" });
    const { visitId } = (await service.must("register-visit", { body: visit })).body;
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    await service.must("settle-visit", { params: { visitId }, body: {} });
    const { items } = (await service.must("list-deferred-claims")).body;
    expect(items).toMatchObject([{ visitId, dueOn: "0001-03-02", isOverdue: true }]);
  });
});
