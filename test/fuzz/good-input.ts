import { requestExamples } from "../../functions/contract/examples.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import { makeServices } from "../../functions/kit/services.ts";
import { deliverEvent } from "../../functions/webhooks/deliver-webhooks.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { webhookAudiences } from "../../shared/domain/webhooks/webhook.ts";
import { readDayEvents } from "../../shared/store/events/event-store.ts";
import {
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  itemBody,
  lineBody,
  policy,
  today,
  visitBody,
} from "../support/demo-case.ts";
import type { CallInput } from "../support/service.ts";
import type { FuzzedService } from "./fuzzed-service.ts";
import { stateWorker, type TreatedWorker } from "./treated-worker.ts";

type Input = Pick<CallInput, "params" | "query" | "body">;

/** An address that no name must be looked up for; nothing is sent to it, because no job runs. */
const url = "https://1.1.1.1/events";

const zeros = { fund: "0", employer: "0", hospital: "0", thirdParty: "0", otherInsurer: "0", personal: "0" };
export const nothing = { count: 0, total: "0.00", allocation: zeros };
/** The day was over long ago, so that nothing of the run is counted in it, and differs all the same. */
const totals = { date: "2026-03-02", settlements: nothing, reversals: { ...nothing, count: 1 } };
const dischargedAt = "2026-03-04T08:00:00+08:00";

const stay = { visitType: "INPATIENT" };
const onNotice = { caseNo: undefined, injury: { employerUscc: EMPLOYER, injuredOn: "2026-01-10" } };

/** The visit that an operation takes, where it takes not just any that is open. */
async function visitFor(id: string, { must }: FuzzedService, { open }: TreatedWorker) {
  switch (id) {
    case "discharge-worker":
    case "release-bed":
      return open(stay);
    case "cancel-discharge": {
      const params = await open(stay);
      await must("discharge-worker", { params, body: { dischargedAt } });
      return params;
    }
    case "link-case":
      return open(onNotice);
    default:
      return open();
  }
}

/** A round that can be gone on with; for those that read differences, one that was compared. */
async function openRound(id: string, { must }: FuzzedService): Promise<string> {
  const { body } = await must("reconcile-day", { body: totals });
  const params = { reconciliationId: String(body.reconciliationId) };
  if (id === "list-differences")
    await must("post-reconciliation-details", { params, body: { rows: [], last: true } });
  return params.reconciliationId;
}

/** Makes deliveries of what happened to a settled visit, as if every receiver had been silent before: none is tried. */
async function deliver(service: FuzzedService, worker: TreatedWorker): Promise<string> {
  const { must } = service;
  for (const audience of webhookAudiences)
    await must(`put-${audience}-webhook`, { params: { webhookId: "his" }, body: { url } });
  const params = await worker.open();
  await must("settle-visit", { params, body: {} });
  const services = { ...makeServices(), silent: { isSilent: () => true, note: () => undefined } };
  const events = await readDayEvents(services.db, dayOf(instantOf(Date.now())));
  const own = events.filter(({ visitId }) => visitId === params.visitId);
  for (const event of own) await deliverEvent(services, event);
  return own.at(-1)?.eventId ?? "";
}

async function paramOf(
  name: string,
  id: string,
  service: FuzzedService,
  worker: TreatedWorker,
): Promise<string> {
  const { must } = service;
  switch (name) {
    case "visitId":
      return (await visitFor(id, service, worker)).visitId;
    case "settlementId": {
      const { body } = await must("settle-visit", { params: await worker.open(), body: {} });
      return String(body.settlementId);
    }
    case "reconciliationId":
      return openRound(id, service);
    case "eventId":
      return deliver(service, worker);
    case "key":
      return `good-${worker.number}`;
    default:
      return (
        {
          code: "H33030400001",
          uscc: EMPLOYER,
          caseNo: worker.caseNo,
          workerId: worker.workerId,
          effectiveFrom: "2024-01-01",
          itemCode: "A1",
          webhookId: "his",
        }[name] ?? name
      );
  }
}

/** What an operation is asked with; the document's example where there is nothing else to say. */
const bodyOf = (id: string, { number, idNumber, caseNo }: TreatedWorker): unknown =>
  ({
    "register-visit": visitBody(`GOOD-${number}`, { idNumber, caseNo }),
    "upload-charges": { lines: [lineBody("3"), lineBody("4", { itemCode: "A2" })] },
    "revoke-charges": { lineNos: ["2"] },
    "discharge-worker": { dischargedAt, outcome: "IMPROVED" },
    "record-advance": { paidBy: "EMPLOYER", amount: "5.00", receipt: `R-${number}` },
    "preview-settlement": {},
    "amend-visit": { department: "手外科" },
    "reconcile-day": totals,
    "post-reconciliation-details": { rows: [], last: true },
    "put-hospital": hospitalBody(),
    "put-employer": employerBody(),
    "put-case": caseBody({ idNumber }),
    "put-policy": policy,
    "import-catalogue": { items: [itemBody("A1")] },
    "preview-catalogue": { items: [itemBody("A1")] },
    "remove-catalogue-period": { from: "2019-01-01", reason: "误录的有效期" },
    "link-case": { caseNo },
    "correct-employer": { employerUscc: EMPLOYER, reason: "用人单位录入有误" },
    "correct-identity": { name: "诸葛更正", reason: "姓名录入有误" },
    ...Object.fromEntries(webhookAudiences.map((audience) => [`put-${audience}-webhook`, { url }])),
  })[id] ?? requestExamples[id];

const queries: Readonly<Record<string, Input["query"]>> = {
  "get-worker": { reveal: "核对工伤档案" },
  "list-claims": { status: "SETTLED" },
  "list-visits": { from: "2026-03-01", to: "2026-03-31", status: "SETTLED" },
  "summarise-settlements": { ...today, groupBy: "day" },
  "list-reconciliations": today,
  "list-audit-events": today,
};

/** All that an operation needs to succeed, made for it a moment before. */
export async function makeGoodInput(service: FuzzedService, { id, path }: OperationContract): Promise<Input> {
  const worker = await stateWorker(service);
  const params: Record<string, string> = {};
  if (id === "remove-catalogue-period") {
    const past = itemBody("A1", { from: "2019-01-01", to: "2019-12-31" });
    await service.must("import-catalogue", { body: { items: [past] } });
  }
  for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g))
    params[name] = await paramOf(name, id, service, worker);
  if (id.endsWith("-webhooks") || id.endsWith("-deliveries")) await deliver(service, worker);
  return { params, query: queries[id] ?? {}, body: bodyOf(id, worker) };
}
