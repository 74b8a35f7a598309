import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { requestExamples } from "../../../functions/contract/examples.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { findOperation } from "../../support/api-event.ts";
import {
  CARD_NUMBER,
  EMPLOYER,
  ID_NUMBER,
  itemBody,
  lineBody,
  NAME,
  openVisit,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { dumpState } from "../../support/dump-tables.ts";
import { makeCursor } from "../../support/make-cursor.ts";
import { type CallInput, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let visitId: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
});

let before: unknown;
beforeEach(async () => {
  before = await dumpState(service);
});
afterEach(async () => {
  expect(await dumpState(service)).toEqual(before);
});

const params = () => ({ visitId });
const settled = new Set<string>();

/** What each fault of an answer says: pointer and code. */
async function faultsOf(operation: string, input: CallInput): Promise<string[]> {
  const { status, body } = await service.call(operation, input);
  expect(status).toBeGreaterThanOrEqual(400);
  settled.add(operation);
  return body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
}

const withBody = operations.filter(
  ({ method, body }) => method !== "GET" && body._zod.def.type !== "undefined",
);

const namesOf = (schema: z.core.$ZodType): string[] =>
  schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];

/** Operations that go on from a place, and the parameter that names it. */
const lists = operations.flatMap(({ id, query }) =>
  ["cursor", "after"].filter((name) => namesOf(query).includes(name)).map((name) => [id, name] as const),
);
const forgedPlaces = [
  ...[
    "",
    "x",
    "-1",
    "1e3",
    "\u0000",
    "2026-01-01",
    "2026-99-99#H33030400001",
    "2026-02-30#V00000000000000000000",
  ],
  ...["2026-13-01 x", "2026-99-99T00:00:00+08:00#V1#0000001", "2026-01-01T99:00:00+08:00#V1#0000001"],
  ...["2026-01-01Tnever#V1#0000001", "2026-01-01T00:00:00+08:00#V1#1"],
];

/** Where a list goes on from a place that could as well be another list's. */
const goodPlaces: Readonly<Record<string, RegExp>> = {
  "summarise-settlements": /^[\w-]+$/,
  "list-policies": /^\d{4}-\d{2}-\d{2}$/,
};

