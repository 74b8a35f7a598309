import { beforeAll, describe, expect, test } from "vitest";
import { MAX_ROWS_OF_PAGE } from "../../../functions/kit/views.ts";
import { isIdNumber } from "../../../shared/domain/check-characters.ts";
import {
  caseBody,
  EMPLOYER,
  lineBody,
  NAME,
  OTHER_EMPLOYER,
  openVisit,
  policy,
  stateEmployers,
  stateRegistry,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  await stateEmployers(service, [OTHER_EMPLOYER]);
});

async function settle(overrides: object = {}, institution = HOSPITAL): Promise<string> {
  const { body } = await service.must("register-visit", {
    institution,
    body: visitOf(overrides),
  });
  const params = { visitId: String(body.visitId) };
  await service.must("upload-charges", { institution, params, body: { lines: [lineBody("1")] } });
  await service.must("settle-visit", { institution, params });
  return params.visitId;
}

let count = 0;
function visitOf(overrides: object) {
  count += 1;
  return visitBody(`CLAIM-${count}`, overrides);
}

const summary = async (groupBy: string, period: object = today) =>
  (await service.must("summarise-settlements", { query: { ...period, groupBy } })).body;

interface Row {
  readonly key: string;
  readonly count: number;
  readonly total: string;
}

/** Amounts may be some letters longer than here; Lambda answers with 6 MB at most. */
const expectToFit = (row: object): void =>
  expect(2 * JSON.stringify(row).length * MAX_ROWS_OF_PAGE).toBeLessThan(6_000_000);

describe("finance", () => {
  test("sums are equal whichever way they are grouped, and equal the settlements", async () => {
    await Promise.all([settle(), settle(), settle({}, OTHER_HOSPITAL)]);
    const groupings = ["hospital", "employer", "day", "month", "visitType"];
    const summaries = await Promise.all(groupings.map((groupBy) => summary(groupBy)));
    for (const { rows, totals } of summaries) {
      expect(totals).toEqual(summaries[0].totals);
      const counts = rows.map((row: Row) => row.count);
      expect(counts.reduce((sum: number, each: number) => sum + each, 0)).toBe(totals.count);
    }
    expect(summaries[0].rows.map(({ key, total }: Row) => [key, total])).toEqual([
      [HOSPITAL, "46.00"],
      [OTHER_HOSPITAL, "23.00"],
    ]);
    expect(summaries[0].totals).toMatchObject({ count: 3, reversalCount: 0, total: "69.00" });
  });

  test("sums are read page by page where there are many, the totals with each of them", async () => {
    const query = { ...today, groupBy: "hospital" };
    const whole = (await service.must("summarise-settlements", { query })).body;
    expect(whole.nextCursor).toBeNull();
    const first = await service.must("summarise-settlements", { query: { ...query, limit: "1" } });
    const cursor = first.body.nextCursor;
    const second = await service.must("summarise-settlements", { query: { ...query, limit: "1", cursor } });
    expect([...first.body.rows, ...second.body.rows]).toEqual(whole.rows);
    expect([first.body.totals, second.body.totals]).toEqual([whole.totals, whole.totals]);
    expect(second.body.nextCursor).toBeNull();
    expectToFit(whole.rows[0]);
  });

  test("a period without settlements has no rows and totals of nothing", async () => {
    const empty = await summary("day", { from: "2020-01-01", to: "2020-01-31" });
    expect(empty).toMatchObject({ rows: [], totals: { count: 0, total: "0.00" } });
  });

  test("at every instant under sixteen settling at once, the total is a whole number of settlements", async () => {
    const { totals: before } = await summary("month");
    const settling = Promise.all(Array.from({ length: 16 }, () => settle()));
    let isDone = false;
    const done = settling.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const { totals } = await summary("month");
      expect(Math.round(Number(totals.total) * 100)).toBe(totals.count * 2_300);
    }
    await done;
    expect((await summary("month")).totals.count).toBe(before.count + 16);
  });
});

