import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { requestExamples } from "../../../functions/contract/examples.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import {
  lineBody,
  OTHER_EMPLOYER,
  openVisit,
  stateEmployers,
  stateRegistry,
} from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const NO_VISIT = "V00000000000000000000";
const UNUSED = "V00000000000000000001";
const URL_OF_NOBODY = "http://127.0.0.1:19999/events";

/** Operations that name something of one institution in their path. What names nothing of anybody is not here. */
const scoped = operations.filter(
  ({ audience, path }) => (audience === "hospital" || audience === "enterprise") && path.includes("{"),
);

let service: TestService;
/** For every name in a path: one that is another institution's, and two that are nobody's. */
let names: Record<string, { foreign: string; missing: string; unused: string }>;
beforeAll(async () => {
  process.env.WEBHOOKS_ALLOW_HTTP = "local";
  service = await startTestService();
  await stateRegistry(service);
  await stateEmployers(service, [OTHER_EMPLOYER]);
  const visitId = await openVisit(service);
  const params = { visitId };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] }, key: "theirs" });
  const { settlementId } = (await service.must("settle-visit", { params })).body;
  const date = dayOf(instantOf(Date.now()));
  const zero = { count: 0, total: "0.00", allocation: zeroes };
  const day = await service.must("reconcile-day", {
    body: { date, settlements: zero, reversals: zero },
  });
  for (const audience of ["hospital", "enterprise"]) {
    await service.must(`put-${audience}-webhook`, {
      params: { webhookId: "theirs" },
      body: { url: URL_OF_NOBODY },
    });
  }
  names = {
    visitId: { foreign: visitId, missing: NO_VISIT, unused: UNUSED },
    settlementId: { foreign: settlementId, missing: `${NO_VISIT}-1`, unused: `${UNUSED}-1` },
    key: { foreign: "theirs", missing: "nobodys", unused: "unused" },
    reconciliationId: {
      foreign: day.body.reconciliationId,
      missing: "2020-01-01",
      unused: "2020-01-02",
    },
    webhookId: { foreign: "theirs", missing: "nobodys", unused: "unused" },
    eventId: { foreign: `${visitId}-1`, missing: `${NO_VISIT}-1`, unused: `${UNUSED}-1` },
  };
});
const zeroes = {
  fund: "0.00",
  employer: "0.00",
  hospital: "0.00",
  thirdParty: "0.00",
  otherInsurer: "0.00",
  personal: "0.00",
};

const INSTANT = /\d{4}-\d{2}-\d{2}T[\d:.]+\+08:00/g;
/** Their empty bodies are refused before anything is read: of these only the answer is compared. */
const refusedUnread = ["post-reconciliation-details", "put-hospital-webhook", "put-enterprise-webhook"];
const withoutRequestId = (text: string): string =>
  text.replace(/"requestId":"[^"]*"/, "").replaceAll(INSTANT, "…");
/** The names that were asked for say nothing: whoever asked knows them. */
const withoutNames = (text: string): string => {
  const asked = Object.values(names).flatMap((each) => Object.values(each));
  return asked.reduce((rest, name) => rest.replaceAll(name, "…"), withoutRequestId(text));
};

/** What a read of the store has brought, in whatever way it was asked for. */
const Read = z.object({
  Item: z.optional(z.unknown()),
  Items: z._default(z.array(z.unknown()), []),
  Responses: z._default(z.record(z.string(), z.array(z.unknown())), {}),
});
function itemsIn(result: unknown): unknown[] {
  const { Item: item, Items: items, Responses: responses } = Read.parse(result);
  return [...(item === undefined ? [] : [item]), ...items, ...Object.values(responses).flat()];
}

describe("what is another institution's is answered as what there is not, in as many steps, and nothing of it is read", () => {
  test.each(scoped.map((definition) => [definition.id, definition] as const))(
    "%s",
    async (id, definition) => {
      const send = vi.spyOn(DynamoDBDocumentClient.prototype, "send");
      const institution = definition.audience === "hospital" ? OTHER_HOSPITAL : OTHER_EMPLOYER;
      const ask = async (which: "foreign" | "missing" | "unused", key: string) => {
        const params = Object.fromEntries(
          (definition.path.match(/(?<=\{)\w+/g) ?? []).map((name) => [name, names[name]?.[which] ?? ""]),
        );
        const before = send.mock.results.length;
        const body = requestExamples[id] ?? (definition.method === "GET" ? undefined : {});
        const answer = await service.call(id, { institution, params, body, key });
        const results = await Promise.all(send.mock.results.slice(before).map(({ value }) => value));
        return { ...answer, calls: results.length, items: results.flatMap(itemsIn).length };
      };
      // The first call fills what a process keeps, such as the catalogue; it tells nothing of the two after it.
      await ask("unused", `${id}-0`);
      const foreign = await ask("foreign", `${id}-1`);
      const missing = await ask("missing", `${id}-2`);
      send.mockRestore();
      expect(foreign.status).toBe(missing.status);
      expect(withoutNames(foreign.text)).toBe(withoutNames(missing.text));
      expect(foreign.calls).toBe(missing.calls);
      expect(foreign.items).toBe(missing.items);
      if (!refusedUnread.includes(id)) expect(foreign.calls).toBeGreaterThan(0);
      expect([403, 500]).not.toContain(foreign.status);
    },
  );
});
