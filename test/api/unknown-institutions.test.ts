import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../functions/operations.ts";
import { requestExamples } from "../../functions/public/examples.ts";
import { isOfAgency } from "../../shared/http/caller.ts";
import {
  EMPLOYER,
  hospitalBody,
  OTHER_EMPLOYER,
  stateHospitals,
  stateRegistry,
} from "../support/demo-case.ts";
import { dumpTables } from "../support/dump-tables.ts";
import { startTestService, type TestService } from "../support/service.ts";

/** Codes and numbers in good order, which the agency of this district has never stated. */
const NOT_STATED = { hospital: "H33030499999", enterprise: OTHER_EMPLOYER, agency: "A440304" };

const institutionFor = (role: string): string =>
  role === "hospital" || role === "enterprise" ? NOT_STATED[role] : NOT_STATED.agency;

/** Names in paths that are in good order, so that nothing but who asks stands in the way. */
const names: Readonly<Record<string, string>> = {
  visitId: "V00000000000000000000",
  settlementId: "V00000000000000000000-1",
  key: "their-key",
  reconciliationId: "2026-03-01",
  webhookId: "theirs",
  eventId: "V00000000000000000000-1",
  code: "H33030400079",
  uscc: OTHER_EMPLOYER,
  workerId: "W00000000000000000000",
  caseNo: "GS-UNKNOWN-1",
  effectiveFrom: "2026-01-01",
  itemCode: "A1",
};

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const guarded = operations.flatMap((definition) =>
  definition.roles.map((role) => [definition.id, role, definition] as const),
);

/** Everything but the trail: not even a look-up of theirs is counted. */
const dumpAll = async () => (await dumpTables(service)).filter(({ pk }) => !String(pk).startsWith("AUDIT#"));

describe("an institution that the district does not know", () => {
  test.each(guarded)("gets nothing of %s as %s, and changes nothing", async (id, role, { path }) => {
    const before = await dumpAll();
    const params = Object.fromEntries(
      (path.match(/(?<=\{)\w+/g) ?? []).map((name) => [name, names[name] ?? ""]),
    );
    const input = { role, institution: institutionFor(role), params, body: requestExamples[id] };
    const { status, body } = await service.call(id, input);
    expect([status, body.code]).toEqual([403, "INSTITUTION_UNKNOWN"]);
    expect(await dumpAll()).toEqual(before);
  });

  test("leaves its attempt in the audit trail", async () => {
    const who = "stranger";
    await service.call("list-hospital-events", { institution: NOT_STATED.hospital, who });
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { body } = await service.must("list-audit-events", {
      query: { from: day, to: day, institution: NOT_STATED.hospital, who },
    });
    expect(body.items).toMatchObject([{ kind: "REFUSED", who, result: "INSTITUTION_UNKNOWN" }]);
  });

  test("is served from the moment on in which the agency states it", async () => {
    const institution = "H33030400077";
    const ask = async () => (await service.call("list-hospital-events", { institution })).status;
    expect(await ask()).toBe(403);
    await stateHospitals(service, [institution]);
    expect(await ask()).toBe(200);
  });
});

test("a code of another kind of institution is no institution of one's own", async () => {
  const asHospital = await service.call("list-hospital-events", { institution: EMPLOYER });
  const asEmployer = await service.call("list-claims", { institution: "H33030400001" });
  expect([asHospital.status, asEmployer.status]).toEqual([403, 403]);
});

test("a hospital whose agreement is over takes in nobody, and finishes what it began", async () => {
  const institution = "H33030400078";
  const agreement = { from: "2020-01-01", to: null, status: "SUSPENDED" };
  await service.must("put-hospital", {
    params: { code: institution },
    body: { ...hospitalBody(), agreement },
  });
  const register = await service.call("register-visit", {
    institution,
    body: requestExamples["register-visit"],
  });
  expect([register.status, register.body.code]).toEqual([403, "AGREEMENT_INACTIVE"]);
  expect((await service.call("list-hospital-events", { institution })).status).toBe(200);
});

test("every role is one of the agency's or one of an institution that it states", () => {
  const roles = new Set(operations.flatMap((definition) => definition.roles));
  expect([...roles].filter((role) => !isOfAgency(role)).sort()).toEqual(["enterprise", "hospital"]);
});
