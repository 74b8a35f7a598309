import { makeServices } from "../../functions/kit/services.ts";
import { deliverEvent } from "../../functions/webhooks/deliver-webhooks.ts";
import { makeSilentReceivers } from "../../functions/webhooks/silent-receivers.ts";
import { jobs } from "../../infra/aws/jobs.ts";
import { completeUscc } from "../../infra/demo/check-characters.ts";
import { addDays, dayOf, instantOf } from "../../shared/domain/dates.ts";
import { orderOf, readDayEvents } from "../../shared/store/events/event-store.ts";
import {
  caseBody,
  lineBody,
  policy,
  stateAnotherWorker,
  stateEmployers,
  stateHospitals,
  visitBody,
} from "./demo-case.ts";
import { loadJob } from "./load-job.ts";
import { type CallInput, makeGrantedServices, type TestService } from "./service.ts";
import type { Receiver } from "./webhook-receiver.ts";

const AGENCY = "A330304";
export const on = dayOf(instantOf(Date.now()));

const nothing = { fund: "0.00", employer: "0.00", hospital: "0.00" };
const allocation = { ...nothing, thirdParty: "0.00", otherInsurer: "0.00", personal: "0.00" };
const none = { count: 0, total: "0.00", allocation };

let districts = 0;
const two = (number: number): string => String(number).padStart(2, "0");

/** What users may do in a busy district between two pages of a list. */
export const deeds = [
  ...["REGISTER", "CANCEL_VISIT", "SETTLE", "REVERSE", "CANCEL_SETTLEMENT"],
  ...["POST", "POST_AGAIN", "REVOKE", "RESTORE", "CANCEL_POSTING", "SETTLE_PART"],
  ...["REVERSE_BILL", "SETTLE_BILL", "DEFER", "RESTATE_CLOCK", "DECIDE", "UNDECIDE", "CORRECT_EMPLOYER"],
  ...["TAKE_IN_ON_NOTICE", "LINK_CASE"],
  ...[
    "REDELIVER",
    "FAIL_DELIVERIES",
    "SWITCH_WEBHOOK",
    "PUT_POLICY",
    "RECONCILE",
    "LOOK",
    "CORRECT_IDENTITY",
    "FREEZE",
    "RESTATE_EMPLOYER",
  ],
] as const;
export type Deed = (typeof deeds)[number];

interface Worker {
  readonly idNumber: string;
  readonly caseNo: string;
  readonly cardNumber: string;
}

/**
 * Two hospitals and an employer of their own, with something in every list of theirs. Deeds are calls that users may make; one
 * that is refused has changed nothing, and is no fault.
 */
