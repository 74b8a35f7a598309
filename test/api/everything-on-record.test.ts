import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditRuleOf } from "../../functions/audit-rules.ts";
import { deliverEvent } from "../../functions/jobs/deliver-webhooks.ts";
import { operations } from "../../functions/operations.ts";
import { makeServices } from "../../functions/services.ts";
import { makeSilentReceivers } from "../../functions/webhooks/silent-receivers.ts";
import { jobs } from "../../infra/aws/jobs.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { readDayEvents } from "../../shared/store/event-store.ts";
import {
  CASE_NO,
  caseBody,
  EMPLOYER,
  ID_NUMBER,
  lineBody,
  openVisit,
  stateRegistry,
  today,
} from "../support/demo-case.ts";
import { dumpTables } from "../support/dump-tables.ts";
import {
  type CallInput,
  HOSPITAL,
  makeGrantedServices,
  startTestService,
  type TestService,
} from "../support/service.ts";
import { type Receiver, startReceiver } from "../support/webhook-receiver.ts";

interface Entry {
  readonly kind: string;
  readonly operation: string;
  readonly who?: string;
  readonly subject: string;
  readonly seen?: readonly string[];
}

/** How often each operation did what it was asked. */
const done = new Map<string, number>();
const visitIds = new Set<string>();
let service: TestService;
let receiver: Receiver;
let entries: readonly Entry[] = [];

async function must(id: string, input: CallInput = {}) {
  const answer = await service.must(id, input);
  done.set(id, (done.get(id) ?? 0) + 1);
  if (typeof answer.body.visitId === "string") visitIds.add(answer.body.visitId);
  return answer;
}

async function treat(): Promise<{ readonly visitId: string; readonly settlementId: string }> {
  const stay = await openVisit({ must }, { visitType: "INPATIENT" });
  const params = { visitId: stay };
  await must("get-visit", { params });
  await must("amend-visit", { params, body: { department: "手外科" } });
  await must("upload-charges", { params, body: { lines: [lineBody("1"), lineBody("2")] } });
  await must("list-charges", { params });
  await must("revoke-charges", { params, body: { lineNos: ["2"] } });
  const leaving = {
    dischargedAt: "2026-03-04T10:00:00+08:00",
    diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
    outcome: "IMPROVED",
  };
  await must("discharge-worker", { params, body: leaving });
  await must("cancel-discharge", { params, body: {} });
  await must("discharge-worker", { params, body: leaving });
  await must("preview-settlement", { params });
  const { body } = await must("settle-visit", { params, key: "settled" });
  const settlement = { settlementId: String(body.settlementId) };
  await must("get-settlement", { params: settlement });
  await must("list-settlement-lines", { params: settlement });
  await must("get-message", { params: { key: "settled" } });
  await must("cancel-message", { params: { key: "settled" } });
  await must("settle-visit", { params });
  const second = { settlementId: `${stay}-3` };
  await must("reverse-settlement", { params: second, body: { reason: "录入有误" } });
  await must("settle-visit", { params });
  await must("cancel-visit", { params: { visitId: await openVisit({ must }) }, body: {} });
  return { visitId: stay, settlementId: `${stay}-5` };
}

/** Treated on the employer's notice, advanced for by the employer, and linked to a case by the agency. */
async function treatFirst(): Promise<void> {
  const injury = { employerUscc: EMPLOYER, injuredOn: "2026-02-21" };
  const visitId = await openVisit({ must }, { caseNo: undefined, injury });
  const params = { visitId };
  await must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  await must("record-advance", {
    params,
    body: { paidBy: "EMPLOYER", amount: "5.00", receipt: "R1" },
  });
  await must("settle-visit", { params });
  await must("list-deferred-claims");
  const caseNo = "GS-RECORD-2";
  await must("put-case", { params: { caseNo }, body: caseBody({ injuredOn: "2026-02-21" }) });
  await must("link-case", { params, body: { caseNo } });
}

async function reconcile(): Promise<void> {
  const figures = { count: 9, total: "0.00" };
  const nothing = { fund: "0.00", employer: "0.00", hospital: "0.00" };
  const allocation = { ...nothing, thirdParty: "0.00", otherInsurer: "0.00", personal: "0.00" };
  const date = dayOf(instantOf(Date.now()));
  const sums = { ...figures, allocation };
  const { body } = await must("reconcile-day", { body: { date, settlements: sums, reversals: sums } });
  const params = { reconciliationId: String(body.reconciliationId) };
  await must("open-reconciliation-upload", { params, body: {} });
  await must("post-reconciliation-details", { params, body: { rows: [], last: true } });
  await must("get-reconciliation", { params });
  await must("list-differences", { params });
  await must("list-reconciliations", { query: { from: date, to: date } });
}

