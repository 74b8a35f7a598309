import { beforeAll, describe, expect, test } from "vitest";
import { makeServices } from "../../../functions/kit/services.ts";
import { day } from "../../../shared/domain/dates.ts";
import { readVisitsOfHospital } from "../../../shared/store/visits/hospital-visits.ts";
import {
  CARD_NUMBER,
  ID_NUMBER,
  lineBody,
  stateHospitals,
  stateRegistry,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import { makeCursor } from "../../support/make-cursor.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = "1000000";
  service = await startTestService();
  await stateRegistry(service);
});

const DAYS = { from: "2026-03-01", to: "2026-03-31" };
const list = (query: Record<string, string>, institution?: string) =>
  service.call("list-visits", { query, ...(institution === undefined ? {} : { institution }) });
const idsOf = (body: { readonly items: readonly { readonly visitId: string }[] }): string[] =>
  body.items.map(({ visitId }) => visitId);

let hospitals = 0;
/** Each test lists the visits of a hospital of its own. */
async function newHospital(): Promise<string> {
  hospitals += 1;
  const code = `H330304007${String(hospitals).padStart(2, "0")}`;
  await stateHospitals(service, [code]);
  return code;
}
const open = (institution: string, overrides: object = {}) =>
  service
    .must("register-visit", { institution, body: visitBody(`OWN-${crypto.randomUUID()}`, overrides) })
    .then(({ body }) => String(body.visitId));
const cancel = (institution: string, visitId: string, key: string = crypto.randomUUID()) =>
  service.must("cancel-visit", { institution, params: { visitId }, body: {}, key });

