import { beforeAll, describe, expect, test } from "vitest";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  ID_NUMBER,
  NAME,
  stateRegistry,
  today,
  workerBody,
} from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const NOBODYS_CARD = "DEMO999999";
const secrets = [NAME, ID_NUMBER, CARD_NUMBER, NOBODYS_CARD];

let service: TestService;
let workerId: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  workerId = (await service.must("put-worker", { body: workerBody() })).body.workerId;
  await service.must("put-case", { params: { caseNo: "GS-SECOND" }, body: caseBody() });
});

const find = (body: object, who = "demo-agency") => service.call("find-worker", { body, who, key: null });
const entriesBy = async (who: string) =>
  (await service.must("list-audit-events", { query: { ...today, who } })).body.items;

describe("a worker is found", () => {
  test.each([
    ["ID number", { idNumber: ID_NUMBER }],
    ["card number", { cardNumber: CARD_NUMBER }],
  ])("by %s, masked, with the numbers of all cases, and who looked is on record", async (kind, body) => {
    const who = `clerk-with-${kind.replace(" ", "-")}`;
    const found = await find(body, who);
    const masked = {
      workerId,
      name: "诸**",
      idType: "RESIDENT_ID",
      idNumber: "999901***********4",
      frozen: false,
    };
    expect(found.body).toEqual({ ...masked, caseNos: ["GS-SECOND", CASE_NO] });
    for (const secret of secrets) expect(found.text).not.toContain(secret);
    const entries = await entriesBy(who);
    expect(entries).toMatchObject([{ kind: "READ", operation: "find-worker", subject: workerId }]);
    for (const secret of secrets) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test("by no number that is nobody's, and the attempt is on record without the number", async () => {
    const { status, body } = await find({ cardNumber: NOBODYS_CARD }, "clerk-of-nobody");
    expect([status, body.code]).toEqual([404, "WORKER_NOT_FOUND"]);
    const entries = await entriesBy("clerk-of-nobody");
    expect(entries).toMatchObject([{ kind: "REFUSED", result: "WORKER_NOT_FOUND" }]);
    expect(JSON.stringify(entries) + service.logLines.join("")).not.toContain(NOBODYS_CARD);
  });

  test.each([[{}], [{ idNumber: ID_NUMBER, cardNumber: CARD_NUMBER }]])(
    "by one number, not by %j",
    async (body) => {
      const { status, body: refused } = await find(body);
      expect([status, refused.code]).toEqual([422, "INPUT_INVALID"]);
      expect(refused.errors).toMatchObject([{ pointer: "/idNumber", code: "ID_OR_CARD_REQUIRED" }]);
    },
  );

  test("by nobody but the agency", async () => {
    for (const role of ["hospital", "enterprise", "finance", "auditor"]) {
      const { status } = await service.call("find-worker", { role, body: { idNumber: ID_NUMBER } });
      expect([role, status]).toEqual([role, 403]);
    }
  });
});
