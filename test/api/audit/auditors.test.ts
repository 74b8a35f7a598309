import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import {
  CASE_NO,
  EMPLOYER,
  ID_NUMBER,
  lineBody,
  NAME,
  openVisit,
  stateRegistry,
  today,
  workerBody,
} from "../../support/demo-case.ts";
import { type CallInput, HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

/** What auditors read besides the trail: what others read, and so in the others' own words. */
const readings = operations.filter(
  ({ roles, audience }) => roles.includes("auditor") && audience !== "auditor",
);

const queries: Readonly<Record<string, Record<string, string>>> = {
  "summarise-settlements": { ...today, groupBy: "day" },
  "list-reconciliations": today,
};

let service: TestService;
let names: Record<string, string>;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  const { workerId } = (await service.must("put-worker", { body: workerBody() })).body;
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  const { settlementId } = (await service.must("settle-visit", { params: { visitId } })).body;
  names = {
    code: HOSPITAL,
    uscc: EMPLOYER,
    caseNo: CASE_NO,
    itemCode: "A1",
    workerId,
    visitId,
    settlementId,
  };
});

function inputOf(id: string, path: string): CallInput {
  const params = (path.match(/(?<=\{)\w+/g) ?? []).map((name) => [name, names[name] ?? ""]);
  return { params: Object.fromEntries(params), query: queries[id] ?? {} };
}

const entriesBy = async (who: string) =>
  (await service.must("list-audit-events", { query: { ...today, who } })).body.items;

describe("an auditor", () => {
  test.each(readings.map(({ id, path, roles }) => [id, path, roles] as const))(
    "reads the same as the others by %s",
    async (id, path, roles) => {
      const input = inputOf(id, path);
      const seen = await service.must(id, { ...input, role: "auditor" });
      expect(Object.keys(seen.body).length).toBeGreaterThan(0);
      for (const role of roles) {
        expect((await service.must(id, { ...input, role })).text).toBe(seen.text);
      }
    },
  );

  test("sees nobody as the person is named, whatever the reason, and the attempt is on record", async () => {
    const who = "curious-auditor";
    const input = { params: { workerId: names.workerId ?? "" }, role: "auditor", who };
    const query = { reveal: "核对申请材料" };
    const asked = await service.call("get-worker", { ...input, query });
    expect([asked.status, asked.body.code]).toEqual([403, "FORBIDDEN"]);
    const NOBODY = "W00000000000000000000";
    const nobody = { ...input, params: { workerId: NOBODY }, query };
    expect((await service.call("get-worker", nobody)).body.code).toBe("FORBIDDEN");
    const masked = await service.must("get-worker", input);
    for (const secret of [NAME, ID_NUMBER]) expect(asked.text + masked.text).not.toContain(secret);
    expect(service.logLines.filter((line) => line.includes("PERSON_REVEALED"))).toEqual([]);
    const refused = { kind: "REFUSED", operation: "get-worker", result: "FORBIDDEN", role: "auditor" };
    expect(await entriesBy(who)).toMatchObject([
      { ...refused, subject: names.workerId },
      { ...refused, subject: NOBODY },
      { kind: "READ", operation: "get-worker", subject: names.workerId, role: "auditor" },
    ]);
  });
});
