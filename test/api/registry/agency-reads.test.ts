import { beforeAll, describe, expect, test } from "vitest";
import { completeUscc } from "../../../infra/demo/check-characters.ts";
import {
  CASE_NO,
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  itemBody,
  lineBody,
  OTHER_EMPLOYER,
  openVisit,
  policy,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { dumpState } from "../../support/dump-tables.ts";
import { makeCursor } from "../../support/make-cursor.ts";
import {
  type CallAnswer,
  HOSPITAL,
  OTHER_HOSPITAL,
  startTestService,
  type TestService,
} from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

/** All pages of a list, in which `items` are under this name. */
async function readPages(id: string, params: Record<string, string>, name = "items", limit = 2) {
  const items: CallAnswer["body"][] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: String(limit), ...(cursor === null ? {} : { cursor }) };
    const { body }: CallAnswer = await service.must(id, { params, query });
    expect(body[name].length).toBeLessThanOrEqual(limit);
    items.push(...body[name]);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

describe("the agency reads what it has stated, and can state it anew from there", () => {
  test.each([
    ["hospital", { code: "H33030400055" }, { ...hospitalBody(1), services: ["OUTPATIENT"] }],
    [
      "employer",
      { uscc: OTHER_EMPLOYER },
      { ...employerBody(), insured: [{ from: "2020-01-01", to: "2021-01-01" }] },
    ],
  ])("a %s", async (kind, params, body) => {
    const stated = await service.must(`put-${kind}`, { params, body });
    const read = await service.must(`get-${kind}`, { params });
    expect(read.body).toEqual({ ...params, ...body });
    expect(read.text).toBe(stated.text);
  });

  test("a catalogue item, with every term of every period", async () => {
    const terms = {
      caps: { "1": "8.12345678", "2": "9", "3": "10.5" },
      maxPerDay: "1.5",
      maxPerVisit: "30",
      fundRatio: "0.8",
      ratioRemainderBearer: "PERSONAL",
      overCapBearer: "EMPLOYER",
    };
    const item = itemBody("READ-1", terms);
    const [period] = item.periods;
    const past = { ...period, from: "2020-01-01", to: "2023-12-31", caps: null, medical: false };
    const body = { items: [{ ...item, periods: [past, period] }] };
    await service.must("import-catalogue", { body });
    const params = { itemCode: "READ-1" };
    const read = await service.must("get-catalogue-item", { params });
    expect(read.body).toEqual(body.items[0]);
    await service.must("import-catalogue", { body: { items: [read.body] } });
    expect((await service.must("get-catalogue-item", { params })).text).toBe(read.text);
  });

  test("every policy, the latest first, page by page", async () => {
    const days = ["2026-07-01", "2025-01-01", "2019-01-01"];
    for (const effectiveFrom of days) {
      await service.must("put-policy", {
        params: { effectiveFrom },
        body: { ...policy, decisionDays: 30, mealAllowancePerDay: "22.50" },
      });
    }
    const policies = await readPages("list-policies", {});
    const expected = ["2026-07-01", "2025-01-01", "2024-01-01", "2019-01-01"];
    expect(policies.map(({ effectiveFrom }) => effectiveFrom)).toEqual(expected);
    const [{ effectiveFrom, ...terms }] = policies;
    expect(terms).toEqual({ ...policy, decisionDays: 30, mealAllowancePerDay: "22.50" });
    const stated = await service.must("put-policy", { params: { effectiveFrom }, body: terms });
    expect(stated.body).toEqual(policies[0]);
  });

  test("a case as it was stated last, and which of its statements that is", async () => {
    const params = { caseNo: "GS-READ-1" };
    const first = await service.must("put-case", { params, body: caseBody({ status: "APPLIED" }) });
    const body = caseBody({ appliedOn: "2026-01-12", acceptedOn: "2026-01-15", factsAreClear: true });
    const second = await service.must("put-case", { params, body });
    expect([first.body.version, second.body.version]).toEqual([1, 2]);
    const read = await service.must("get-case", { params });
    const { idNumber: _, ...statement } = body;
    expect(read.body).toMatchObject({ ...params, ...statement, version: 2 });
    expect(read.body).toEqual({ ...second.body, visits: [], nextCursor: null });
  });

  test("a case's visits of whatever hospital, page by page, each as it stands", async () => {
    const params = { caseNo: "GS-READ-2" };
    await service.must("put-case", { params, body: caseBody() });
    const visits: { visitId: string; hospitalCode: string; status: string }[] = [];
    for (const [index, hospitalCode] of [HOSPITAL, OTHER_HOSPITAL, HOSPITAL].entries()) {
      const { body } = await service.must("register-visit", {
        institution: hospitalCode,
        body: visitBody(`OF-CASE-${index}`, params),
      });
      visits.push({ visitId: body.visitId, hospitalCode, status: "OPEN" });
    }
    const [cancelled] = visits;
    if (cancelled === undefined) throw new Error("no visit");
    await service.must("cancel-visit", { params: { visitId: cancelled.visitId }, body: {} });
    cancelled.status = "CANCELLED";
    const read = await readPages("get-case", params, "visits", 1);
    expect(read).toEqual(visits.toSorted((a, b) => (a.visitId < b.visitId ? -1 : 1)));
    expect(await readPages("get-case", params, "visits", 2)).toEqual(read);
  });
});

describe("the agency sees a visit of any hospital as the hospital sees it", () => {
  let visitId: string;
  let settlementId: string;
  beforeAll(async () => {
    visitId = await openVisit(service);
    const params = { visitId };
    const lines = [1, 2, 3, 4, 5].map((number) => lineBody(`L${number}`));
    await service.must("upload-charges", { params, body: { lines } });
    settlementId = (await service.must("settle-visit", { params })).body.settlementId;
  });

  test("the visit with its diagnoses, and whose it is", async () => {
    const params = { visitId };
    const own = await service.must("get-visit", { params });
    const { body } = await service.must("get-agency-visit", { params });
    expect(body.diagnoses).toEqual(visitBody("").diagnoses);
    const { workerId } = (await service.must("get-case", { params: { caseNo: CASE_NO } })).body;
    expect(body).toEqual({ ...own.body, hospitalCode: HOSPITAL, employerUscc: EMPLOYER, workerId });
  });

  test("its lines, page by page", async () => {
    const lines = await readPages("list-agency-charges", { visitId });
    expect(lines.map(({ lineNo }) => lineNo)).toEqual(["L1", "L2", "L3", "L4", "L5"]);
    expect(lines).toEqual(await readPages("list-charges", { visitId }));
  });

  test("a settlement and how each line was settled, page by page", async () => {
    const params = { settlementId };
    const own = await service.must("get-settlement", { params });
    const { body } = await service.must("get-agency-settlement", { params });
    expect(body).toEqual({ ...own.body, hospitalCode: HOSPITAL, employerUscc: EMPLOYER });
    const lines = await readPages("list-agency-settlement-lines", params);
    expect(lines).toHaveLength(5);
    expect(lines).toEqual(await readPages("list-settlement-lines", params));
  });
});

describe("what there is not is answered by its own code, and the attempt is on record", () => {
  const visitId = "V00000000000000000000";
  const settlementId = `${visitId}-1`;
  test.each([
    ["get-hospital", { code: "H33030499999" }, "HOSPITAL_NOT_FOUND"],
    ["get-employer", { uscc: completeUscc("91999999DEMBC0000") }, "EMPLOYER_NOT_FOUND"],
    ["get-case", { caseNo: "GS-NOBODYS" }, "CASE_NOT_FOUND"],
    ["get-catalogue-item", { itemCode: "NONE" }, "CATALOGUE_ITEM_NOT_FOUND"],
    ["get-agency-visit", { visitId }, "VISIT_NOT_FOUND"],
    ["list-agency-charges", { visitId }, "VISIT_NOT_FOUND"],
    ["get-agency-settlement", { settlementId }, "SETTLEMENT_NOT_FOUND"],
    ["get-agency-settlement", { settlementId: "none" }, "SETTLEMENT_NOT_FOUND"],
    ["list-agency-settlement-lines", { settlementId }, "SETTLEMENT_NOT_FOUND"],
  ])("%s of %j", async (id, params, code) => {
    const who = `seeker-of-${Object.values(params).join()}-by-${id}`;
    const { status, body } = await service.call(id, { params, who });
    expect([status, body.code]).toEqual([404, code]);
    expect(await entriesBy(who)).toMatchObject([{ kind: "REFUSED", operation: id, result: code }]);
  });
});

test("no list of the agency takes a cursor but its own", async () => {
  const own = await openVisit(service);
  const lists = [
    ["list-policies", {}],
    ["get-case", { caseNo: CASE_NO }],
    ["list-agency-charges", { visitId: own }],
    ["list-agency-settlement-lines", { settlementId: `${own}-1` }],
  ] as const;
  for (const [id, params] of lists) {
    for (const place of ["x", "-1", "2026-02-30", "V1#", "99999999999999999999"]) {
      const query = { cursor: makeCursor(id, { params }, place) };
      const { status, body } = await service.call(id, { params, query });
      expect([id, place, status, body.code]).toEqual([id, place, 422, "CURSOR_INVALID"]);
    }
  }
});

async function entriesBy(who: string): Promise<Record<string, unknown>[]> {
  const on = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { body } = await service.must("list-audit-events", { query: { from: on, to: on, who } });
  return body.items;
}

test("every look of the agency at a person's record names who looked, and at what", async () => {
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  const { settlementId } = (await service.must("settle-visit", { params: { visitId } })).body;
  const who = "looking-clerk";
  const before = await dumpState(service);
  const looks = [
    ["get-case", { caseNo: CASE_NO }, CASE_NO],
    ["get-agency-visit", { visitId }, visitId],
    ["list-agency-charges", { visitId }, visitId],
    ["get-agency-settlement", { settlementId }, settlementId],
    ["list-agency-settlement-lines", { settlementId }, settlementId],
  ] as const;
  for (const [id, params] of looks) await service.must(id, { params, who });
  expect(await entriesBy(who)).toMatchObject(
    looks.map(([operation, , subject]) => ({ kind: "READ", operation, subject, who, result: "DONE" })),
  );
  expect(await dumpState(service)).toEqual(before);
});
