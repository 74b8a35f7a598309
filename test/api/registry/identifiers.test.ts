import { beforeAll, describe, expect, test } from "vitest";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  ID_NUMBER,
  itemBody,
  lineBody,
  openVisit,
  stateRegistry,
  today,
  visitBody,
  workerBody,
} from "../../support/demo-case.ts";
import { readIdentifiersPage } from "../../support/identifiers-page.ts";
import { HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let workerId: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  workerId = String((await service.must("put-worker", { body: workerBody() })).body.workerId);
});

const rows = readIdentifiersPage();
const writtenOf = (name: string): string => rows.find((row) => row.name === name)?.written ?? "";
const toWide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

/** The visit with one line, settled. */
async function settled(): Promise<{ visitId: string; settlementId: string }> {
  const visitId = await openVisit(service);
  const params = { visitId };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  const { body } = await service.must("settle-visit", { params, body: {} });
  return { visitId, settlementId: String(body.settlementId) };
}

const totalsOf = (date: string) => {
  const zeros = {
    fund: "0",
    employer: "0",
    hospital: "0",
    thirdParty: "0",
    otherInsurer: "0",
    personal: "0",
  };
  const nothing = { count: 0, total: "0", allocation: zeros };
  return { date, settlements: nothing, reversals: nothing };
};

