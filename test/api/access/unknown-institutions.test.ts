import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { requestExamples } from "../../../functions/contract/examples.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { completeUscc } from "../../../infra/demo/check-characters.ts";
import { isOfAgency } from "../../../shared/http/caller.ts";
import {
  CARD_NUMBER,
  EMPLOYER,
  hospitalBody,
  OTHER_EMPLOYER,
  stateHospitals,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { startTestService, type TestService } from "../../support/service.ts";

/** Codes and numbers in good order, which the agency of this district has never stated. */
const institutionFor = (role: string, number: number): string => {
  const four = String(number).padStart(4, "0");
  if (role === "hospital") return `H3303049${four}`;
  return role === "enterprise" ? completeUscc(`91999998DEM0${four}0`) : `A44${four}`;
};

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

/** Each under another institution: of one the trail tells once in a minute. */
const guarded = operations
  .flatMap((definition) => definition.roles.map((role) => [definition, role] as const))
  .map(
    ([definition, role], index) => [definition.id, role, institutionFor(role, index), definition] as const,
  );

/** What else such a call may say: a registration on notice is counted before it is decided, unlike others. */
const otherBodies: Readonly<Record<string, readonly object[]>> = {
  "register-visit": [
    visitBody("F-1"),
    visitBody("F-2", {
      idNumber: undefined,
      cardNumber: CARD_NUMBER,
      caseNo: undefined,
      injury: { employerUscc: EMPLOYER, injuredOn: "2026-02-20" },
    }),
  ],
  "post-reconciliation-details": [{ rows: [], last: true }],
};

const minuteNow = (): number => Math.floor(Date.now() / 60_000);

/** That of the whole of both tables nothing changed but that the trail tells of the attempts of each minute, once. */
async function expectOneEntry(
  before: readonly Record<string, unknown>[],
  firstMinute: number,
): Promise<void> {
  const minutes = minuteNow() - firstMinute + 1;
  const keyOf = ({ pk, sk }: Record<string, unknown>): string => `${String(pk)} ${String(sk)}`;
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const after = await dumpTables(service);
  const added = after.filter((item) => !isDeepStrictEqual(known.get(keyOf(item)), item));
  expect(added.length).toBeGreaterThan(0);
  expect(added.length).toBeLessThanOrEqual(minutes);
  expect(added.map(({ pk }) => String(pk).split("#")[0])).toEqual(added.map(() => "AUDIT"));
  expect(added).toMatchObject(added.map(() => ({ kind: "REFUSED", result: "INSTITUTION_UNKNOWN" })));
  expect(after).toHaveLength(before.length + added.length);
}

describe("an institution that the district does not know", () => {
  test.each(guarded)(
    "gets nothing of %s as %s, and changes nothing",
    async (id, role, institution, { path }) => {
      const [before, firstMinute] = [await dumpTables(service), minuteNow()];
      const params = Object.fromEntries(
        (path.match(/(?<=\{)\w+/g) ?? []).map((name) => [name, names[name] ?? ""]),
      );
      const bodies = [requestExamples[id], ...(otherBodies[id] ?? [])];
      for (const body of bodies) {
        const answer = await service.call(id, { role, institution, params, body });
        expect([answer.status, answer.body.code]).toEqual([403, "INSTITUTION_UNKNOWN"]);
      }
      await expectOneEntry(before, firstMinute);
    },
  );

  test("leaves its attempt in the audit trail", async () => {
    const [who, institution] = ["stranger", institutionFor("hospital", 9_999)];
    await service.call("list-hospital-events", { institution, who });
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { body } = await service.must("list-audit-events", {
      query: { from: day, to: day, institution, who },
    });
    expect(body.items).toMatchObject([{ kind: "REFUSED", who, result: "INSTITUTION_UNKNOWN" }]);
  });

  test("cannot fill the audit trail by asking on, whatever it asks and whatever role it has", async () => {
    const before = await dumpTables(service);
    const institution = institutionFor("hospital", 9_998);
    const stranger = { institution, who: "stranger" };
    for (let index = 0; index < 40; index += 1) {
      const params = { visitId: `V${String(index).padStart(20, "0")}` };
      const unknown = await service.call("get-visit", { ...stranger, params });
      const forbidden = await service.call("get-visit", { ...stranger, params, role: "auditor" });
      expect([unknown.body.code, forbidden.body.code]).toEqual(["INSTITUTION_UNKNOWN", "FORBIDDEN"]);
    }
    const entries = (await dumpTables(service)).length - before.length;
    expect(entries).toBeGreaterThanOrEqual(21);
    // The next minute may begin meanwhile.
    expect(entries).toBeLessThanOrEqual(42);
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
