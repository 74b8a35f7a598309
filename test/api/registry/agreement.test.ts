import { beforeAll, describe, expect, test } from "vitest";
import { hospitalBody } from "../../support/demo-case.ts";
import { loseRegistry } from "../../support/lose-registry.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const THIRD_HOSPITAL = "H33030400003";
const NOT_STATED = "H33030400098";

const own = {
  [HOSPITAL]: hospitalBody(),
  [OTHER_HOSPITAL]: {
    name: "云渚市另一试验医院",
    tier: 1,
    services: ["OUTPATIENT"],
    agreement: { from: "2024-01-01", to: "2028-12-31", status: "ACTIVE" },
  },
};

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  for (const [code, body] of Object.entries(own))
    await service.must("put-hospital", { params: { code }, body });
});

describe("a hospital reads its own agreement", () => {
  test.each(Object.entries(own))(
    "as the agency has stated it, and no other one's: %s",
    async (code, body) => {
      const read = await service.must("get-agreement", { institution: code });
      expect(read.body).toEqual({ code, ...body });
      expect(read.text).toBe((await service.must("get-hospital", { params: { code } })).text);
    },
  );

  test("and cannot name another hospital: whose it is stands in the token alone", async () => {
    for (const query of [{ code: OTHER_HOSPITAL }, { institution: OTHER_HOSPITAL }]) {
      const { status, body } = await service.call("get-agreement", { query });
      expect([status, body.code]).toEqual([422, "INPUT_INVALID"]);
    }
  });

  test.each([
    ["suspended", { from: "2020-01-01", to: null, status: "SUSPENDED" }],
    ["over", { from: "2020-01-01", to: "2020-12-31", status: "ACTIVE" }],
    ["not begun", { from: "2099-01-01", to: null, status: "ACTIVE" }],
  ])("as the agency has stated it last, also where it is %s", async (_, agreement) => {
    const body = { ...hospitalBody(2), agreement };
    await service.must("put-hospital", { params: { code: THIRD_HOSPITAL }, body });
    const read = await service.must("get-agreement", { institution: THIRD_HOSPITAL });
    expect(read.body).toEqual({ code: THIRD_HOSPITAL, ...body });
  });
});

test("a hospital that the agency has not stated is told so and nothing else, until it is stated", async () => {
  const ask = () => service.call("get-agreement", { institution: NOT_STATED });
  const { status, body } = await ask();
  expect([status, body.code]).toEqual([403, "INSTITUTION_UNKNOWN"]);
  await service.must("put-hospital", { params: { code: NOT_STATED }, body: hospitalBody() });
  expect((await ask()).body).toEqual({ code: NOT_STATED, ...hospitalBody() });
});

test("a hospital whose registration was lost is told the same, although the process has known it", async () => {
  await service.must("get-agreement");
  await loseRegistry(service, (pk) => pk.startsWith("HOSPITAL#"));
  const { status, body } = await service.call("get-agreement");
  expect([status, body.code]).toEqual([403, "INSTITUTION_UNKNOWN"]);
});