/** Drives an identifier through an operation as it is written on the page; gives what was found by it. */
const drives: Readonly<Record<string, (written: string) => Promise<unknown>>> = {
  idNumber: async (written) => {
    const person = { ...workerBody(), idNumber: "11010519491231002X", cardNumber: "DEMO000002" };
    const { body } = await service.must("put-worker", { body: person });
    const found = await service.must("find-worker", { body: { idNumber: written } });
    return found.body.workerId === body.workerId ? "11010519491231002X" : undefined;
  },
  cardNumber: async (written) => {
    const found = await service.must("find-worker", { body: { cardNumber: written } });
    return found.body.workerId === workerId ? CARD_NUMBER : undefined;
  },
  employerUscc: async (written) => {
    await service.must("put-employer", { params: { uscc: written }, body: employerBody() });
    await service.must("put-case", {
      params: { caseNo: "GS-USCC" },
      body: caseBody({ employerUscc: written }),
    });
    const claims = await service.must("list-claims", { role: "enterprise", institution: written.trim() });
    expect(claims.status).toBe(200);
    return (await service.must("get-case", { params: { caseNo: "GS-USCC" } })).body.employerUscc;
  },
  hospitalCode: async (written) => {
    const limited = caseBody().authorisations.map((each) => ({ ...each, hospitalCodes: [written] }));
    await service.must("put-hospital", { params: { code: written }, body: hospitalBody() });
    await service.must("put-case", {
      params: { caseNo: "GS-HOSP" },
      body: caseBody({ authorisations: limited }),
    });
    const visit = visitBody("BY-HOSPITAL", { caseNo: "GS-HOSP" });
    const { body } = await service.must("register-visit", { institution: written, body: visit });
    await service.must("get-visit", { institution: HOSPITAL, params: { visitId: body.visitId } });
    return (await service.must("get-hospital", { params: { code: written } })).body.code;
  },
  caseNo: async (written) => {
    const { body } = await service.must("register-visit", {
      body: visitBody("BY-CASE", { caseNo: written }),
    });
    expect((await service.must("get-case", { params: { caseNo: written } })).body.caseNo).toBe(CASE_NO);
    return body.caseNo;
  },
  itemCode: async (written) => {
    const visitId = await openVisit(service);
    const lines = [lineBody("1", { itemCode: written })];
    const { body } = await service.must("upload-charges", { params: { visitId }, body: { lines } });
    expect(body.lines[0].allocation.fund).toBe("20.00");
    return (await service.must("get-catalogue-item", { params: { itemCode: written } })).body.itemCode;
  },
  diagnosisCode: async (written) => {
    const visitId = await openVisit(service);
    const lines = [lineBody("1", { diagnosisCode: written })];
    const { body } = await service.must("upload-charges", { params: { visitId }, body: { lines } });
    expect(body.lines[0].allocation.fund).toBe("20.00");
    return (await service.must("list-charges", { params: { visitId } })).body.items[0].diagnosisCode;
  },
  diagnosisPrefixes: async (written) => {
    const injuries = [{ bodyPart: "腕", description: "腕管综合征", diagnosisPrefixes: [written] }];
    const { body } = await service.must("put-case", {
      params: { caseNo: "GS-PREFIX" },
      body: caseBody({ injuries }),
    });
    return body.injuries[0].diagnosisPrefixes[0];
  },
  receipt: async (written) => {
    const params = { visitId: await openVisit(service) };
    const advance = { paidBy: "WORKER", amount: "5.00", receipt: written };
    const { body } = await service.must("record-advance", { params, body: advance });
    const again = { ...advance, receipt: ` ${written.toUpperCase()}` };
    expect((await service.call("record-advance", { params, body: again })).body.code).toBe("RECEIPT_TAKEN");
    return body.advances[0].receipt;
  },
  hospitalVisitNo: async (written) => {
    const { body } = await service.must("register-visit", { body: visitBody(written) });
    const again = await service.call("register-visit", { body: visitBody("ZY-a1") });
    expect(again.body.code).toBe("VISIT_NUMBER_TAKEN");
    await service.must("register-visit", { body: visitBody("ZY-A1") });
    return body.hospitalVisitNo;
  },
  lineNo: async (written) => {
    const params = { visitId: await openVisit(service) };
    const { body } = await service.must("upload-charges", { params, body: { lines: [lineBody(written)] } });
    const again = { lines: [lineBody("1-a")] };
    expect((await service.call("upload-charges", { params, body: again })).body.code).toBe(
      "LINE_NUMBER_TAKEN",
    );
    await service.must("upload-charges", { params, body: { lines: [lineBody("1-A")] } });
    await service.must("revoke-charges", { params, body: { lineNos: [written] } });
    const twice = { lineNos: ["1-A", "１-A"] };
    expect((await service.call("revoke-charges", { params, body: twice })).body.errors[0].code).toBe(
      "DUPLICATE",
    );
    return body.lines[0].lineNo;
  },
  refundOf: async (written) => {
    const params = { visitId: await openVisit(service) };
    const refund = lineBody("2", { refundOf: written, quantity: "-1", amount: "-11.50" });
    const { body } = await service.must("upload-charges", {
      params,
      body: { lines: [lineBody("1-a"), refund] },
    });
    return body.lines.find((line: { lineNo: string }) => line.lineNo === "2").nettedInto;
  },
  webhookId: async (written) => {
    const body = { url: "https://1.1.1.1/events" };
    const stated = await service.must("put-hospital-webhook", { params: { webhookId: written }, body });
    await service.must("list-hospital-deliveries", { params: { webhookId: toWide("his") } });
    return stated.body.webhookId;
  },
  reconciliationId: async (written) => {
    const { body } = await service.must("reconcile-day", { body: totalsOf("2026-03-02") });
    await service.must("get-reconciliation", { params: { reconciliationId: written } });
    return body.reconciliationId;
  },
  visitId: async (written) => {
    const visitId = await openVisit(service);
    const params = { visitId: toWide(visitId.toLowerCase()) };
    const found = await service.must("get-visit", { params });
    return found.body.visitId === visitId ? written.toUpperCase() : undefined;
  },
  settlementId: async (written) => {
    const { settlementId } = await settled();
    const params = { settlementId: settlementId.toLowerCase() };
    const found = await service.must("get-settlement", { params });
    const { body } = await service.must("reconcile-day", { body: totalsOf("2026-03-03") });
    const row = { ...totalsOf("").settlements.allocation };
    const rowOf = { settlementId: toWide(settlementId), kind: "SETTLEMENT", total: "0", allocation: row };
    const compared = await service.must("post-reconciliation-details", {
      params: { reconciliationId: body.reconciliationId },
      body: { rows: [rowOf], last: true },
    });
    expect(JSON.stringify(compared.body)).not.toContain('MISSING_AT_FUND":1');
    return found.body.settlementId === settlementId ? written.toUpperCase() : undefined;
  },
  workerId: async (written) => {
    const found = await service.must("get-worker", { params: { workerId: workerId.toLowerCase() } });
    return found.body.workerId === workerId ? written.toUpperCase() : undefined;
  },
  institution: async (written) => {
    const { items } = (await service.must("list-audit-events", { query: { ...today, institution: written } }))
      .body;
    return items[0].institution;
  },
  subject: async (written) => {
    const body = { url: "https://1.1.1.1/events" };
    await service.must("put-hospital-webhook", { params: { webhookId: "v-a1" }, body });
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: written } }))
      .body;
    return items[0].subject;
  },
  who: async (written) => {
    await service.must("get-worker", { params: { workerId }, who: "clerk-a1" });
    await service.must("get-worker", { params: { workerId }, who: "CLERK-A1" });
    const { items } = (await service.must("list-audit-events", { query: { ...today, who: written } })).body;
    expect(items).toHaveLength(1);
    return items[0].who;
  },
  messageKey: async (written) => {
    const params = { visitId: await openVisit(service) };
    await service.must("upload-charges", { params, key: written, body: { lines: [lineBody("1")] } });
    const upper = await service.must("get-message", { params: { key: written.toUpperCase() } });
    expect(upper.body.status).toBe("NOT_APPLIED");
    return (await service.must("get-message", { params: { key: written } })).body.key;
  },
};

