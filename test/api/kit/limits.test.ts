import { beforeAll, describe, expect, test } from "vitest";
import {
  CARD_NUMBER,
  EMPLOYER,
  hospitalBody,
  stateHospitals,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const LOOKUPS = 12;

let service: TestService;
beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = String(LOOKUPS);
  process.env.RATE_PER_SECOND = "0.2";
  process.env.RATE_BURST = "60";
  service = await startTestService();
  await stateRegistry(service);
});

const NOBODY = "DEMO404404";
const lookUp = (cardNumber: string, institution?: string) =>
  service.call("check-eligibility", {
    ...(institution === undefined ? {} : { institution }),
    body: { cardNumber, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
  });

describe("looking people up", () => {
  test("ends for an hour once a hospital has tried out numbers, and for no other hospital", async () => {
    // One that is found weighs one, one that is not weighs five: 1 + 1 + 5 + 5 reaches the limit.
    const statuses: number[] = [];
    for (const card of [CARD_NUMBER, CARD_NUMBER, NOBODY, NOBODY]) statuses.push((await lookUp(card)).status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    const refused = await lookUp(CARD_NUMBER);
    expect([refused.status, refused.body.code, refused.body.retryable]).toEqual([
      429,
      "TOO_MANY_LOOKUPS",
      true,
    ]);
    const minutesLeft = 60 - new Date().getMinutes();
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60 * (minutesLeft - 2));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(3_600);
    expect((await lookUp(CARD_NUMBER, OTHER_HOSPITAL)).status).toBe(200);
    const logged = service.logLines.filter((line) => line.includes("LOOKUPS_EXCEEDED"));
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join("")).not.toContain(CARD_NUMBER);
  });

  test("is not gone around by registering; whoever is there is treated all the same", async () => {
    const register = (overrides: object) =>
      service.call("register-visit", {
        body: visitBody(`NO-${JSON.stringify(overrides).length}`, overrides),
      });
    const nobody = { idNumber: undefined, cardNumber: NOBODY };
    for (const probe of [nobody, { caseNo: "GS-NO-SUCH-CASE" }]) {
      expect((await register(probe)).body.code).toBe("TOO_MANY_LOOKUPS");
    }
    expect((await register({})).status).toBe(201);
  });

  test("by registering is counted whenever it is refused, and only then", async () => {
    const institution = "H33030400003";
    await service.must("put-hospital", { params: { code: institution }, body: hospitalBody() });
    const register = (no: string, overrides: object, key?: string) =>
      service.call("register-visit", {
        institution,
        body: visitBody(no, overrides),
        ...(key === undefined ? {} : { key }),
      });
    const made = await register("R-1", {}, "first");
    expect(made.status).toBe(201);
    // A case that there is not tells that there is such a worker. A visit number that is taken tells of nobody: it is
    // refused before the worker is looked up.
    const injury = { employerUscc: EMPLOYER, injuredOn: "2026-02-20" };
    const onNotice = { caseNo: undefined, injury };
    for (let index = 0; index < LOOKUPS; index += 1) {
      expect((await register(`R-2-${index}`, { caseNo: "GS-NO-SUCH-CASE" })).body.code).toBe("NO_CASE");
      expect((await register("R-1", onNotice)).body.code).toBe("VISIT_NUMBER_TAKEN");
    }
    expect((await register("R-2", { caseNo: "GS-NO-SUCH-CASE" })).body.code).toBe("TOO_MANY_LOOKUPS");
    expect((await register("R-1", onNotice)).body.code).toBe("VISIT_NUMBER_TAKEN");
    expect((await lookUp(CARD_NUMBER, institution)).body.code).toBe("TOO_MANY_LOOKUPS");
    expect((await register("R-3", {})).status).toBe(201);
    const again = await register("R-1", {}, "first");
    expect([again.status, again.text]).toEqual([201, made.text]);
    expect((await register("R-1", { caseNo: "GS-NO-SUCH-CASE" }, "first")).body.code).toBe(
      "IDEMPOTENCY_KEY_REUSED",
    );
  });

  test("tells a hospital whose agreement is suspended, or that nobody registered, nothing of anybody", async () => {
    const institution = "H33030400004";
    const agreement = { from: "2020-01-01", to: null, status: "SUSPENDED" };
    const body = { ...hospitalBody(), agreement };
    await service.must("put-hospital", { params: { code: institution }, body });
    const [known, unknown] = [await lookUp(CARD_NUMBER, institution), await lookUp(NOBODY, institution)];
    expect(known.body.refusals).toMatchObject([{ code: "AGREEMENT_INACTIVE" }]);
    expect(known.body).not.toHaveProperty("worker");
    expect(known.text).toBe(unknown.text);
    for (const named of [{}, { idNumber: undefined, cardNumber: NOBODY }]) {
      const refused = await service.call("register-visit", {
        institution,
        body: visitBody("S-1", named),
      });
      expect([refused.status, refused.body.code]).toEqual([403, "AGREEMENT_INACTIVE"]);
      const nobody = await service.call("register-visit", {
        institution: "H33030400099",
        body: visitBody("S-1", named),
      });
      expect([nobody.status, nobody.body.code]).toEqual([403, "INSTITUTION_UNKNOWN"]);
    }
    expect((await lookUp(CARD_NUMBER, "H33030400099")).status).toBe(403);
  });
});

test("an institution that asks too often waits as long as it is told, and no other waits with it", async () => {
  await stateHospitals(service, ["H33030400009", "H33030400010"]);
  const ask = (institution: string) => service.call("list-hospital-events", { institution });
  const answers = await Promise.all(Array.from({ length: 70 }, () => ask("H33030400009")));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
  expect(refused).toHaveLength(10);
  const [first] = refused;
  expect(first?.body.code).toBe("TOO_MANY_REQUESTS");
  expect(Number(first?.headers["retry-after"])).toBeGreaterThanOrEqual(1);
  expect((await ask("H33030400010")).status).toBe(200);
});