async function tellOthers(): ReturnType<typeof treat> {
  const services = { ...makeGrantedServices(jobs["deliver-webhooks"].tables), silent: makeSilentReceivers() };
  const params = { webhookId: "his" };
  const audiences = ["hospital", "enterprise", "agency"];
  for (const audience of audiences) {
    await must(`put-${audience}-webhook`, { params, body: { url: receiver.url } });
    await must(`list-${audience}-webhooks`);
  }
  const treated = await treat();
  for (const event of await readDayEvents(makeServices().db, dayOf(instantOf(Date.now())))) {
    await deliverEvent(services, event);
  }
  for (const audience of audiences) {
    const { body } = await must(`list-${audience}-deliveries`, { params });
    const eventId = String(body.items[0].eventId);
    await must(`redeliver-${audience}-event`, { params: { ...params, eventId } });
    await must(`list-${audience}-events`, { query: { limit: "100" } });
  }
  await must("get-claim", { params: { visitId: treated.visitId } });
  return treated;
}

async function readAsAgency({ visitId, settlementId }: Awaited<ReturnType<typeof treat>>): Promise<void> {
  await must("get-hospital", { params: { code: HOSPITAL } });
  await must("get-employer", { params: { uscc: EMPLOYER } });
  await must("get-case", { params: { caseNo: CASE_NO } });
  await must("get-catalogue-item", { params: { itemCode: "A1" } });
  await must("list-policies");
  for (const id of ["get-agency-visit", "list-agency-charges"]) await must(id, { params: { visitId } });
  for (const id of ["get-agency-settlement", "list-agency-settlement-lines"])
    await must(id, { params: { settlementId } });
}

beforeAll(async () => {
  process.env.WEBHOOKS_ALLOW_HTTP = "local";
  const files = { FILES_DIR: tmpdir(), FILES_URL: "http://127.0.0.1:1", FILES_KEY: "k".repeat(40) };
  Object.assign(process.env, files);
  [service, receiver] = await Promise.all([startTestService(), startReceiver()]);
  await stateRegistry({ must });
  const idNumber = ID_NUMBER;
  const { body } = await must("put-worker", {
    body: { idNumber, cardNumber: "DEMO000001", name: "诸葛试验", frozen: false },
  });
  await must("find-worker", { body: { idNumber } });
  await must("get-worker", { params: { workerId: body.workerId }, query: { reveal: "核对身份" } });
  await must("check-eligibility", {
    body: { idNumber, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
  });
  await readAsAgency(await tellOthers());
  await treatFirst();
  await reconcile();
  await must("list-claims", { query: { limit: "100" } });
  await must("summarise-claims", { query: today });
  await must("summarise-settlements", { query: { ...today, groupBy: "day" } });
  await must("list-audit-events", { query: today });
  const items = await dumpTables(service);
  entries = items.flatMap((item): Entry[] => {
    const entry = String(item.pk).startsWith("AUDIT#") ? item : item.auditEntry;
    return entry === undefined ? [] : [entry as Entry];
  });
}, 60_000);
afterAll(() => receiver.stop());

const closed = operations.filter(({ roles }) => roles.length > 0);
/** A message too large for one transaction leaves an entry for each part beside its own. */
const isPart = ({ subject }: Entry): boolean => /-part-\d+$/.test(subject);
const entriesOf = (id: string): readonly Entry[] =>
  entries.filter((entry) => entry.operation === id && !isPart(entry));

describe("the audit trail", () => {
  test("was left by every operation of the list", () => {
    expect(closed.map(({ id }) => id).filter((id) => !done.has(id))).toEqual([]);
  });

  test.each(closed.map(({ id }) => id))("%s leaves what its rule says, each time, with who it was", (id) => {
    const rule = auditRuleOf(id);
    const kinds = entriesOf(id).map(({ kind }) => kind);
    const kind = rule === "CHANGE" ? "CHANGE" : "READ";
    expect(kinds).toEqual(rule === "NOTHING" ? [] : Array.from({ length: done.get(id) ?? 0 }, () => kind));
    for (const { who } of entriesOf(id)) expect(who).toMatch(/^demo-/);
  });

  test.each(["list-claims", "list-deferred-claims", "list-hospital-events", "list-enterprise-events"])(
    "%s leaves the visits that it told of",
    (id) => {
      const [entry] = entriesOf(id);
      expect(entry?.seen?.length).toBeGreaterThan(0);
      expect(entry?.seen?.filter((seen) => !visitIds.has(seen))).toEqual([]);
    },
  );

  test("of a message, names what the message was about", () => {
    const [entry] = entriesOf("get-message");
    expect(entry?.subject).toMatch(/^V[0-9A-Z]{20}-1$/);
    expect(entriesOf("get-visit")[0]?.subject).toMatch(/^V[0-9A-Z]{20}$/);
    expect(entriesOf("put-case")[0]?.subject).toBe(CASE_NO);
  });
});