describe("an identifier is one, however it is written:", () => {
  test("each of the page is driven through an operation", () => {
    expect(Object.keys(drives).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  test.each(rows)("$name as $written is $kept", async ({ name, written, kept }) => {
    expect(await drives[name]?.(written)).toBe(kept);
  });
});

describe("what official lists write in two ways is the fund's:", () => {
  test.each([
    ["G56.100x", "G56.100X001"],
    ["G56.100X", "G56.100x001"],
    ["g56.100x", "Ｇ56100×001"],
  ])("prefix %s, line %s", async (prefix, diagnosisCode) => {
    const injuries = [{ bodyPart: "腕", description: "", diagnosisPrefixes: [prefix] }];
    await service.must("put-case", { params: { caseNo: "GS-G56" }, body: caseBody({ injuries }) });
    const diagnoses = [{ code: diagnosisCode, name: "腕管综合征", primary: true }];
    const visitId = await openVisit(service, { caseNo: "GS-G56", diagnoses });
    const line = lineBody("1", { unitPrice: "5.00", quantity: "100", amount: "500.00", diagnosisCode });
    const { body } = await service.must("upload-charges", { params: { visitId }, body: { lines: [line] } });
    expect(body.lines[0].allocation).toMatchObject({ fund: "500.00", otherInsurer: "0.00" });
  });
});

test("two items that differ in letter case alone are one, and named twice in a message", async () => {
  const body = { items: [itemBody("dup-1"), itemBody("DUP-1")] };
  const answer = await service.call("import-catalogue", { body });
  expect(answer.body.errors).toEqual([expect.objectContaining({ code: "DUPLICATE", pointer: "/items" })]);
});

test("the two numbers of a person are not taken for others", async () => {
  expect([writtenOf("idNumber"), writtenOf("employerUscc").trim().toUpperCase()]).toEqual([
    "１１０１０５１９４９１２３１００２x ",
    EMPLOYER,
  ]);
  const unknown = await service.call("find-worker", { body: { idNumber: ID_NUMBER.replace("4", "Ч") } });
  expect(unknown.body.errors[0].code).toBe("ID_NUMBER_INVALID");
});
