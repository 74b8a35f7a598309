import { beforeAll, describe, expect, test } from "vitest";
import { caseBody, itemBody, lineBody, openVisit, stateRegistry, today } from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let number = 0;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const terms = itemBody("").periods[0];
const capped = (cap: string) => ({ caps: { "1": cap, "2": cap, "3": cap } });
const periodOf = (from: string, to: string | null, cap = "100", overrides: object = {}) => ({
  ...terms,
  from,
  to,
  ...capped(cap),
  ...overrides,
});
const newCode = (): string => {
  number += 1;
  return `IMP.${number}`;
};
const stateItem = (itemCode: string, ...periods: object[]) =>
  service.call("import-catalogue", { body: { items: [{ ...itemBody(itemCode), periods }] } });
const mustState = async (itemCode: string, ...periods: object[]): Promise<void> => {
  expect((await stateItem(itemCode, ...periods)).status).toBe(201);
};
const preview = async (itemCode: string, ...periods: object[]) => {
  const body = { items: [{ ...itemBody(itemCode), periods }] };
  const answer = (await service.must("preview-catalogue", { body })).body;
  return { ...answer.items[0], all: answer };
};
const daysOf = async (itemCode: string) => {
  const { body } = await service.must("get-catalogue-item", { params: { itemCode } });
  return body.periods.map(({ from, to, caps }: ReturnType<typeof periodOf>) => `${from} ${to} ${caps["1"]}`);
};

let cases = 0;
/** A bill of one line at 80.00 on a day of service, of a case that is not decided yet: it waits. */
async function deferBill(
  itemCode: string,
  on = "2026-03-05",
  visitType = "OUTPATIENT",
): Promise<{ caseNo: string; visitId: string }> {
  cases += 1;
  const caseNo = `GS-IMP-${cases}`;
  await service.must("put-case", { params: { caseNo }, body: caseBody({ status: "APPLIED" }) });
  const visitId = await openVisit(service, { caseNo, visitType, admittedAt: `${on}T08:00:00+08:00` });
  const line = {
    itemCode,
    quantity: "1",
    unitPrice: "80",
    amount: "80.00",
    serviceAt: `${on}T09:00:00+08:00`,
  };
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1", line)] } });
  if (visitType !== "OUTPATIENT")
    await service.must("discharge-worker", {
      params: { visitId },
      body: { dischargedAt: `${on}T18:00:00+08:00` },
    });
  const { body } = await service.must("settle-visit", { params: { visitId } });
  expect(body).toMatchObject({ kind: "DEFERRED", total: "80.00", allocation: { fund: "80.00" } });
  return { caseNo, visitId };
}

async function recognise({ caseNo, visitId }: Awaited<ReturnType<typeof deferBill>>) {
  await service.must("put-case", { params: { caseNo }, body: caseBody({ status: "RECOGNISED" }) });
  await service.must("settle-visit", { params: { visitId } });
  const visit = (await service.must("get-visit", { params: { visitId } })).body;
  const settlementId = visit.settlementIds.at(-1);
  return (await service.must("get-settlement", { params: { settlementId } })).body;
}