describe("an enterprise", () => {
  const list = (query: Record<string, string> = {}, institution = EMPLOYER) =>
    service.must("list-claims", { institution, query });

  test("sees its workers' claims with names masked, no diagnosis, and what happens next", async () => {
    const visitId = await openVisit(service);
    const { body, text } = await service.must("get-claim", { institution: EMPLOYER, params: { visitId } });
    expect(body).toMatchObject({ visitId, status: "OPEN", hospital: { name: "云渚市试验医院" } });
    expect(body.nextStep.zh).not.toBe("");
    for (const secret of [NAME, "S62", "掌骨骨折", "diagnos"]) expect(text).not.toContain(secret);
  });

  test("pages through its claims by status, the latest admission first", async () => {
    for (const day of ["2026-02-26", "2026-02-27", "2026-02-28"])
      await settle({ admittedAt: `${day}T08:00:00+08:00` });
    const first = await list({ status: "SETTLED", limit: "2" });
    const second = await list({ status: "SETTLED", limit: "2", cursor: first.body.nextCursor });
    const days = [...first.body.items, ...second.body.items].map(
      ({ admittedOn }: { admittedOn: string }) => admittedOn,
    );
    expect(days).toHaveLength(4);
    expect([...days].sort().reverse()).toEqual(days);
    const ids = [...first.body.items, ...second.body.items].map(
      ({ visitId }: { visitId: string }) => visitId,
    );
    expect(new Set(ids).size).toBe(4);
  });

  test("cannot go on from a place outside the period that it asks for", async () => {
    await settle();
    const { nextCursor } = (await list({ limit: "1" })).body;
    const query = { limit: "1", cursor: nextCursor, from: "2020-01-01", to: "2020-01-31" };
    const { status, body } = await service.call("list-claims", { institution: EMPLOYER, query });
    expect([status, body.code]).toEqual([422, "CURSOR_INVALID"]);
  });

  test("sums its claims up by status and by month", async () => {
    const byStatus = await service.must("summarise-claims", { institution: EMPLOYER });
    const settled = byStatus.body.rows.find(({ key }: Row) => key === "SETTLED");
    expect(Number(settled.total)).toBeCloseTo(settled.count * 23, 2);
    const byMonth = await service.must("summarise-claims", {
      institution: EMPLOYER,
      query: { groupBy: "month" },
    });
    const counts = (rows: Row[]) => rows.reduce((sum, row) => sum + row.count, 0);
    expect(counts(byMonth.body.rows)).toBe(counts(byStatus.body.rows));
  });

  test("sees nothing of another enterprise: no claim, no sum, not even that it exists", async () => {
    const visitId = await openVisit(service);
    const answers = [visitId, "VNONE"].map((id) =>
      service.call("get-claim", { institution: OTHER_EMPLOYER, params: { visitId: id } }),
    );
    const [foreign, missing] = (await Promise.all(answers)).map(
      ({ body: { requestId: _own, ...rest } }) => rest,
    );
    expect(foreign).toMatchObject({ status: 404, code: "CLAIM_NOT_FOUND" });
    expect(foreign).toEqual(missing);
    expect((await list({}, OTHER_EMPLOYER)).body.items).toEqual([]);
    const cursor = (await list({ limit: "1" })).body.nextCursor;
    const refused = await service.call("list-claims", { institution: OTHER_EMPLOYER, query: { cursor } });
    expect(refused.body.code).toBe("CURSOR_INVALID");
  });
});

