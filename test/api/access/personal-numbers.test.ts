import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import { caseBody, lineBody, openVisit, stateRegistry, visitBody } from "../../support/demo-case.ts";
import { dumpState } from "../../support/dump-tables.ts";
import { type CallInput, startTestService, type TestService } from "../../support/service.ts";

const NUMBER = completeIdNumber("99990119770707123");
const SPACED = `${NUMBER.slice(0, 6)} ${NUMBER.slice(6, 14)}－${NUMBER.slice(14)}`;

let service: TestService;
let visitId: string;
let before: unknown;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  visitId = await openVisit(service);
});
beforeEach(async () => {
  before = await dumpState(service);
});
afterEach(async () => {
  expect(await dumpState(service)).toEqual(before);
});

const params = () => ({ visitId });

async function faultsOf(operation: string, input: CallInput): Promise<string[]> {
  const { body, text } = await service.call(operation, input);
  expect(text).not.toContain(NUMBER);
  return body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
}

const zeros = { fund: "0", employer: "0", hospital: "0", thirdParty: "0", otherInsurer: "0", personal: "0" };
const row = { kind: "SETTLEMENT", total: "0", allocation: zeros };
const url = `https://1.1.1.1/${NUMBER}`;
const notice = { reference: NUMBER, at: "2026-03-01T08:00:00+08:00" };
const reconciliation = { reconciliationId: "R-2026-03-01-1" };

describe("an ID number is taken nowhere but where a worker is named, and in numbers of lines:", () => {
  test.each(operations.filter(({ message }) => message).map(({ id }) => id))(
    "not in the key of %s",
    async (id) => {
      const refused = await service.call(id, { params: params(), key: NUMBER, body: {} });
      expect([refused.status, refused.body.code]).toEqual([400, "IDEMPOTENCY_KEY_INVALID"]);
      const [first] = refused.body.errors;
      expect([first.pointer, first.code]).toEqual(["#header/Idempotency-Key", "LOOKS_LIKE_ID_NUMBER"]);
      expect(refused.text).not.toContain(NUMBER);
    },
  );

  test.each<[string, () => CallInput, string]>([
    ["register-visit", () => ({ body: visitBody(`ZY-${NUMBER}`) }), "/hospitalVisitNo"],
    ["register-visit", () => ({ body: visitBody("1", { caseNo: NUMBER }) }), "/caseNo"],
    ["register-visit", () => ({ body: visitBody("1", { doctorCode: NUMBER }) }), "/doctorCode"],
    ["register-visit", () => ({ body: visitBody("1", { department: NUMBER }) }), "/department"],
    [
      "register-visit",
      () => ({ body: visitBody("1", { employerNotice: notice }) }),
      "/employerNotice/reference",
    ],
    ["amend-visit", () => ({ params: params(), body: { ward: `${NUMBER}床` } }), "/ward"],
    ["amend-visit", () => ({ params: params(), body: { ward: `${SPACED}床` } }), "/ward"],
    ["amend-visit", () => ({ params: params(), body: { bed: NUMBER.toLowerCase() } }), "/bed"],
    [
      "upload-charges",
      () => ({ params: params(), body: { lines: [lineBody("1", { hospitalItemCode: NUMBER })] } }),
      "/lines/0/hospitalItemCode",
    ],
    [
      "upload-charges",
      () => ({
        params: params(),
        body: { lines: [lineBody("1", { consent: { signedBy: "WORKER", reference: NUMBER } })] },
      }),
      "/lines/0/consent/reference",
    ],
    [
      "record-advance",
      () => ({ params: params(), body: { paidBy: "WORKER", amount: "5.00", receipt: NUMBER } }),
      "/receipt",
    ],
    [
      "reverse-settlement",
      () => ({ params: { settlementId: `${visitId}-1` }, body: { reason: `${NUMBER} 录错` } }),
      "/reason",
    ],
    ["get-message", () => ({ params: { key: NUMBER } }), "#path/key"],
    ["cancel-message", () => ({ params: { key: NUMBER }, body: {} }), "#path/key"],
    [
      "post-reconciliation-details",
      () => ({ params: reconciliation, body: { rows: [{ ...row, messageKey: NUMBER }] } }),
      "/rows/0/messageKey",
    ],
    [
      "post-reconciliation-details",
      () => ({ params: reconciliation, body: { rows: [{ ...row, settlementId: NUMBER }] } }),
      "/rows/0/settlementId",
    ],
    ["put-case", () => ({ params: { caseNo: NUMBER }, body: caseBody() }), "#path/caseNo"],
    ["link-case", () => ({ params: params(), body: { caseNo: NUMBER } }), "/caseNo"],
    ["put-hospital-webhook", () => ({ params: { webhookId: NUMBER }, body: { url } }), "#path/webhookId"],
    [
      "list-audit-events",
      () => ({ query: { from: "2026-03-01", to: "2026-03-01", subject: NUMBER } }),
      "#query/subject",
    ],
    [
      "list-audit-events",
      () => ({ query: { from: "2026-03-01", to: "2026-03-01", who: NUMBER } }),
      "#query/who",
    ],
    ["put-hospital-webhook", () => ({ params: { webhookId: "his" }, body: { url } }), "/url"],
  ])("not by %s (%#)", async (operation, input, pointer) => {
    expect(await faultsOf(operation, input())).toContain(`${pointer} LOOKS_LIKE_ID_NUMBER`);
  });
});