describe("importing a price list", () => {
  test("that names only the period from April leaves March as it was: a bill that waited since is paid 80.00", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    const bill = await deferBill(itemCode);
    await mustState(itemCode, periodOf("2026-04-01", null, "105"));
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 2026-03-31 100", "2026-04-01 null 105"]);
    expect(await recognise(bill)).toMatchObject({ kind: "FINAL", allocation: { fund: "80.00" } });
  });

  const medicalOnly = { rehabilitation: false };
  test.each([
    [
      "from the same first day",
      "REHABILITATION_INPATIENT",
      periodOf("2024-01-01", null, "90", medicalOnly),
      201,
    ],
    ["from a later day", "REHABILITATION_INPATIENT", periodOf("2026-03-06", null, "90", medicalOnly), 201],
    ["for one closed day", "INPATIENT", periodOf("2026-03-05", "2026-03-05", "90"), 422],
  ])(
    "that names one kind of visit or some days only, %s, takes nothing away: a stay of another kind or day that waited is paid 80.00",
    async (_what, visitType, period, status) => {
      const itemCode = newCode();
      await mustState(itemCode, periodOf("2024-01-01", null));
      const bill = await deferBill(itemCode, "2026-03-07", visitType);
      expect((await preview(itemCode, period)).outcome).toBe(status === 201 ? "CHANGED" : "REFUSED");
      expect((await preview(itemCode, period)).warnings).not.toContainEqual(
        expect.objectContaining({ code: "NO_LONGER_PAYABLE" }),
      );
      expect((await stateItem(itemCode, period)).status).toBe(status);
      expect(await recognise(bill)).toMatchObject({ kind: "FINAL", allocation: { fund: "80.00" } });
    },
  );

  test("replaces the period with the same first day, and no other", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", "2024-12-31"), periodOf("2025-01-01", null, "110"));
    await mustState(itemCode, periodOf("2025-01-01", "2025-06-30", "111"));
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 2024-12-31 100", "2025-01-01 2025-06-30 111"]);
  });

  test("comes to the same in whatever order the files arrive, and old files again", async () => {
    const [a, b] = [periodOf("2024-01-01", null), periodOf("2026-04-01", null, "105")];
    const codes = [newCode(), newCode(), newCode()] as const;
    for (const period of [a, b]) await mustState(codes[0], period);
    for (const period of [b, a]) await mustState(codes[1], period);
    for (const period of [a, b, a]) await mustState(codes[2], period);
    for (const code of codes)
      expect(await daysOf(code)).toEqual(["2024-01-01 2026-03-31 100", "2026-04-01 null 105"]);
  });

  test.each([
    ["begins within a period that ends later", periodOf("2024-02-01", "2024-02-29")],
    ["ends within an open one that began earlier", periodOf("2026-03-05", "2026-03-05"), null],
    ["ends within a period that began later", periodOf("2023-12-01", "2024-01-15")],
  ])(
    "is refused where a period %s, with its place, and changes nothing",
    async (_what, period, last: string | null = "2024-12-31") => {
      const itemCode = newCode();
      await mustState(itemCode, periodOf("2024-01-01", last));
      const other = itemBody(newCode());
      const body = {
        items: [other, { ...itemBody(itemCode), periods: [periodOf("2020-01-01", "2020-12-31"), period] }],
      };
      const refused = await service.call("import-catalogue", { body });
      expect([refused.status, refused.body.code]).toEqual([422, "PERIOD_OVERLAPS_ANOTHER"]);
      expect(refused.body.errors).toMatchObject([
        { pointer: "/items/1/periods/1", code: "PERIOD_OVERLAPS_ANOTHER" },
      ]);
      expect(await daysOf(itemCode)).toEqual([`2024-01-01 ${last} 100`]);
      expect(
        (await service.call("get-catalogue-item", { params: { itemCode: other.itemCode } })).status,
      ).toBe(404);
    },
  );

  test("of more items than one transaction takes is refused whole where one of the last is", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", "2024-12-31"));
    const many = Array.from({ length: 120 }, () => itemBody(newCode()));
    const items = [...many, { ...itemBody(itemCode), periods: [periodOf("2024-02-01", "2024-02-29")] }];
    const refused = await service.call("import-catalogue", { body: { items } });
    expect(refused.body.errors).toMatchObject([{ pointer: "/items/120/periods/0" }]);
    const params = { itemCode: many[0]?.itemCode ?? "" };
    expect((await service.call("get-catalogue-item", { params })).status).toBe(404);
  });

  test("gives an item at most 50 periods, those that stand counted in", async () => {
    const itemCode = newCode();
    const years = Array.from({ length: 50 }, (_, year) =>
      periodOf(`${1960 + year}-01-01`, `${1960 + year}-12-31`),
    );
    await mustState(itemCode, ...years);
    const refused = await stateItem(itemCode, periodOf("2026-01-01", null));
    expect(refused.body).toMatchObject({
      code: "TOO_MANY_PERIODS",
      errors: [{ pointer: "/items/0/periods", code: "TOO_MANY_PERIODS" }],
    });
  });

  test("by two at once loses nothing of either", async () => {
    const itemCode = newCode();
    const years = Array.from({ length: 8 }, (_, year) =>
      periodOf(`${2010 + year}-01-01`, `${2010 + year}-12-31`),
    );
    await Promise.all(years.map((period) => mustState(itemCode, period)));
    expect(await daysOf(itemCode)).toEqual(years.map(({ from, to }) => `${from} ${to} 100`));
  });

  test("takes the name, kind and unit of the latest file", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    const renamed = {
      itemCode,
      name: "换药(大)",
      kind: "MATERIAL",
      unit: "卷",
      periods: [periodOf("2026-01-01", null)],
    };
    await service.must("import-catalogue", { body: { items: [renamed] } });
    const { body } = await service.must("get-catalogue-item", { params: { itemCode } });
    expect(body).toMatchObject({ name: "换药(大)", kind: "MATERIAL", unit: "卷", periods: [{}, {}] });
  });
});

