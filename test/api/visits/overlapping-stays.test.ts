import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lineBody, stateRegistry, visitBody } from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

/** A worker is in one bed at a time: no two stays share a night, and no night's meal is paid twice. */
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

/** Each test has ten days of its own, so that its stays meet no others. */
const FIRST = Date.parse("2026-01-21T00:00:00+08:00");
let window = 0;
beforeEach(() => {
  window += 1;
});
const on = (day: number, hour = 9) => {
  const at = FIRST + (window * 10 + day - 1) * 86_400_000 + hour * 3_600_000;
  return new Date(at + 8 * 3_600_000).toISOString().replace(".000Z", "+08:00");
};

let visits = 0;
const register = (institution: string, admittedAt: string, overrides: object = {}) => {
  visits += 1;
  const body = visitBody(`STAY-${visits}`, { visitType: "INPATIENT", admittedAt, ...overrides });
  return service.call("register-visit", { institution, body });
};
const call = (institution: string, operation: string, visitId: string, body?: object) =>
  service.call(operation, { institution, params: { visitId }, ...(body === undefined ? {} : { body }) });

async function admit(institution: string, admittedAt: string): Promise<string> {
  const { status, body } = await register(institution, admittedAt);
  expect([status, body.code]).toEqual([201, undefined]);
  return String(body.visitId);
}
const discharge = (institution: string, visitId: string, dischargedAt: string) =>
  call(institution, "discharge-worker", visitId, { dischargedAt });
async function stay(institution: string, from: string, to: string): Promise<string> {
  const visitId = await admit(institution, from);
  const lines = [lineBody("1", { serviceAt: from })];
  await service.must("upload-charges", { institution, params: { visitId }, body: { lines } });
  await service.must("discharge-worker", { institution, params: { visitId }, body: { dischargedAt: to } });
  return visitId;
}
const mealDays = async (institution: string, visitId: string) =>
  (await call(institution, "settle-visit", visitId)).body.benefits?.[0]?.days ?? 0;
const refused = ({
  status,
  body,
}: {
  status: number;
  body: { code: string; errors?: { pointer: string }[] };
}) => [status, body.code, body.errors?.[0]?.pointer];

