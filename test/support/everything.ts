import { tmpdir } from "node:os";
import { makeServices } from "../../functions/kit/services.ts";
import { deliverEvent } from "../../functions/webhooks/deliver-webhooks.ts";
import { makeSilentReceivers } from "../../functions/webhooks/silent-receivers.ts";
import { jobs } from "../../infra/aws/jobs.ts";
import { completeIdNumber } from "../../infra/demo/check-characters.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { webhookAudiences } from "../../shared/domain/webhooks/webhook.ts";
import { readDayEvents } from "../../shared/store/events/event-store.ts";
import { caseBody, EMPLOYER, itemBody, lineBody, today, visitBody } from "./demo-case.ts";
import { HOSPITAL, makeGrantedServices, type TestService } from "./service.ts";

/** Of a second worker, with whom the first one swaps numbers and back. */
const SWAPPED_NUMBER = completeIdNumber("99990119810329777");

/** Whose visits and bills everything is done with. */
export interface Treated {
  readonly worker: { readonly idNumber: string; readonly cardNumber: string; readonly name: string };
  readonly caseNo: string;
  /** Of the visit that is taken in on notice. */
  readonly laterCaseNo: string;
  readonly injuries: readonly object[];
  readonly diagnoses: readonly { readonly code: string; readonly name: string; readonly primary: boolean }[];
}

export interface Everything {
  readonly workerId: string;
  readonly visitId: string;
  readonly settlementId: string;
  readonly reconciliationId: string;
}

type Service = Pick<TestService, "must">;

/** What everything needs of the environment; to be called before the functions are loaded. */
export function allowEverything(): void {
  const files = { FILES_DIR: tmpdir(), FILES_URL: "http://127.0.0.1:1", FILES_KEY: "k".repeat(40) };
  Object.assign(process.env, { ...files, WEBHOOKS_ALLOW_HTTP: "local", LOOKUPS_PER_HOUR: "1000000" });
}

let visits = 0;

async function register(
  { must }: Service,
  { worker, caseNo, diagnoses }: Treated,
  overrides: object = {},
): Promise<string> {
  visits += 1;
  const own = { idNumber: worker.idNumber, caseNo, diagnoses, ...overrides };
  const { body } = await must("register-visit", { body: visitBody(`ALL-${visits}`, own) });
  return String(body.visitId);
}

/** A stay from its registration to its third settlement, and an attendance that is taken back. */
async function treat(service: Service, treated: Treated): Promise<{ visitId: string; settlementId: string }> {
  const { must } = service;
  const { diagnoses } = treated;
  const visitId = await register(service, treated, { visitType: "INPATIENT" });
  const params = { visitId };
  await must("get-visit", { params });
  await must("amend-visit", { params, body: { department: "手外科", diagnoses } });
  const lines = ["1", "2"].map((lineNo) => lineBody(lineNo, { diagnosisCode: diagnoses[0]?.code }));
  await must("upload-charges", { params, body: { lines } });
  await must("list-charges", { params });
  await must("revoke-charges", { params, body: { lineNos: ["2"] } });
  const leaving = { dischargedAt: "2026-03-04T10:00:00+08:00", diagnoses, outcome: "IMPROVED" };
  await must("discharge-worker", { params, body: leaving });
  await must("cancel-discharge", { params, body: {} });
  await must("discharge-worker", { params, body: leaving, key: "discharged" });
  await must("preview-settlement", { params });
  const { body } = await must("settle-visit", { params, key: "settled" });
  const settlement = { settlementId: String(body.settlementId) };
  await must("get-settlement", { params: settlement });
  await must("list-settlement-lines", { params: settlement });
  await must("get-message", { params: { key: "discharged" } });
  await must("get-message", { params: { key: "settled" } });
  await must("cancel-message", { params: { key: "settled" } });
  await must("settle-visit", { params });
  const second = { settlementId: `${visitId}-3` };
  await must("reverse-settlement", { params: second, body: { reason: "录入有误" } });
  await must("settle-visit", { params });
  await must("cancel-visit", { params: { visitId: await register(service, treated) }, body: {} });
  return { visitId, settlementId: `${visitId}-5` };
}

/** Treated on the employer's notice, advanced for by the employer, and linked to a case by the agency. */
async function treatFirst(service: Service, treated: Treated): Promise<void> {
  const { must } = service;
  const { worker, laterCaseNo: caseNo, injuries } = treated;
  const injuredOn = "2026-02-21";
  const injury = { employerUscc: EMPLOYER, injuredOn };
  const visitId = await register(service, treated, { caseNo: undefined, injury });
  const params = { visitId };
  await must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  await must("record-advance", { params, body: { paidBy: "EMPLOYER", amount: "5.00", receipt: "R1" } });
  await must("settle-visit", { params });
  await must("list-deferred-claims");
  const body = caseBody({ idNumber: worker.idNumber, injuries, injuredOn });
  await must("put-case", { params: { caseNo }, body });
  await must("link-case", { params, body: { caseNo } });
  const reason = "录入有误已核对";
  await must("correct-employer", { params: { caseNo }, body: { employerUscc: EMPLOYER, reason } });
  const transferred = { visitType: "INPATIENT", admittedAt: "2026-03-04T11:00:00+08:00" };
  const stay = { params: { visitId: await register(service, treated, transferred) } };
  await must("release-bed", { ...stay, body: { reason } });
  await must("discharge-worker", { ...stay, body: { dischargedAt: "2026-03-05T10:00:00+08:00" } });
}