describe("a preview of an import", () => {
  test("tells what would change, with caps before and after, and changes nothing", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    const told = await preview(itemCode, periodOf("2026-04-01", null, "105"));
    expect(told).toMatchObject({
      outcome: "CHANGED",
      changeCount: 2,
      changes: [
        { change: "ENDED", from: "2024-01-01", to: "2026-03-31" },
        {
          change: "ADDED",
          from: "2026-04-01",
          to: null,
          caps: { "1": "105" },
          before: { caps: { "1": "100" } },
        },
      ],
      repriced: [{ from: "2026-04-01", to: null }],
    });
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 null 100"]);
    expect(await preview(itemCode, periodOf("2024-01-01", null))).toMatchObject({
      outcome: "UNCHANGED",
      warnings: [],
    });
  });

  test("tells of prices that change on days that have come, and of claims that wait on them", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", "2026-01-31"), periodOf("2026-02-01", null));
    await deferBill(itemCode, "2026-03-07");
    const codes = async (from: string, to: string | null) =>
      (await preview(itemCode, periodOf(from, to, "101"))).warnings.map(({ code }: { code: string }) => code);
    expect(await codes("2026-02-01", null)).toEqual(["DEFERRED_CLAIMS_REPRICED", "PAST_DAYS_REPRICED"]);
    expect(await codes("2024-01-01", "2026-01-31")).toEqual(["PAST_DAYS_REPRICED"]);
    expect(await codes("2099-01-01", null)).toEqual([]);
    const { all, deferredClaims } = await preview(itemCode, periodOf("2026-02-01", null, "101"));
    expect(deferredClaims).toBeGreaterThan(0);
    expect(all.deferredClaimsAreAll).toBe(true);
  });

  test.each([
    ["0", "CAP_ZERO"],
    ["1000", "CAP_TEN_TIMES"],
    ["10", "CAP_A_TENTH"],
    ["999.99", undefined],
    ["10.01", undefined],
  ])("finds a cap of %s after one of 100: %s", async (cap, code) => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    for (const from of ["2024-01-01", "2099-01-01"]) {
      const { warnings } = await preview(itemCode, periodOf(from, null, cap));
      const caps = warnings.filter((warning: { code: string }) => warning.code.startsWith("CAP"));
      expect(caps).toEqual(code === undefined ? [] : [{ code, from }]);
    }
  });

  test("finds a cap that is given up, and days that are paid no longer", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    await mustState(itemCode, periodOf("2099-01-01", null));
    const warned = await preview(itemCode, periodOf("2099-01-01", "2099-12-31", "1", { caps: null }));
    expect(warned.warnings).toEqual([
      { code: "CAP_REMOVED", from: "2099-01-01" },
      { code: "NO_LONGER_PAYABLE", from: "2100-01-01" },
    ]);
  });

  test.each(["0010Z.1", "10z.1", "1oZ.1", "IOZ.1", "lOz.I"])(
    "finds that %s differs from a known code by nothing that one sees",
    async (itemCode) => {
      await mustState("10Z.1", periodOf("2024-01-01", null));
      const { outcome, warnings } = await preview(itemCode, periodOf("2024-01-01", null));
      const isOwn = outcome !== "NEW";
      expect(warnings).toEqual(isOwn ? [] : [{ code: "CODE_LOOKS_LIKE_ANOTHER", otherCode: "10Z.1" }]);
    },
  );

  test("says of each item that would be refused why, with its place", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", "2024-12-31"));
    const refused = await preview(itemCode, periodOf("2024-02-01", "2024-02-29"));
    expect(refused).toMatchObject({
      outcome: "REFUSED",
      errors: [{ pointer: "/items/0/periods/0", code: "PERIOD_OVERLAPS_ANOTHER" }],
    });
  });

  test("of as many periods as a body may hold is answered within what Lambda may answer", async () => {
    const periods = Array.from({ length: 27 }, (_, year) =>
      periodOf(`${1960 + year}-01-01`, `${1960 + year}-12-31`),
    );
    const items = Array.from({ length: 500 }, () => ({ ...itemBody(newCode()), periods })).map(
      ({ periods: all, ...item }) => ({
        ...item,
        periods: all.map(({ from, to }) => ({
          from,
          to,
          medical: true,
          rehabilitation: true,
          restricted: false,
          caps: null,
        })),
      }),
    );
    const more = Array.from({ length: 500 }, () => ({
      ...itemBody(newCode()),
      periods: [...periods, ...periods],
    }));
    const { status } = await service.call("preview-catalogue", { body: { items: more } });
    expect(status).toBe(413);
    const { text } = await service.must("preview-catalogue", { body: { items } });
    expect(Buffer.byteLength(text)).toBeLessThan(3_000_000);
  });
});

