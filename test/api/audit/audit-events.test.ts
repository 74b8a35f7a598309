import { beforeAll, describe, expect, test } from "vitest";
import { CASE_NO, lineBody, openVisit, stateRegistry, today } from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let visitId: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  visitId = await openVisit(service);
  const params = { visitId };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  const { body } = await service.must("settle-visit", { params });
  await service.must("get-settlement", { params: { settlementId: body.settlementId } });
  await service.call("get-visit", { params, institution: OTHER_HOSPITAL });
  await service.must("get-claim", { params });
});

interface Entry {
  readonly kind: string;
  readonly operation: string;
  readonly institution: string;
  readonly subject: string;
  readonly result: string;
  readonly at: string;
}
const list = async (query: Record<string, string>) =>
  (await service.must("list-audit-events", { query: { ...today, ...query } })).body;

describe("an auditor", () => {
  test("sees everything that was done with a visit, and every look and attempt at it, in order", async () => {
    const { items, nextCursor } = await list({ subject: visitId });
    expect(items.map(({ kind, operation }: Entry) => `${kind} ${operation}`)).toEqual([
      "CHANGE register-visit",
      "CHANGE upload-charges",
      "CHANGE settle-visit",
      "READ get-settlement",
      "REFUSED get-visit",
      "READ get-claim",
    ]);
    expect(items.map(({ at }: Entry) => at)).toEqual(items.map(({ at }: Entry) => at).toSorted());
    expect(items[4]).toMatchObject({ institution: OTHER_HOSPITAL, result: "VISIT_NOT_FOUND" });
    expect(nextCursor).toBeNull();
  });

  test("finds the lists that told of a visit by that visit", async () => {
    await service.must("list-hospital-events", { query: { limit: "100" } });
    await service.must("list-claims");
    const { items } = await list({ subject: visitId, limit: "100" });
    const lists = items.filter(({ seen }: { seen?: string[] }) => seen?.includes(visitId));
    expect(lists.map(({ operation }: Entry) => operation).sort()).toEqual([
      "list-claims",
      "list-hospital-events",
    ]);
  });

  test("finds a visit, a case and an institution however they are written", async () => {
    const asked = [
      ["subject", visitId],
      ["subject", CASE_NO],
      ["institution", OTHER_HOSPITAL],
    ] as const;
    for (const [name, text] of asked) {
      const kept = await list({ limit: "100", [name]: text });
      const operations = (items: readonly Entry[]) =>
        items.map(({ operation }) => operation).filter((operation) => operation !== "list-audit-events");
      expect(operations(kept.items).length).toBeGreaterThan(0);
      const wide = text.replaceAll(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
      for (const written of [text.toLowerCase(), ` ${wide}`]) {
        const found = await list({ limit: "100", [name]: written });
        expect(operations(found.items)).toEqual(operations(kept.items));
      }
    }
  });

  test("leaves on record whom it looked for", async () => {
    await list({ subject: visitId });
    const { items } = await list({ subject: visitId, limit: "100" });
    expect(items.map(({ operation }: Entry) => operation)).toContain("list-audit-events");
  });

  test("leaves all on record that it asked for: the period and each filter, whichever they were", async () => {
    const period = [`from=${today.from}`, `to=${today.to}`];
    const asked: [Record<string, string>, readonly string[]][] = [
      [{}, []],
      [{ who: "nurse-7" }, ["who=nurse-7"]],
      [
        { subject: visitId, institution: HOSPITAL, who: "nurse-8", limit: "1" },
        [`subject=${visitId}`, `institution=${HOSPITAL}`, "who=nurse-8"],
      ],
    ];
    for (const [query] of asked) await list(query);
    const { items } = await list({ who: "demo-auditor", limit: "100" });
    const looks = items.filter(({ operation }: Entry) => operation === "list-audit-events");
    expect(looks.slice(-asked.length).map((each: { asked: string[] }) => each.asked)).toEqual(
      asked.map(([, filters]) => [...period, ...filters]),
    );
  });

  test("sees what an institution did, and that it looked itself", async () => {
    const { items } = await list({ institution: OTHER_HOSPITAL });
    expect(items.map(({ operation }: Entry) => operation)).toEqual(["get-visit"]);
    await list({ institution: HOSPITAL });
    const looks = await list({ institution: "A330304", limit: "100" });
    expect(looks.items.map(({ operation }: Entry) => operation)).toContain("list-audit-events");
  });

  test("reads page by page without a gap or a repeat", async () => {
    const whole = (await list({ institution: HOSPITAL, limit: "100" })).items;
    const paged: Entry[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({
        institution: HOSPITAL,
        limit: "2",
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
    expect(whole.length).toBeGreaterThan(3);
  });

  test("alone may look, a month at a time, and hears of a cursor that is none", async () => {
    for (const role of ["hospital", "enterprise", "finance", "agency"]) {
      expect((await service.call("list-audit-events", { role, query: today })).status).toBe(403);
    }
    const year = await service.call("list-audit-events", { query: { from: "2026-01-01", to: "2026-12-31" } });
    expect(year.body.errors).toMatchObject([{ pointer: "#query/to", code: "PERIOD_OVER_A_MONTH" }]);
    const bad = await service.call("list-audit-events", { query: { ...today, cursor: "x" } });
    expect(bad.body.code).toBe("CURSOR_INVALID");
  });
});