describe("changes nothing and names every fault:", () => {
  test.each(lists)("%s with a place in %s that is none of ours", async (id, name) => {
    const { query: schema, params: paramsSchema } = findOperation(id);
    const needed = {
      from: "2026-01-01",
      to: "2026-01-31",
      ...(id === "list-deferred-claims" ? {} : { groupBy: "day" }),
    };
    const own = Object.fromEntries(Object.entries(needed).filter(([each]) => namesOf(schema).includes(each)));
    const pathParams = Object.fromEntries(namesOf(paramsSchema).map((each) => [each, "NONE-1"]));
    for (const place of forgedPlaces.filter((each) => goodPlaces[id]?.test(each) !== true)) {
      const query = { ...own, [name]: makeCursor(id, { params: pathParams, query: own }, place) };
      const faults = await faultsOf(id, { params: pathParams, query, body: requestExamples[id] });
      expect(faults, place).toEqual([`#query/${name} CURSOR_INVALID`]);
    }
  });

  test.each(withBody.map(({ id }) => id))("%s with a body that is no JSON", async (id) => {
    const { status, body } = await service.call(id, { params: params(), text: '{"a":' });
    expect([status, body.code]).toEqual([400, "BODY_NOT_JSON"]);
  });

  test.each(withBody.map(({ id }) => id))("%s with a field that it does not know", async (id) => {
    const faults = await faultsOf(id, { params: params(), body: { surprise: 1 } });
    expect(faults).toContain(" UNKNOWN_FIELD");
  });

  test("a registration where everything is wrong", async () => {
    const body = visitBody("", {
      visitType: "HOLIDAY",
      idNumber: "999901198103290005",
      cardNumber: CARD_NUMBER,
      caseNo: 7,
      admittedAt: "2026-02-30T08:00:00+08:00",
      department: "",
      diagnoses: [{ code: "?", name: "", primary: false }],
      employerNotice: { reference: "N" },
    });
    expect(await faultsOf("register-visit", { body })).toEqual([
      "/hospitalVisitNo WRONG_FORMAT",
      "/visitType NOT_ALLOWED",
      "/caseNo WRONG_TYPE",
      "/admittedAt NOT_AN_INSTANT",
      "/department TOO_SHORT",
      "/diagnoses/0/code WRONG_FORMAT",
      "/diagnoses/0/name TOO_SHORT",
      "/diagnoses PRIMARY_DIAGNOSIS_NOT_ONE",
      "/employerNotice/at REQUIRED",
      "/idNumber ID_OR_CARD_REQUIRED",
      "/idNumber ID_NUMBER_INVALID",
    ]);
  });

  test.each([
    ["no lines", [], ["/lines TOO_FEW"]],
    ["501 lines", Array.from({ length: 501 }, (_, index) => lineBody(`X${index}`)), ["/lines TOO_MANY"]],
    [
      "a price of seven decimals",
      [lineBody("2", { unitPrice: "1.2345678" })],
      ["/lines/0/unitPrice NOT_AN_EXACT_DECIMAL"],
    ],
    [
      "a float that is not exact",
      [lineBody("2", { quantity: 0.1 + 0.2 })],
      ["/lines/0/quantity NOT_AN_EXACT_DECIMAL"],
    ],
    ["an amount in words", [lineBody("2", { amount: "1e3" })], ["/lines/0/amount NOT_AN_EXACT_DECIMAL"]],
    ["a quantity of zero", [lineBody("2", { quantity: "0" })], ["/lines/0/quantity QUANTITY_ZERO"]],
    [
      "a price that is too high",
      [lineBody("2", { unitPrice: "10000000" })],
      ["/lines/0/unitPrice OUT_OF_RANGE"],
    ],
    [
      "a time without offset",
      [lineBody("2", { serviceAt: "2026-03-01T09:00:00" })],
      ["/lines/0/serviceAt NOT_AN_INSTANT"],
    ],
  ])("an upload of %s", async (_what, lines, faults) => {
    expect(await faultsOf("upload-charges", { params: params(), body: { lines } })).toEqual(faults);
  });

  test("a JSON number with more digits than a double keeps", async () => {
    const text = JSON.stringify({ lines: [lineBody("2")] }).replace('"11.5"', "11.50000000000000001");
    const { body } = await service.call("upload-charges", { params: params(), text });
    expect(body.errors).toMatchObject([{ pointer: "/lines/0/unitPrice", code: "NOT_AN_EXACT_DECIMAL" }]);
  });

  test("a body that is too large", async () => {
    const text = JSON.stringify({ lines: "x".repeat(5_000_001) });
    const { status, body } = await service.call("upload-charges", { params: params(), text });
    expect([status, body.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    expect(body.errors[0].detail).toMatch(/至多 2000000 字节 · .* at most 2000000 bytes$/);
  });

  const messages = operations.filter(({ message }) => message).map(({ id }) => id);
  test.each(messages)("%s without a key, or with one that is none", async (id) => {
    const missing = await service.call(id, { params: params(), key: null, body: {} });
    expect([missing.status, missing.body.code]).toEqual([400, "IDEMPOTENCY_KEY_REQUIRED"]);
    const invalid = await service.call(id, { params: params(), key: "a key", body: {} });
    expect([invalid.status, invalid.body.code]).toEqual([400, "IDEMPOTENCY_KEY_INVALID"]);
  });

  test.each([
    [
      "put-hospital",
      { params: { code: "H1" }, body: { name: "", tier: 4, services: [] } },
      [
        "#path/code WRONG_FORMAT",
        "/name TOO_SHORT",
        "/tier NOT_ALLOWED",
        "/services TOO_FEW",
        "/agreement REQUIRED",
      ],
    ],
    [
      "put-employer",
      {
        params: { uscc: "91999999DEM000006N" },
        body: { name: "厂", insured: [{ from: "2026-02-01", to: "2026-01-01" }] },
      },
      ["#path/uscc USCC_INVALID", "/insured/0/to PERIOD_ENDS_BEFORE_IT_STARTS"],
    ],
    [
      "put-worker",
      { body: { idNumber: "99990119810329000X", cardNumber: "!", name: "", frozen: "no" } },
      ["/idNumber ID_NUMBER_INVALID", "/cardNumber WRONG_FORMAT", "/name TOO_SHORT", "/frozen WRONG_TYPE"],
    ],
    ["put-policy", { params: { effectiveFrom: "2026-13-01" }, body: {} }, ["#path/effectiveFrom NOT_A_DAY"]],
    [
      "summarise-settlements",
      { query: { from: "2026-02-01", to: "2026-01-01", groupBy: "day" } },
      ["#query/to PERIOD_NOT_READABLE"],
    ],
    [
      "list-claims",
      { institution: EMPLOYER, query: { limit: "101", status: "LOST" } },
      ["#query/limit OUT_OF_RANGE", "#query/status NOT_ALLOWED"],
    ],
  ])("%s", async (operation, input, faults) => {
    expect(await faultsOf(operation, input)).toEqual(expect.arrayContaining(faults));
  });

  test("a case of a worker and an employer that nobody stated", async () => {
    const body = {
      idNumber: "999901200001010019",
      employerUscc: "91999999DEM000014E",
      injuredOn: "2026-01-01",
      status: "APPLIED",
      thirdPartyLiability: false,
      injuries: [],
      authorisations: [],
    };
    const faults = await faultsOf("put-case", { params: { caseNo: "N1" }, body });
    expect(faults.length).toBeGreaterThan(0);
  });

  test("catalogue items: the same twice, overlapping periods, wrong caps", async () => {
    const overlapping = itemBody("C1");
    const items = [
      { ...overlapping, periods: [...overlapping.periods, ...overlapping.periods] },
      itemBody("C2", { caps: { "1": "x", "2": "1", "3": "1" } }),
      itemBody("C2"),
    ];
    expect(await faultsOf("import-catalogue", { body: { items } })).toEqual(
      expect.arrayContaining([
        "/items/0/periods PERIODS_OVERLAP",
        "/items/1/periods/0/caps/1 NOT_AN_EXACT_DECIMAL",
      ]),
    );
  });

  test.each(["hospital", "enterprise", "finance", "agency", "auditor"])(
    "what is not for the role %s",
    async (role) => {
      for (const { id, roles } of operations.filter((each) => each.roles.length > 0)) {
        if (roles.some((allowed) => allowed === role)) continue;
        const { status, body } = await service.call(id, {
          role,
          institution: "H33030400001",
          params: params(),
        });
        expect([id, status, body.code]).toEqual([id, 403, "FORBIDDEN"]);
      }
    },
  );
});

test("no answer and no log line has the worker's name or number", async () => {
  const body = { idNumber: ID_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
  const { text } = await service.must("check-eligibility", { body });
  for (const secret of [NAME, ID_NUMBER]) {
    expect(text).not.toContain(secret);
    expect(service.logLines.join("\n")).not.toContain(secret);
  }
  expect(service.logLines.length).toBeGreaterThan(50);
});