describe("own visits", () => {
  test("are found by their number, however wide it is written, and by nobody else", async () => {
    const institution = await newHospital();
    const visitId = await open(institution, { hospitalVisitNo: "MZ-1" });
    await open(institution, { hospitalVisitNo: "MZ-2" });
    for (const hospitalVisitNo of ["MZ-1", "ＭＺ－１ "]) {
      const { body } = await list({ hospitalVisitNo }, institution);
      expect(body).toMatchObject({ items: [{ visitId, hospitalVisitNo: "MZ-1" }], nextCursor: null });
    }
    expect((await list({ hospitalVisitNo: "MZ-1" }, OTHER_HOSPITAL)).body.items).toEqual([]);
    const both = { hospitalVisitNo: "MZ-1", ...DAYS, status: "OPEN" };
    expect(idsOf((await list(both, institution)).body)).toEqual([visitId]);
    for (const other of [{ status: "SETTLED" }, { from: "2026-03-02" }, { to: "2026-02-28" }]) {
      expect((await list({ hospitalVisitNo: "MZ-1", ...other }, institution)).body.items).toEqual([]);
    }
  });

  test("are listed by days of admission, the latest first, each with what it comes to and no word of the illness", async () => {
    const institution = await newHospital();
    const visitIds: string[] = [];
    for (const on of ["01", "05", "31"])
      visitIds.push(await open(institution, { admittedAt: `2026-03-${on}T08:00:00+08:00` }));
    await open(institution, { admittedAt: "2026-04-01T08:00:00+08:00" });
    const [first = ""] = visitIds;
    const params = { visitId: first };
    await service.must("upload-charges", { institution, params, body: { lines: [lineBody("1")] } });
    await service.must("settle-visit", { institution, params });
    const page = await list(DAYS, institution);
    expect(idsOf(page.body)).toEqual(visitIds.toReversed());
    const { body: whole } = await service.must("get-visit", { institution, params });
    const { diagnoses, department, ...rest } = whole;
    expect([diagnoses, department].map((each) => typeof each)).toEqual(["object", "string"]);
    expect(whole).toMatchObject(page.body.items[2]);
    expect(page.body.items[2]).toMatchObject({
      settled: rest.settled,
      worker: rest.worker,
      status: "SETTLED",
    });
    expect(page.text).not.toMatch(/diagnos|department|S62/);
  });

  test("one that was cancelled is listed as such by its days, and has given its number up", async () => {
    const institution = await newHospital();
    const visitId = await open(institution, { hospitalVisitNo: "GONE" });
    await cancel(institution, visitId);
    expect((await list({ hospitalVisitNo: "GONE" }, institution)).body.items).toEqual([]);
    expect((await list(DAYS, institution)).body.items).toMatchObject([{ visitId, status: "CANCELLED" }]);
  });

  test("of one status are found although a page looks at so many only, and may be short", async () => {
    const institution = await newHospital();
    const wanted: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const visitId = await open(institution);
      if (index % 3 === 0) await cancel(institution, visitId);
      else wanted.push(visitId);
    }
    expect(new Set(idsOf((await list({ ...DAYS, status: "OPEN" }, institution)).body))).toEqual(
      new Set(wanted),
    );
    const of = { hospitalCode: institution, status: "OPEN", from: day(DAYS.from), to: day(DAYS.to) } as const;
    const sizes: number[] = [];
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await readVisitsOfHospital(makeServices().db, of, { limit: 2, after, looksAtMost: 3 });
      sizes.push(page.visits.length);
      seen.push(...page.visits.map(({ visitId }) => visitId));
      after = page.next;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(wanted.toSorted());
    expect(sizes.every((size) => size <= 2)).toBe(true);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
  });

  test.each<[Record<string, string>, string[]]>([
    [{}, ["#query/from NUMBER_OR_PERIOD_REQUIRED", "#query/to NUMBER_OR_PERIOD_REQUIRED"]],
    [{ from: "2026-03-01" }, ["#query/to NUMBER_OR_PERIOD_REQUIRED"]],
    [{ to: "2026-03-01" }, ["#query/from NUMBER_OR_PERIOD_REQUIRED"]],
    [{ from: "2025-03-01", to: "2026-03-02" }, ["#query/to PERIOD_NOT_READABLE"]],
    [{ from: "2026-03-02", to: "2026-03-01" }, ["#query/to PERIOD_NOT_READABLE"]],
    [
      { from: "March", status: "GONE" },
      ["#query/from NOT_A_DAY", "#query/status NOT_ALLOWED", "#query/to NUMBER_OR_PERIOD_REQUIRED"],
    ],
    [{ hospitalVisitNo: ID_NUMBER }, ["#query/hospitalVisitNo LOOKS_LIKE_ID_NUMBER"]],
    [{ hospitalVisitNo: "MZ-1", cursor: "bm9uZQ" }, ["#query/cursor CURSOR_INVALID"]],
  ])("asked for by %o, are refused with every fault by its name", async (query, faults) => {
    const { status, body } = await list(query);
    expect(status).toBe(422);
    const named = body.errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`);
    expect(named.toSorted()).toEqual(faults);
  });

  test("are not gone on with from a place outside the period, nor from one beside a number", async () => {
    for (const query of [DAYS, { hospitalVisitNo: "MZ-1" }]) {
      const cursor = makeCursor("list-visits", { query }, "2026-02-01#V00000000000000000000");
      expect((await list({ ...query, cursor })).body.code).toBe("CURSOR_INVALID");
    }
  });
});

describe("own visits of a person", () => {
  test("are found by either number, at the hospital that treated the person only, and the search is on record", async () => {
    const [institution, other] = [await newHospital(), await newHospital()];
    const visitIds = [await open(institution), await open(institution)];
    const elsewhere = await open(other);
    const bodies = [{ cardNumber: CARD_NUMBER }, { idNumber: ID_NUMBER }];
    for (const body of bodies) {
      const found = await service.must("find-visits", { institution, body });
      expect(idsOf(found.body).toSorted()).toEqual(visitIds.toSorted());
      expect(found.text).not.toMatch(/diagnos|department|S62/);
    }
    expect(idsOf((await service.must("find-visits", { institution: other, body: bodies[0] })).body)).toEqual([
      elsewhere,
    ]);
    const { body: trail } = await service.must("list-audit-events", { query: { ...today, institution } });
    const looks = trail.items.filter((each: { operation: string }) => each.operation === "find-visits");
    expect(looks).toMatchObject(Array(2).fill({ kind: "READ", subject: expect.stringMatching(/^W/) }));
  });

  test("come page by page", async () => {
    const institution = await newHospital();
    const visitIds = [await open(institution), await open(institution), await open(institution)];
    const body = { cardNumber: CARD_NUMBER };
    const first = await service.must("find-visits", { institution, body, query: { limit: "2" } });
    const query = { limit: "2", cursor: first.body.nextCursor };
    const second = await service.must("find-visits", { institution, body, query });
    expect(second.body.nextCursor).toBeNull();
    expect([...idsOf(first.body), ...idsOf(second.body)].toSorted()).toEqual(visitIds.toSorted());
  });

  test("asked for by no number, or by two, are refused", async () => {
    for (const body of [{}, { cardNumber: CARD_NUMBER, idNumber: ID_NUMBER }]) {
      const answer = await service.call("find-visits", { body });
      expect(answer.body.errors).toMatchObject([{ pointer: "/idNumber", code: "ID_OR_CARD_REQUIRED" }]);
    }
  });
});

test("whoever cancels the cancellation of a registration whose number is taken learns by which visit", async () => {
  const institution = await newHospital();
  const first = await open(institution, { hospitalVisitNo: "AGAIN" });
  await cancel(institution, first, "cancelled");
  const second = await open(institution, { hospitalVisitNo: "AGAIN" });
  const { status, body } = await service.call("cancel-message", {
    institution,
    params: { key: "cancelled" },
  });
  expect([status, body.code, body.visitId]).toEqual([409, "VISIT_NUMBER_TAKEN", second]);
  await cancel(institution, second);
  await service.must("cancel-message", { institution, params: { key: "cancelled" } });
  expect(idsOf((await list({ hospitalVisitNo: "AGAIN" }, institution)).body)).toEqual([first]);
});