describe("a stay", () => {
  test.each([OTHER_HOSPITAL, HOSPITAL])(
    "does not begin within another one's days, at %s, also where it is registered late",
    async (institution) => {
      await stay(HOSPITAL, on(1), on(5, 15));
      for (const at of [on(1, 10), on(3), on(4, 23)])
        expect(refused(await register(institution, at))).toEqual([409, "ADMITTED_ELSEWHERE", "/admittedAt"]);
      const check = {
        idNumber: visitBody("").idNumber,
        visitType: "INPATIENT",
        serviceDate: on(3).slice(0, 10),
      };
      const { body } = await service.must("check-eligibility", { institution, body: check });
      expect(body.refusals).toMatchObject([{ code: "ADMITTED_ELSEWHERE" }]);
    },
  );

  test("begins on the day of a transfer, before or after the hour of the other's discharge", async () => {
    const before = await stay(HOSPITAL, on(1), on(5, 15));
    const after = await stay(OTHER_HOSPITAL, on(5, 11), on(8, 10));
    expect([await mealDays(HOSPITAL, before), await mealDays(OTHER_HOSPITAL, after)]).toEqual([4, 3]);
  });

  test("that is registered late ends on the day on which a later one began, or before", async () => {
    await stay(OTHER_HOSPITAL, on(5), on(8));
    const late = await admit(HOSPITAL, on(1));
    expect(refused(await discharge(HOSPITAL, late, on(6)))).toEqual([
      409,
      "ADMITTED_ELSEWHERE",
      "/dischargedAt",
    ]);
    expect((await discharge(HOSPITAL, late, on(5, 20))).status).toBe(200);
    const corrected = await call(HOSPITAL, "amend-visit", late, { dischargedAt: on(7) });
    expect(refused(corrected)).toEqual([409, "ADMITTED_ELSEWHERE", "/dischargedAt"]);
    expect((await call(HOSPITAL, "amend-visit", late, { dischargedAt: on(4) })).status).toBe(200);
  });

  test("whose discharge was cancelled is bounded by what began meanwhile, and leaves its days when it is cancelled", async () => {
    const first = await stay(HOSPITAL, on(1), on(5));
    await stay(OTHER_HOSPITAL, on(5), on(8));
    expect((await call(HOSPITAL, "cancel-discharge", first)).status).toBe(200);
    expect(refused(await discharge(HOSPITAL, first, on(6)))[1]).toBe("ADMITTED_ELSEWHERE");
    expect((await call(HOSPITAL, "cancel-visit", first)).status).toBe(200);
    await stay(OTHER_HOSPITAL, on(2), on(4));
  });

  const upload = (institution: string, visitId: string, lineNo: string, serviceAt: string) =>
    call(institution, "upload-charges", visitId, { lines: [lineBody(lineNo, { serviceAt })] });
  const settleInterim = (institution: string, visitId: string) =>
    call(institution, "settle-visit", visitId, { kind: "INTERIM" });

  test("that is registered late is billed up to the day on which the next one began, and no day after it, of which the other hospital is named", async () => {
    const later = await admit(OTHER_HOSPITAL, on(5));
    await upload(OTHER_HOSPITAL, later, "1", on(7));
    await discharge(OTHER_HOSPITAL, later, on(9));
    expect((await call(OTHER_HOSPITAL, "settle-visit", later)).body.kind).toBe("FINAL");
    const late = await admit(HOSPITAL, on(2));
    const beyond = await upload(HOSPITAL, late, "1", on(7));
    expect(refused(beyond)).toEqual([422, "DAY_NOT_OF_STAY", "/lines/0/serviceAt"]);
    expect(beyond.body.errors).toMatchObject([{ hospital: { code: OTHER_HOSPITAL } }]);
    expect((await upload(HOSPITAL, late, "2", on(5, 11))).status).toBe(201);
    expect((await settleInterim(HOSPITAL, late)).status).toBe(201);
    expect((await discharge(HOSPITAL, late, on(5, 20))).status).toBe(200);
    expect((await call(HOSPITAL, "settle-visit", late)).body.benefits).toMatchObject([{ days: 3 }]);
  });

  test("whose registration stands again has its later lines revoked before it is settled, and is then discharged on the day of the transfer", async () => {
    visits += 1;
    const key = `cancel-lines-${visits}`;
    const first = await admit(HOSPITAL, on(2));
    for (const [lineNo, day] of [
      ["1", 3],
      ["2", 7],
    ] as const)
      expect((await upload(HOSPITAL, first, lineNo, on(day))).status).toBe(201);
    await service.must("cancel-visit", { institution: HOSPITAL, key, params: { visitId: first } });
    await stay(OTHER_HOSPITAL, on(5), on(9));
    expect((await service.call("cancel-message", { institution: HOSPITAL, params: { key } })).status).toBe(
      200,
    );
    const beyond = await settleInterim(HOSPITAL, first);
    expect(refused(beyond)).toEqual([422, "DAY_NOT_OF_STAY", ""]);
    expect(beyond.body.errors).toMatchObject([{ hospital: { code: OTHER_HOSPITAL } }]);
    const preview = await call(HOSPITAL, "preview-settlement", first, { kind: "INTERIM" });
    expect(preview.body.code).toBe("DAY_NOT_OF_STAY");
    expect((await discharge(HOSPITAL, first, on(5))).body.code).toBe("SERVICE_DATE_OUTSIDE_VISIT");
    expect((await call(HOSPITAL, "revoke-charges", first, { lineNos: ["2"] })).status).toBe(200);
    expect((await settleInterim(HOSPITAL, first)).body.total).toBe("23.00");
    expect((await discharge(HOSPITAL, first, on(5))).status).toBe(200);
  });

  test("whose discharge was cancelled takes no line of a day that another one has since", async () => {
    const first = await stay(HOSPITAL, on(1), on(5));
    await stay(OTHER_HOSPITAL, on(5), on(8));
    expect((await call(HOSPITAL, "cancel-discharge", first)).status).toBe(200);
    expect((await upload(HOSPITAL, first, "2", on(6))).body.code).toBe("DAY_NOT_OF_STAY");
    expect((await upload(HOSPITAL, first, "3", on(5))).status).toBe(201);
    expect((await discharge(HOSPITAL, first, on(5, 20))).status).toBe(200);
    expect((await call(HOSPITAL, "settle-visit", first)).body.lineCount).toBe(2);
  });

  test("of a cancelled registration does not come back into days that are taken by then", async () => {
    visits += 1;
    const body = visitBody(`STAY-${visits}`, { visitType: "INPATIENT", admittedAt: on(2) });
    const { body: visit } = await service.must("register-visit", { institution: HOSPITAL, body });
    const key = `cancel-${visits}`;
    const params = { visitId: String(visit.visitId) };
    await service.must("cancel-visit", { institution: HOSPITAL, key, params });
    await stay(OTHER_HOSPITAL, on(1), on(5));
    const again = await service.call("cancel-message", { institution: HOSPITAL, params: { key } });
    expect(again.body.code).toBe("ADMITTED_ELSEWHERE");
  });

  test("of two that are registered late at the same moment, one is", async () => {
    const answers = await Promise.all([register(HOSPITAL, on(1)), register(OTHER_HOSPITAL, on(1))]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const index = answers.findIndex(({ status }) => status === 201);
    const institution = index === 0 ? HOSPITAL : OTHER_HOSPITAL;
    await call(institution, "cancel-visit", String(answers[index]?.body.visitId));
  });
});

test("a stay of less than a night and the one that begins on its day have that day's meal once", async () => {
  const short = await stay(HOSPITAL, on(5), on(5, 12));
  const long = await stay(OTHER_HOSPITAL, on(5, 14), on(8));
  const days = [await mealDays(HOSPITAL, short), await mealDays(OTHER_HOSPITAL, long)];
  expect(days).toEqual([1, 2]);
});

test("an attendance is no stay: it may be on any day", async () => {
  await stay(HOSPITAL, on(1), on(5));
  const { status } = await register(OTHER_HOSPITAL, on(3), { visitType: "OUTPATIENT" });
  expect(status).toBe(201);
});