describe("the agency", () => {
  const worker = (overrides: object = {}) => ({
    body: {
      idNumber: "999901198103290004",
      cardNumber: "DEMO000001",
      name: NAME,
      frozen: false,
      ...overrides,
    },
  });
  const routeBy = async (cardNumber: string): Promise<string> =>
    (
      await service.must("check-eligibility", {
        body: { cardNumber, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
      })
    ).body.route;

  test("updates the worker of the same ID number, and a replaced card stops leading to the worker", async () => {
    const first = await service.must("put-worker", worker());
    const second = await service.must("put-worker", worker({ cardNumber: "DEMO000777" }));
    expect(second.body.workerId).toBe(first.body.workerId);
    expect([await routeBy("DEMO000001"), await routeBy("DEMO000777")]).toEqual(["NONE", "DIRECT"]);
    await service.must("put-worker", worker());
    expect(await routeBy("DEMO000001")).toBe("DIRECT");
  });

  test("cannot give one card to two workers, nor one case number to two", async () => {
    const other = "99990119900307415";
    const idNumber = [..."10X98765432"].map((last) => other + last).find(isIdNumber) ?? "";
    const taken = await service.call("put-worker", worker({ idNumber }));
    expect(taken.body).toMatchObject({ code: "CARD_NUMBER_TAKEN", errors: [{ pointer: "/cardNumber" }] });
    await service.must("put-worker", worker({ idNumber, cardNumber: "DEMO000778" }));
    const body = caseBody({ idNumber });
    const caseTaken = await service.call("put-case", { params: { caseNo: "GS-TEST-1" }, body });
    expect([caseTaken.status, caseTaken.body.code]).toEqual([409, "CASE_NUMBER_TAKEN"]);
    const unknown = await service.call("put-case", {
      params: { caseNo: "GS-TEST-9" },
      body: caseBody({ employerUscc: "91999999DEM0000985" }),
    });
    expect(unknown.body.code).toBe("EMPLOYER_UNKNOWN");
  });

  test("cannot give a case to another employer once anything was registered under it, be it cancelled", async () => {
    const caseNo = "GS-MOVED";
    const params = { caseNo };
    const of = (employerUscc: string) => ({
      params,
      body: caseBody({ injuredOn: "2026-02-14", employerUscc }),
    });
    await service.must("put-case", of(OTHER_EMPLOYER));
    await service.must("put-case", of(EMPLOYER));
    const visitId = await openVisit(service, { caseNo });
    const refused = await service.call("put-case", of(OTHER_EMPLOYER));
    expect([refused.status, refused.body.code]).toEqual([409, "CASE_HAS_VISITS"]);
    expect(refused.body.errors).toMatchObject([{ pointer: "/employerUscc" }]);
    await service.must("cancel-visit", { params: { visitId }, key: "cancelled" });
    expect((await service.call("put-case", of(OTHER_EMPLOYER))).status).toBe(409);
    await service.must("cancel-message", { params: { key: "cancelled" } });
    const look = (institution: string) => service.call("get-claim", { institution, params: { visitId } });
    expect([(await look(EMPLOYER)).status, (await look(OTHER_EMPLOYER)).status]).toEqual([200, 404]);
  });

  test("freezes a worker's benefits", async () => {
    await service.must("put-worker", worker({ frozen: true }));
    expect(await routeBy("DEMO000001")).toBe("NONE");
    await service.must("put-worker", worker());
  });

  test("prices by a new tariff from its day on, and a settled bill stays as it was", async () => {
    const before = await settle();
    await service.must("put-policy", {
      params: { effectiveFrom: "2026-03-15" },
      body: { ...policy, overCapBearer: "PERSONAL" },
    });
    const after = await openVisit(service, { admittedAt: "2026-03-15T08:00:00+08:00" });
    const params = { visitId: after };
    const lines = [lineBody("1", { serviceAt: "2026-03-15T09:00:00+08:00" })];
    await service.must("upload-charges", { params, body: { lines } });
    const { body } = await service.must("preview-settlement", { params });
    expect(body).toMatchObject({
      policyEffectiveFrom: "2026-03-15",
      allocation: { fund: "20.00", personal: "3.00" },
    });
    const old = await service.must("get-settlement", { params: { settlementId: `${before}-1` } });
    expect(old.body.allocation).toMatchObject({ fund: "20.00", hospital: "3.00" });
  });
});