async function reconcile({ must }: Service): Promise<string> {
  const nothing = { fund: "0.00", employer: "0.00", hospital: "0.00" };
  const allocation = { ...nothing, thirdParty: "0.00", otherInsurer: "0.00", personal: "0.00" };
  const date = dayOf(instantOf(Date.now()));
  const sums = { count: 9, total: "0.00", allocation };
  const { body } = await must("reconcile-day", { body: { date, settlements: sums, reversals: sums } });
  const params = { reconciliationId: String(body.reconciliationId) };
  await must("open-reconciliation-upload", { params, body: {} });
  await must("post-reconciliation-details", { params, body: { rows: [], last: true } });
  await must("get-reconciliation", { params });
  await must("list-differences", { params, query: { format: "csv" } });
  await must("list-differences", { params });
  await must("list-reconciliations", { query: { from: date, to: date } });
  return params.reconciliationId;
}

/** The agency reads back what it has stated, and what the hospital did. */
async function readAsAgency(
  { must }: Service,
  { caseNo }: Treated,
  { visitId, settlementId }: Pick<Everything, "visitId" | "settlementId">,
): Promise<void> {
  await must("get-hospital", { params: { code: HOSPITAL } });
  await must("get-employer", { params: { uscc: EMPLOYER } });
  await must("get-case", { params: { caseNo } });
  await must("get-catalogue-item", { params: { itemCode: "A1" } });
  await must("preview-catalogue", { body: { items: [itemBody("A1", { caps: null })] } });
  const [period] = itemBody("A1").periods;
  const past = [{ ...period, from: "2019-01-01", to: "2019-12-31" }];
  await must("import-catalogue", { body: { items: [{ ...itemBody("A1"), periods: past }] } });
  const removal = { from: "2019-01-01", reason: "误录的有效期" };
  await must("remove-catalogue-period", { params: { itemCode: "A1" }, body: removal });
  await must("list-policies");
  for (const id of ["get-agency-visit", "list-agency-charges"]) await must(id, { params: { visitId } });
  for (const id of ["get-agency-settlement", "list-agency-settlement-lines"])
    await must(id, { params: { settlementId } });
}

const webhook = { webhookId: "his" };

async function stateWebhooks({ must }: Service, url: string): Promise<void> {
  for (const audience of webhookAudiences) {
    await must(`put-${audience}-webhook`, { params: webhook, body: { url } });
    await must(`list-${audience}-webhooks`);
  }
}

/** Sends what happened today to every webhook, and reads it in every feed. */
async function tellOthers({ must }: Service): Promise<void> {
  const services = { ...makeGrantedServices(jobs["deliver-webhooks"].tables), silent: makeSilentReceivers() };
  // What the table's stream hands over on AWS.
  for (const event of await readDayEvents(makeServices().db, dayOf(instantOf(Date.now()))))
    await deliverEvent(services, event);
  for (const audience of webhookAudiences) {
    const { body } = await must(`list-${audience}-deliveries`, { params: webhook });
    const eventId = String(body.items[0].eventId);
    await must(`redeliver-${audience}-event`, { params: { ...webhook, eventId } });
    await must(`list-${audience}-events`, { query: { limit: "100" } });
  }
}

/**
 * Does with one worker what every operation of the list is for, each of which must succeed. The registry, but for the
 * worker and the cases, has been stated. Webhooks go to this URL.
 */
export async function doEverything(
  service: Service,
  treated: Treated,
  webhookUrl: string,
): Promise<Everything> {
  const { must } = service;
  const { worker, caseNo, injuries } = treated;
  const { idNumber, cardNumber } = worker;
  const { body } = await must("put-worker", { body: { ...worker, frozen: false } });
  const params = { workerId: String(body.workerId) };
  await must("put-case", { params: { caseNo }, body: caseBody({ idNumber, injuries }) });
  const correction = { idNumber, cardNumber, name: worker.name, reason: "录入有误已核对" };
  await must("correct-identity", { params, body: correction });
  const twin = { idNumber: SWAPPED_NUMBER, cardNumber: "DEMO990001" };
  const other = await must("put-worker", { body: { ...worker, ...twin, frozen: false } });
  const swap = { reason: "两人号码登记颠倒", swapWith: String(other.body.workerId) };
  await must("correct-identity", { params, body: { ...swap, ...twin } });
  await must("correct-identity", { params, body: { ...swap, idNumber, cardNumber } });
  await must("find-worker", { body: { cardNumber } });
  await must("get-worker", { params });
  await must("get-worker", { params, query: { reveal: "核对身份" } });
  await must("get-agreement");
  const look = { visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
  await must("check-eligibility", { body: { cardNumber, ...look } });
  await must("check-eligibility", { body: { idNumber, ...look } });
  await stateWebhooks(service, webhookUrl);
  const done = await treat(service, treated);
  const { visitId } = done;
  await tellOthers(service);
  await must("get-claim", { params: { visitId } });
  await readAsAgency(service, treated, done);
  await treatFirst(service, treated);
  const reconciliationId = await reconcile(service);
  await must("list-claims", { query: { limit: "100" } });
  await must("list-visits", { query: { from: "2026-03-01", to: "2026-03-31" } });
  await must("find-visits", { body: { cardNumber } });
  await must("summarise-claims", { query: today });
  await must("summarise-settlements", { query: { ...today, groupBy: "day" } });
  await must("list-audit-events", { query: today });
  return { ...params, ...done, reconciliationId };
}