describe("taking a period away", () => {
  const remove = (itemCode: string, from: string, overrides: object = {}) =>
    service.call("remove-catalogue-period", {
      params: { itemCode },
      body: { from, reason: "误录，未列入目录" },
      ...overrides,
    });

  test("leaves the others as they are, goes on record with its reason, and tells which days and claims it concerns", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", "2025-12-31"), periodOf("2026-01-01", null, "105"));
    const bill = await deferBill(itemCode);
    const { status, body } = await remove(itemCode, "2026-01-01", { key: `removal-${itemCode}` });
    expect([status, body]).toMatchObject([
      201,
      {
        itemCode,
        removed: [{ from: "2026-01-01", to: null, caps: { "1": "105" } }],
        periods: [{ from: "2024-01-01", to: "2025-12-31" }],
        repriced: [{ from: "2026-01-01", to: null }],
        unpriced: [{ from: "2026-01-01", to: null }],
        pastDaysRepriced: true,
        deferredClaimsAreAll: true,
      },
    ]);
    expect(body.deferredClaims).toBeGreaterThan(0);
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 2025-12-31 100"]);
    const { body: trail } = await service.must("list-audit-events", {
      query: { ...today, subject: itemCode },
    });
    expect(trail.items).toMatchObject([{ operation: "remove-catalogue-period", reason: "误录，未列入目录" }]);
    const settlement = await recognise(bill);
    expect(settlement).toMatchObject({
      reasons: [{ code: "NOT_IN_CATALOGUE" }],
      allocation: { fund: "0.00" },
    });
    const again = await remove(itemCode, "2026-01-01", { key: `removal-${itemCode}` });
    expect([again.text, again.headers["idempotency-replayed"]]).toEqual([JSON.stringify(body), "true"]);
  });

  test("between two others tells which days have no price left, and none once the earlier one is stated again", async () => {
    const itemCode = newCode();
    await mustState(
      itemCode,
      periodOf("2024-01-01", "2024-12-31"),
      periodOf("2025-01-01", "2025-06-30", "105"),
      periodOf("2025-07-01", null, "110"),
    );
    const { body } = await remove(itemCode, "2025-01-01");
    expect(body.unpriced).toEqual([{ from: "2025-01-01", to: "2025-06-30" }]);
    await mustState(itemCode, periodOf("2024-01-01", "2025-06-30"));
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 2025-06-30 100", "2025-07-01 null 110"]);
  });

  test("that was the only one leaves an item that is known and not payable, which can be stated again", async () => {
    const itemCode = newCode();
    await mustState(itemCode, periodOf("2024-01-01", null));
    expect((await remove(itemCode, "2024-01-01")).body.periods).toEqual([]);
    expect(await daysOf(itemCode)).toEqual([]);
    await mustState(itemCode, periodOf("2024-01-01", null));
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 null 100"]);
  });

  test("is refused where there is no such item or period, or no reason in words", async () => {
    const itemCode = newCode();
    expect((await remove(itemCode, "2024-01-01")).body).toMatchObject({
      status: 404,
      code: "CATALOGUE_ITEM_NOT_FOUND",
    });
    await mustState(itemCode, periodOf("2024-01-01", null));
    expect((await remove(itemCode, "2024-01-02")).body).toMatchObject({
      status: 422,
      code: "PERIOD_UNKNOWN",
      errors: [{ pointer: "/from", code: "PERIOD_UNKNOWN" }],
    });
    const wordless = await remove(itemCode, "2024-01-01", { body: { from: "2024-01-01", reason: "1234" } });
    expect(wordless.body.errors).toMatchObject([{ pointer: "/reason", code: "REASON_WITHOUT_WORDS" }]);
    for (const role of ["hospital", "enterprise", "finance", "auditor"])
      expect((await remove(itemCode, "2024-01-01", { role })).status).toBe(403);
    expect(await daysOf(itemCode)).toEqual(["2024-01-01 null 100"]);
  });
});

test("the policy of a day replaces that of the same day alone", async () => {
  const body = (await service.must("list-policies")).body.items[0];
  const { effectiveFrom: _own, ...policy } = body;
  for (const [effectiveFrom, mealAllowancePerDay] of [
    ["2031-01-01", "20.00"],
    ["2032-01-01", "30.00"],
    ["2031-01-01", "25.00"],
  ] as const)
    await service.must("put-policy", { params: { effectiveFrom }, body: { ...policy, mealAllowancePerDay } });
  const { items } = (await service.must("list-policies")).body;
  expect(
    items.slice(0, 3).map((each: typeof body) => `${each.effectiveFrom} ${each.mealAllowancePerDay}`),
  ).toEqual(["2032-01-01 30.00", "2031-01-01 25.00", `${body.effectiveFrom} ${body.mealAllowancePerDay}`]);
});