export async function openDistrict(service: TestService, receiver: Receiver) {
  districts += 1;
  const serial = districts;
  const { call, must } = service;
  const [hospital, otherHospital] = [`H330304070${two(2 * serial)}`, `H330304070${two(2 * serial + 1)}`];
  const [employer, otherEmployer] = [0, 1].map((place) =>
    completeUscc(`91999999DEMC000${two(2 * serial + place)}`),
  );
  if (employer === undefined || otherEmployer === undefined) throw new Error("no employer");
  await stateHospitals(service, [hospital, otherHospital]);
  await stateEmployers(service, [employer, otherEmployer]);

  const stateCase = (caseNo: string, idNumber: string, overrides: object) =>
    must("put-case", {
      params: { caseNo },
      body: caseBody({ idNumber, employerUscc: employer, ...overrides }),
    });
  const newWorker = async (caseNo: string, overrides: object = {}): Promise<Worker> => {
    const { idNumber } = await stateAnotherWorker(service, `${caseNo}-FIRST`);
    const cardNumber = `BUSY${two(serial)}${caseNo.replaceAll("-", "")}`;
    await must("put-worker", { body: { idNumber, cardNumber, name: "诸葛试验", frozen: false } });
    await stateCase(caseNo, idNumber, overrides);
    return { idNumber, caseNo, cardNumber };
  };
  const [first, second, waiting, undecided, stayer, idle] = [
    await newWorker(`GS-${serial}-1`),
    await newWorker(`GS-${serial}-2`),
    await newWorker(`GS-${serial}-3`, { status: "ACCEPTED", acceptedOn: "2026-03-05" }),
    await newWorker(`GS-${serial}-4`, { status: "APPLIED" }),
    await newWorker(`GS-${serial}-5`),
    await newWorker(`GS-${serial}-6`),
  ];

  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const at = (input: CallInput): CallInput => ({ institution: hospital, ...input });
  const register = async (worker: Worker, overrides: object = {}, institution = hospital) => {
    const { idNumber, caseNo } = worker;
    const admittedAt = `2026-03-${two(1 + (next() % 20))}T08:00:00+08:00`;
    const body = visitBody(`BUSY-${serial}-${count}`, { idNumber, caseNo, admittedAt, ...overrides });
    const answer = await call("register-visit", { institution, body });
    return answer.status === 201 ? String(answer.body.visitId) : undefined;
  };
  const post = (visitId: string, lineNo: string, key?: string, institution = hospital) =>
    call("upload-charges", {
      institution,
      params: { visitId },
      body: {
        lines: [lineBody(lineNo, { name: `第${next()}次`, serviceAt: "2026-03-25T09:00:00+08:00" })],
      },
      ...(key === undefined ? {} : { key }),
    });
  const settle = (visitId: string, kind = "FINAL", key?: string, institution = hospital) =>
    call("settle-visit", {
      institution,
      params: { visitId },
      body: { kind },
      ...(key === undefined ? {} : { key }),
    });
  /** A bill of one line from registration to settlement. */
  const bill = async (worker: Worker, institution = hospital): Promise<string | undefined> => {
    const visitId = await register(worker, {}, institution);
    if (visitId === undefined) return undefined;
    const { body } = await call("get-visit", { institution, params: { visitId } });
    await call("upload-charges", {
      institution,
      params: { visitId },
      body: { lines: [lineBody("1", { serviceAt: body.admittedAt })] },
    });
    await settle(visitId, "FINAL", undefined, institution);
    return visitId;
  };

  /** The stay whose lines are listed, and the settlement whose lines are. */
  const stay = await register(stayer, { visitType: "INPATIENT", admittedAt: "2026-03-01T08:00:00+08:00" });
  const settled = await register(second, { admittedAt: "2026-03-25T08:00:00+08:00" });
  if (stay === undefined || settled === undefined) throw new Error("no visit");
  for (const lineNo of ["A", "B", "C", "D", "E", "F"]) {
    await post(stay, lineNo);
    await post(settled, lineNo);
  }
  const { settlementId } = (await settle(settled)).body;

  const visits: string[] = [];
  const keep = (visitId: string | undefined): void => void (visitId === undefined ? 0 : visits.push(visitId));
  for (const worker of [first, second, first, second, waiting, waiting, undecided, undecided])
    keep(await bill(worker));
  await bill(first, otherHospital);
  /** Visits that nothing was done with so far. */
  const opened: string[] = [];
  const open = async (worker: Worker): Promise<{ readonly status: number }> => {
    const visitId = await register(worker);
    if (visitId !== undefined) opened.push(visitId);
    return { status: visitId === undefined ? 409 : 201 };
  };
  for (const worker of [first, second, first, second]) await open(worker);
  for (const effectiveFrom of ["2010-01-01", "2010-02-01", "2010-03-01"])
    await must("put-policy", { params: { effectiveFrom }, body: policy });

  const reconcile = async (institution: string, date: string, rows: readonly object[] = []) => {
    const settlements = { ...none, count: rows.length };
    const posted = await call("reconcile-day", { institution, body: { date, settlements, reversals: none } });
    const params = { reconciliationId: String(posted.body.reconciliationId) };
    if (rows.length > 0)
      await call("post-reconciliation-details", { institution, params, body: { rows, last: true } });
    return params;
  };
  const rows = ["1", "2", "3", "4", "5"].map((key) => ({
    ...{ kind: "SETTLEMENT", messageKey: `none-${key}`, total: "1.00" },
    allocation: { ...allocation, fund: "1.00" },
  }));
  const reconciliation = await reconcile(hospital, addDays(on, -1), rows);
  for (const daysAgo of [2, 3, 5]) await reconcile(otherHospital, addDays(on, -daysAgo));

  const owners = { hospital, enterprise: employer, agency: AGENCY } as const;
  const webhookId = `busy-${serial}`;
  const putWebhooks = async (active: boolean): Promise<void> => {
    for (const [audience, institution] of Object.entries(owners))
      await must(`put-${audience}-webhook`, {
        institution,
        params: { webhookId },
        body: { url: receiver.url, active },
      });
  };
  const deliverer = {
    ...makeGrantedServices(jobs["deliver-webhooks"].tables),
    silent: makeSilentReceivers(),
  };
  const { db } = makeServices();
  let told = (await readDayEvents(db, on)).map(orderOf).at(-1);
  /** Sends what has happened since it was called last. */
  const deliver = async (): Promise<void> => {
    const events = await readDayEvents(db, on, told === undefined ? {} : { after: told });
    for (const event of events) await deliverEvent(deliverer, event);
    told = events.map(orderOf).at(-1) ?? told;
  };
  await putWebhooks(true);
  for (const worker of [first, second, first]) keep(await bill(worker));
  await deliver();

  const handler = await loadJob("follow-case-decision");
  const followCase = (caseNo: string) =>
    handler(
      { Records: [{ messageId: "1", body: JSON.stringify({ type: "CASE_CHANGED", subject: caseNo }) }] },
      { getRemainingTimeInMillis: () => 60_000 },
    );

  const revocations: string[] = [];
  const postings: string[] = [];
  const settlings: string[] = [];
  const onNotice: string[] = [];
  let isActive = true;
  let isFrozen = false;
  let isInsuredLonger = false;
  /** Works done so far that were not refused, by name. */
  const done = new Map<Deed, number>();
  const visitAt = (pick: number): string => visits[pick % visits.length] ?? "";
  /** Lines of the stay that no settlement has. */
  const lineNos = ["A", "B", "C", "D", "E", "F"];
  const postNew = () => {
    lineNos.push(`N${next()}`);
    return post(stay, lineNos.at(-1) ?? "none");
  };
  const clock = (pick: number) => ({
    status: "ACCEPTED",
    appliedOn: "2026-02-01",
    acceptedOn: pick % 3 === 0 ? on : `2026-03-${two(1 + (pick % 28))}`,
  });
  const restate = (worker: Worker, overrides: object) => {
    const { caseNo, idNumber } = worker;
    const body = caseBody({ idNumber, employerUscc: employer, ...overrides });
    return call("put-case", { params: { caseNo }, body });
  };
  const correctEmployer = (pick: number) =>
    call("correct-employer", {
      params: { caseNo: pick % 2 === 0 ? second.caseNo : undecided.caseNo },
      body: { employerUscc: pick % 4 < 2 ? otherEmployer : employer, reason: "录入有误已核对" },
    });

  const takeIn = async (): Promise<{ readonly status: number }> => {
    const injury = { employerUscc: employer, injuredOn: "2026-01-10" };
    const visitId = await register(first, { caseNo: undefined, injury });
    if (visitId !== undefined) onNotice.push(visitId);
    return { status: visitId === undefined ? 409 : 201 };
  };

  const work: Record<Deed, (pick: number) => Promise<{ readonly status: number }>> = {
    REGISTER: (pick) => open(pick % 2 === 0 ? first : second),
    CANCEL_VISIT: async () => {
      if (opened.length === 0) await open(first);
      return call("cancel-visit", at({ params: { visitId: opened.pop() ?? stay }, body: {} }));
    },
    SETTLE: async () => {
      if (opened.length === 0) await open(first);
      const visitId = opened.shift() ?? stay;
      const { body } = await call("get-visit", at({ params: { visitId } }));
      const lines = [lineBody("1", { serviceAt: body.admittedAt })];
      await call("upload-charges", at({ params: { visitId }, body: { lines } }));
      settlings.push(crypto.randomUUID());
      keep(visitId);
      return settle(visitId, "FINAL", settlings.at(-1));
    },
    CANCEL_SETTLEMENT: (pick) =>
      call("cancel-message", at({ params: { key: settlings[pick % (settlings.length || 1)] ?? "none" } })),
    REVERSE: async (pick) => {
      const { body } = await call("get-visit", at({ params: { visitId: visitAt(pick) } }));
      const last = String(body.settlementIds?.at(-1));
      return call("reverse-settlement", at({ params: { settlementId: last }, body: { reason: "录入有误" } }));
    },
    POST: () => postNew(),
    POST_AGAIN: async (pick) => {
      if (lineNos.length === 0) await postNew();
      const lineNo = lineNos[pick % lineNos.length] ?? "none";
      await call("revoke-charges", at({ params: { visitId: stay }, body: { lineNos: [lineNo] } }));
      return post(stay, lineNo);
    },
    CANCEL_POSTING: async (pick) => {
      const key = crypto.randomUUID();
      postings.push(key);
      await post(stay, `C${next()}`, key);
      return call("cancel-message", at({ params: { key: postings[pick % postings.length] ?? key } }));
    },
    REVOKE: async (pick) => {
      if (lineNos.length === 0) await postNew();
      const key = crypto.randomUUID();
      const body = { lineNos: lineNos.splice(pick % lineNos.length, 1) };
      const answer = await call("revoke-charges", at({ params: { visitId: stay }, body, key }));
      if (answer.status < 300) revocations.push(key);
      return answer;
    },
    RESTORE: () => call("cancel-message", at({ params: { key: revocations.pop() ?? "none" } })),
    SETTLE_PART: () => {
      lineNos.length = 0;
      return settle(stay, "INTERIM");
    },
    REVERSE_BILL: async () => {
      const { body } = await call("get-visit", at({ params: { visitId: settled } }));
      const last = String(body.settlementIds?.at(-1));
      return call("reverse-settlement", at({ params: { settlementId: last }, body: { reason: "录入有误" } }));
    },
    SETTLE_BILL: () => settle(settled),
    DEFER: async (pick) => {
      const visitId = await bill(pick % 2 === 0 ? waiting : undecided);
      keep(visitId);
      return { status: visitId === undefined ? 409 : 201 };
    },
    RESTATE_CLOCK: (pick) => restate(pick % 2 === 0 ? waiting : undecided, clock(pick)),
    DECIDE: async () => {
      const answer = await restate(undecided, { status: "RECOGNISED" });
      await followCase(undecided.caseNo);
      return answer;
    },
    UNDECIDE: async () => {
      const answer = await restate(undecided, { status: "ACCEPTED" });
      await followCase(undecided.caseNo);
      return answer;
    },
    CORRECT_EMPLOYER: correctEmployer,
    TAKE_IN_ON_NOTICE: takeIn,
    LINK_CASE: async () => {
      if (onNotice.length === 0) await takeIn();
      const params = { visitId: onNotice.pop() ?? stay };
      return call("link-case", { params, body: { caseNo: first.caseNo } });
    },
    REDELIVER: async (pick) => {
      const listed = await call("list-hospital-deliveries", at({ params: { webhookId } }));
      const found: readonly { readonly eventId: string }[] = listed.body.items;
      const eventId = found[pick % found.length]?.eventId ?? "none";
      return call("redeliver-hospital-event", at({ params: { webhookId, eventId } }));
    },
    FAIL_DELIVERIES: async () => {
      receiver.answerWith(500, 500, 500);
      keep(await bill(second));
      return { status: 201 };
    },
    SWITCH_WEBHOOK: async () => {
      isActive = !isActive;
      await putWebhooks(isActive);
      return { status: 200 };
    },
    PUT_POLICY: (pick) =>
      call("put-policy", { params: { effectiveFrom: `2011-01-${two(1 + (pick % 28))}` }, body: policy }),
    RECONCILE: async (pick) => {
      await reconcile(pick % 2 === 0 ? hospital : otherHospital, addDays(on, -(pick % 6)));
      return { status: 201 };
    },
    LOOK: (pick) => call("get-visit", at({ params: { visitId: visitAt(pick) } })),
    FREEZE: () => {
      isFrozen = !isFrozen;
      const { idNumber, cardNumber } = idle;
      return call("put-worker", { body: { idNumber, cardNumber, name: "诸葛试验", frozen: isFrozen } });
    },
    RESTATE_EMPLOYER: () => {
      isInsuredLonger = !isInsuredLonger;
      const insured = [{ from: isInsuredLonger ? "2018-01-01" : "2020-01-01", to: null }];
      return call("put-employer", { params: { uscc: otherEmployer }, body: { name: "试验五金厂", insured } });
    },
    CORRECT_IDENTITY: async () => {
      const found = await call("find-worker", { body: { cardNumber: first.cardNumber } });
      return call("correct-identity", {
        params: { workerId: String(found.body.workerId) },
        body: { name: `诸葛${next()}号`.replaceAll(/\d/g, "甲"), reason: "录入有误已核对" },
      });
    },
  };

  return {
    ...{ hospital, otherHospital, employer, otherEmployer, agency: AGENCY, webhookId },
    ...{ stay, settled, settlementId: String(settlementId), reconciliation },
    ...{ caseNo: first.caseNo, otherCaseNo: second.caseNo, cardNumber: first.cardNumber, done },
    do: async (some: readonly (readonly [deed: Deed, pick: number])[]): Promise<void> => {
      for (const [deed, pick] of some) {
        const { status } = await work[deed](pick);
        if (status >= 500) throw new Error(`${deed} was answered with ${status}`);
        if (status < 300) done.set(deed, (done.get(deed) ?? 0) + 1);
      }
      await deliver();
    },
  };
}

export type District = Awaited<ReturnType<typeof openDistrict>>;
