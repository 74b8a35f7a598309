import { beforeAll, describe, expect, test } from "vitest";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  EMPLOYER,
  hospitalBody,
  ID_NUMBER,
  lineBody,
  openStayOfAnother,
  openVisit,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const check = (overrides: object = {}, institution = HOSPITAL) =>
  service.must("check-eligibility", {
    institution,
    body: { idNumber: ID_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01", ...overrides },
  });

const codesOf = async (overrides?: object, institution?: string): Promise<string[]> =>
  (await check(overrides, institution)).body.refusals.map(({ code }: { code: string }) => code);

describe("an eligibility check", () => {
  test("finds the worker by ID number or card and shows the case, masked", async () => {
    const { body, text } = await check({ idNumber: undefined, cardNumber: CARD_NUMBER });
    expect(body).toMatchObject({ route: "DIRECT", depositRequired: false, refusals: [] });
    expect(body.authorisations).toMatchObject([{ caseNo: CASE_NO, employer: { uscc: EMPLOYER } }]);
    expect(text).not.toContain(ID_NUMBER);
    expect(text).not.toContain("诸葛试验");
  });

  test.each([
    ["an unknown card", { idNumber: undefined, cardNumber: "DEMO999999" }, ["WORKER_UNKNOWN"]],
    ["a day before the injury", { serviceDate: "2026-01-09" }, ["BEFORE_INJURY", "AUTHORISATION_EXPIRED"]],
    ["a benefit without authorisation", { visitType: "REHABILITATION_OUTPATIENT" }, ["NOT_AUTHORISED"]],
    [
      "a service outside the agreement",
      { visitType: "ASSISTIVE_DEVICE" },
      ["SERVICE_NOT_OFFERED", "NOT_AUTHORISED"],
    ],
  ])("answers %s with its reasons", async (_what, overrides, codes) => {
    expect(await codesOf(overrides)).toEqual(codes);
  });

  test.each([
    ["a third party is liable", { thirdPartyLiability: true }, ["THIRD_PARTY_LIABILITY"]],
    ["the case is refused", { status: "NOT_RECOGNISED" }, ["CASE_NOT_RECOGNISED"]],
    ["the case is closed", { status: "CLOSED" }, ["CASE_CLOSED"]],
    ["the employer was not insured", { injuredOn: "2019-01-01" }, ["EMPLOYER_NOT_INSURED"]],
  ])("says so where %s", async (_what, overrides, codes) => {
    await service.must("put-case", { params: { caseNo: CASE_NO }, body: caseBody(overrides) });
    expect(await codesOf()).toEqual(codes);
    await service.must("put-case", { params: { caseNo: CASE_NO }, body: caseBody() });
  });

  test.each(["APPLIED", "ACCEPTED", "SUSPENDED"])(
    "gives an %s case the route PROVISIONAL, no deposit",
    async (status) => {
      const body = caseBody({ status, injuries: [], authorisations: [] });
      await service.must("put-case", { params: { caseNo: CASE_NO }, body });
      expect((await check()).body).toMatchObject({ route: "PROVISIONAL", depositRequired: false });
      await service.must("put-case", { params: { caseNo: CASE_NO }, body: caseBody() });
    },
  );

  test("tells a suspended hospital so, and one that nobody stated", async () => {
    const code = "H33030400009";
    const suspended = { ...hospitalBody(), agreement: { from: "2020-01-01", to: null, status: "SUSPENDED" } };
    await service.must("put-hospital", { params: { code }, body: suspended });
    expect(await codesOf({}, code)).toEqual(["AGREEMENT_INACTIVE"]);
    const body = { idNumber: ID_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
    const unknown = await service.call("check-eligibility", { institution: "H33030400099", body });
    expect(unknown.body.code).toBe("INSTITUTION_UNKNOWN");
  });
});

describe("a visit", () => {
  test("of another hospital is answered like one that does not exist, by every operation", async () => {
    const visitId = await openVisit(service);
    const lines = [lineBody("1")];
    const operations: [string, object][] = [
      ["get-visit", {}],
      ["amend-visit", { body: { ward: "3" } }],
      ["upload-charges", { body: { lines } }],
      ["list-charges", {}],
      ["revoke-charges", { body: { all: true } }],
      ["discharge-worker", { body: { dischargedAt: "2026-03-02T08:00:00+08:00" } }],
      ["preview-settlement", {}],
      ["settle-visit", {}],
    ];
    for (const [operation, input] of operations) {
      const answers = [visitId, "VNONE"].map((id) =>
        service.call(operation, { institution: "H33030400002", params: { visitId: id }, ...input }),
      );
      const bodies = (await Promise.all(answers)).map(({ body: { requestId: _own, ...rest } }) => rest);
      expect(bodies[0], operation).toMatchObject({ status: 404, code: "VISIT_NOT_FOUND" });
      expect(bodies[0], operation).toEqual(bodies[1]);
    }
  });

  test("takes each visit number of a hospital once", async () => {
    await service.must("register-visit", { body: visitBody("TWICE") });
    const second = await service.call("register-visit", { body: visitBody("TWICE") });
    expect([second.status, second.body.code]).toEqual([409, "VISIT_NUMBER_TAKEN"]);
  });

  test("under another worker's case, or for another illness, is refused with every reason", async () => {
    const body = visitBody("REASONS", {
      caseNo: "NOBODYS",
      admittedAt: "2026-03-01T08:00:00+08:00",
      visitType: "ASSISTIVE_DEVICE",
    });
    const refused = await service.call("register-visit", { body });
    expect(refused.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      "SERVICE_NOT_OFFERED",
      "NO_CASE",
    ]);
    const illness = { diagnoses: [{ code: "J18.900", name: "肺炎", primary: true }] };
    const other = await service.call("register-visit", { body: visitBody("ILLNESS", illness) });
    expect(other.body).toMatchObject({ code: "DIAGNOSIS_OUTSIDE_CASE", errors: [{ pointer: "/diagnoses" }] });
  });

  test("changes ward, bed, doctor, diagnoses and notice, and nothing else", async () => {
    const visitId = await openVisit(service);
    const params = { visitId };
    const amended = await service.must("amend-visit", {
      params,
      body: { ward: "3 病区", bed: "12", department: "手外科" },
    });
    expect(amended.body).toMatchObject({
      ward: "3 病区",
      bed: "12",
      department: "手外科",
    });
    const refused = await service.call("amend-visit", {
      params,
      body: { admittedAt: "2026-03-02T08:00:00+08:00" },
    });
    expect(refused.body.errors).toMatchObject([
      { pointer: "", code: "UNKNOWN_FIELD", detail: expect.stringMatching(/第 1 个 · .* in place 1$/) },
    ]);
    const illness = { diagnoses: [{ code: "J18.900", name: "肺炎", primary: true }] };
    expect((await service.call("amend-visit", { params, body: illness })).body.code).toBe(
      "DIAGNOSIS_OUTSIDE_CASE",
    );
  });

  test("that is a stay goes through discharge, frees the bed, and takes no line of a later day", async () => {
    const visitId = await openVisit(service, { visitType: "INPATIENT" });
    const params = { visitId };
    const code = async (operation: string, body?: object) =>
      (await service.call(operation, { params, body })).body.code;
    await service.must("upload-charges", {
      params,
      body: { lines: [lineBody("1", { serviceAt: "2026-03-05T09:00:00+08:00" })] },
    });
    expect(await code("settle-visit")).toBe("VISIT_NOT_DISCHARGED");
    expect((await service.must("preview-settlement", { params })).body.status).toBe("PREVIEW");
    expect(await code("discharge-worker", { dischargedAt: "2026-02-28T08:00:00+08:00" })).toBe(
      "DISCHARGED_BEFORE_ADMISSION",
    );
    const early = { dischargedAt: "2026-03-04T08:00:00+08:00" };
    const { body: left } = await service.call("discharge-worker", { params, body: early });
    expect(left.code).toBe("SERVICE_DATE_OUTSIDE_VISIT");
    expect(left.errors[0].detail).toContain("明细 1 为 2026-03-05");
    expect(left.errors[0].detail).toContain("2026-03-05 of line 1");
    const illness = [{ code: "J18.900", name: "肺炎", primary: true }];
    expect(
      await code("discharge-worker", { dischargedAt: "2026-03-06T08:00:00+08:00", diagnoses: illness }),
    ).toBe("DIAGNOSIS_OUTSIDE_CASE");
    expect((await check({ visitType: "INPATIENT" })).body.refusals).toMatchObject([
      { code: "ADMITTED_ELSEWHERE" },
    ]);
    const discharge = { dischargedAt: "2026-03-06T08:00:00+08:00", outcome: "CURED" };
    expect((await service.must("discharge-worker", { params, body: discharge })).body.status).toBe(
      "DISCHARGED",
    );
    const onLastDay = { visitType: "INPATIENT", serviceDate: "2026-03-06" };
    expect((await check(onLastDay)).body.route).toBe("DIRECT");
    const tooLate = [lineBody("2", { serviceAt: "2026-03-07T08:00:00+08:00" })];
    expect(await code("upload-charges", { lines: tooLate })).toBe("SERVICE_DATE_OUTSIDE_VISIT");
    expect(await code("discharge-worker", discharge)).toBe("VISIT_NOT_OPEN");
    expect((await service.must("settle-visit", { params })).body.kind).toBe("FINAL");
    expect(await code("settle-visit")).toBe("VISIT_SETTLED");
    expect(await code("revoke-charges", { all: true })).toBe("VISIT_SETTLED");
    expect(await code("preview-settlement")).toBe("VISIT_SETTLED");
  });
});

describe("a day that has not come yet", () => {
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const notYet = (pointer: string) => ({
    status: 422,
    body: { code: "DAY_IN_FUTURE", errors: [{ pointer, code: "DAY_IN_FUTURE" }] },
  });

  test("is no day of admission, of discharge, of a service or of the employer's notice", async () => {
    const visitId = await openStayOfAnother(service);
    const params = { visitId };
    const before = await service.must("get-visit", { params });
    const registration = visitBody("NOT-YET", { admittedAt: inTwoDays });
    const lines = [lineBody("1"), lineBody("2", { serviceAt: inTwoDays })];
    const calls: [string, object, string][] = [
      ["register-visit", { body: registration }, "/admittedAt"],
      [
        "amend-visit",
        { params, body: { employerNotice: { reference: "1", at: inTwoDays } } },
        "/employerNotice/at",
      ],
      ["upload-charges", { params, body: { lines } }, "/lines/1/serviceAt"],
      ["discharge-worker", { params, body: { dischargedAt: inTwoDays } }, "/dischargedAt"],
    ];
    for (const [operation, input, pointer] of calls) {
      expect(await service.call(operation, input), operation).toMatchObject(notYet(pointer));
    }
    expect((await service.must("get-visit", { params })).body).toEqual(before.body);
    const dischargedAt = new Date().toISOString();
    expect((await service.must("discharge-worker", { params, body: { dischargedAt } })).body.status).toBe(
      "DISCHARGED",
    );
  });

  test.each(["injuredOn", "appliedOn", "acceptedOn"])("is no %s of a case", async (field) => {
    const input = { params: { caseNo: CASE_NO }, body: caseBody({ [field]: "9999-12-31" }) };
    expect(await service.call("put-case", input)).toMatchObject(notYet(`/${field}`));
  });
});

describe("charge lines", () => {
  const upload = async (lines: object[], visitId?: string) =>
    service.call("upload-charges", {
      params: { visitId: visitId ?? (await openVisit(service)) },
      body: { lines },
    });

  test("are refused as a whole, with a fault for each bad line", async () => {
    const visitId = await openVisit(service);
    const refused = await upload(
      [
        lineBody("1"),
        lineBody("1"),
        lineBody("2", { amount: "23.01" }),
        lineBody("3", { serviceAt: "2026-02-28T09:00:00+08:00" }),
        lineBody("4", { quantity: "-1", amount: "-11.50" }),
        lineBody("5", { quantity: "-1", amount: "-11.50", refundOf: "9" }),
        lineBody("6", { quantity: "-3", amount: "-34.50", refundOf: "2" }),
      ],
      visitId,
    );
    expect(refused.status).toBe(422);
    expect(
      refused.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
    ).toEqual([
      "/lines/1/lineNo LINE_NUMBER_TAKEN",
      "/lines/2/amount LINE_AMOUNT_MISMATCH",
      "/lines/3/serviceAt SERVICE_DATE_OUTSIDE_VISIT",
      "/lines/4/refundOf REFUND_WITHOUT_ORIGINAL",
      "/lines/5/refundOf REFUND_ORIGINAL_UNKNOWN",
      "/lines/6/quantity REFUND_EXCEEDS_ORIGINAL",
    ]);
    expect((await service.must("list-charges", { params: { visitId } })).body.items).toEqual([]);
  });

  test("say at once who bears what, with earlier lines of the item counted in", async () => {
    const visitId = await openVisit(service);
    const line = (lineNo: string, hour: string) =>
      lineBody(lineNo, {
        itemCode: "A2",
        quantity: "1",
        unitPrice: "9",
        amount: "9.00",
        serviceAt: `2026-03-01T${hour}:00:00+08:00`,
      });
    await upload([line("1", "09")], visitId);
    const second = await upload([line("2", "10")], visitId);
    expect(second.body.lines).toMatchObject([
      {
        lineNo: "2",
        allocation: { fund: "0.00", hospital: "9.00" },
        reasons: [{ code: "OVER_QUANTITY_LIMIT" }],
      },
    ]);
  });

  test("a refund is netted into its original, and may not go without it", async () => {
    const visitId = await openVisit(service);
    const params = { visitId };
    await upload([lineBody("1")], visitId);
    const refund = await upload(
      [lineBody("2", { quantity: "-2", amount: "-23.00", refundOf: "1" })],
      visitId,
    );
    expect(refund.body.lines).toMatchObject([{ lineNo: "2", nettedInto: "1" }]);
    const alone = await service.call("revoke-charges", { params, body: { lineNos: ["1"] } });
    expect(alone.body).toMatchObject({ code: "LINE_REFUNDED", errors: [{ pointer: "/lineNos/0" }] });
    const settled = await service.must("preview-settlement", { params });
    expect(settled.body).toMatchObject({ total: "0.00", lineCount: 2 });
    const twice = await service.call("revoke-charges", { params, body: { lineNos: ["1", "2", "1"] } });
    expect(twice.body.errors).toMatchObject([{ pointer: "/lineNos", code: "DUPLICATE" }]);
    const unknown = await service.call("revoke-charges", { params, body: { lineNos: ["7"] } });
    expect(unknown.body.code).toBe("LINE_UNKNOWN");
    expect((await service.must("revoke-charges", { params, body: { all: true } })).body.revoked).toEqual([
      "1",
      "2",
    ]);
    expect((await upload([lineBody("1")], visitId)).status).toBe(201);
  });

  test("are listed page by page", async () => {
    const visitId = await openVisit(service);
    await upload(
      Array.from({ length: 5 }, (_, index) => lineBody(`L${index}`)),
      visitId,
    );
    const params = { visitId };
    const first = await service.must("list-charges", { params, query: { limit: "3" } });
    const second = await service.must("list-charges", {
      params,
      query: { limit: "3", cursor: first.body.nextCursor },
    });
    const lineNos = [...first.body.items, ...second.body.items].map(
      ({ lineNo }: { lineNo: string }) => lineNo,
    );
    expect(lineNos).toEqual(["L0", "L1", "L2", "L3", "L4"]);
    expect(second.body.nextCursor).toBeNull();
    const bad = await service.call("list-charges", { params, query: { cursor: "nonsense!" } });
    expect(bad.body.code).toBe("CURSOR_INVALID");
  });
});

describe("a settlement", () => {
  test("is found by its hospital only", async () => {
    const visitId = await openVisit(service);
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    const { body } = await service.must("settle-visit", { params: { visitId } });
    const params = { settlementId: body.settlementId };
    expect((await service.must("get-settlement", { params })).body).toEqual(body);
    for (const operation of ["get-settlement", "list-settlement-lines"]) {
      const other = await service.call(operation, { params, institution: "H33030400002" });
      expect([other.status, other.body.code]).toEqual([404, "SETTLEMENT_NOT_FOUND"]);
      const none = await service.call(operation, { params: { settlementId: "V1-x" } });
      expect(none.body.code).toBe("SETTLEMENT_NOT_FOUND");
    }
  });
});
