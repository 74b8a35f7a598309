import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { deliverEvent } from "../../../functions/webhooks/deliver-webhooks.ts";
import { makeSilentReceivers } from "../../../functions/webhooks/silent-receivers.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import { completeIdNumber, completeUscc } from "../../../infra/demo/check-characters.ts";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { readDayEvents } from "../../../shared/store/events/event-store.ts";
import {
  caseBody,
  hospitalBody,
  itemBody,
  lineBody,
  policy,
  today,
  visitBody,
} from "../../support/demo-case.ts";
import {
  type CallAnswer,
  makeGrantedServices,
  startTestService,
  type TestService,
} from "../../support/service.ts";

const pad = (number: number): string => String(number).padStart(4, "0");
const hospitals = [0, 1, 2].map((index) => `H9999990${pad(index)}`);
const employers = [0, 1, 2].map((index) => completeUscc(`91999999DEMBC${pad(index)}`));
/** One worker of each employer; the last one's case is not decided yet. */
const workers = employers.map((uscc, index) => ({
  uscc,
  idNumber: completeIdNumber(`99990119800101${String(index).padStart(3, "0")}`),
  caseNo: `GS-SCOPE-${pad(index)}`,
  status: index === 2 ? "APPLIED" : "RECOGNISED",
}));
const institutions = [
  ...hospitals.map((institution) => ({ audience: "hospital", institution }) as const),
  ...employers.map((institution) => ({ audience: "enterprise", institution }) as const),
];
type Viewer = (typeof institutions)[number];

interface Visit {
  readonly visitId: string;
  readonly hospital: string;
  readonly uscc: string;
  readonly caseNo: string;
}

/** A text that tells of somebody's record, and who may read it. */
interface Mark {
  readonly text: string;
  readonly kind: string;
  readonly mayRead: (viewer: Viewer) => boolean;
}

let service: TestService;
const visits: Visit[] = [];
const marks: Mark[] = [];
let count = 0;
const next = (prefix: string): string => {
  count += 1;
  return `${prefix}-${String(count).padStart(6, "0")}`;
};

const isOf = (visit: Pick<Visit, "hospital" | "uscc">, { institution }: Viewer): boolean =>
  institution === visit.hospital || institution === visit.uscc;
const mark = (kind: string, text: string, mayRead: Mark["mayRead"]): void => {
  marks.push({ kind, text, mayRead });
};

beforeAll(async () => {
  process.env.WEBHOOKS_ALLOW_HTTP = "local";
  process.env.LOOKUPS_PER_HOUR = "1000000";
  service = await startTestService();
  const { must } = service;
  await must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: policy });
  await must("import-catalogue", { body: { items: [itemBody("A1")] } });
  for (const code of hospitals) {
    await must("put-hospital", { params: { code }, body: hospitalBody() });
    const treats = ({ institution }: Viewer) =>
      visits.some(({ hospital, uscc }) => hospital === code && uscc === institution);
    mark("hospital", code, (viewer) => viewer.institution === code || treats(viewer));
  }
  for (const { uscc, idNumber, caseNo, status } of workers) {
    const insured = [{ from: "2020-01-01", to: null }];
    await must("put-employer", { params: { uscc }, body: { name: `单位 ${uscc}`, insured } });
    const cardNumber = `DEMO${caseNo.slice(-4)}`;
    await must("put-worker", { body: { idNumber, cardNumber, name: "诸葛试验", frozen: false } });
    await must("put-case", {
      params: { caseNo },
      body: caseBody({ idNumber, employerUscc: uscc, status }),
    });
    const treated = ({ institution }: Viewer) =>
      visits.some((visit) => visit.uscc === uscc && visit.hospital === institution);
    for (const [kind, text] of [
      ["employer", uscc],
      ["caseNo", caseNo],
    ] as const)
      mark(kind, text, (viewer) => viewer.institution === uscc || treated(viewer));
  }
});

/** A hospital's message, whose key is its own. */
async function post(id: string, hospital: string, input: object): Promise<CallAnswer> {
  const key = next("KEY");
  mark("key", key, ({ institution }) => institution === hospital);
  return service.call(id, { institution: hospital, key, ...input });
}

const verbs = ["REGISTER", "UPLOAD", "SETTLE", "REVERSE", "RECONCILE", "WEBHOOK"] as const;
interface Step {
  readonly verb: (typeof verbs)[number];
  readonly who: number;
  readonly which: number;
}

async function register(hospital: string, worker: (typeof workers)[number]): Promise<void> {
  const { idNumber, caseNo, uscc } = worker;
  const number = next("VISITNO");
  const { status, body } = await post("register-visit", hospital, {
    body: visitBody(number, { idNumber, caseNo }),
  });
  expect(status).toBe(201);
  const visit = { visitId: String(body.visitId), hospital, uscc, caseNo };
  visits.push(visit);
  mark("visitId", visit.visitId, (viewer) => isOf(visit, viewer));
  // Employers are told which visit it is, but not by what number the hospital knows it.
  mark("visitNo", number, ({ institution }) => institution === hospital);
}

async function settle(visit: Visit): Promise<void> {
  const params = { visitId: visit.visitId };
  const { status, body } = await post("settle-visit", visit.hospital, { params });
  if (status === 201) mark("settlementId", String(body.settlementId), (viewer) => isOf(visit, viewer));
}

async function reverse({ visitId, hospital }: Visit): Promise<void> {
  const latest = marks.findLast(({ kind, text }) => kind === "settlementId" && text.startsWith(visitId));
  if (latest === undefined) return;
  const body = { reason: "录入有误" };
  await post("reverse-settlement", hospital, { params: { settlementId: latest.text }, body });
}

const nothing = { fund: "0.00", employer: "0.00", hospital: "0.00", thirdParty: "0.00" };
const sums = { count: 99, total: "0.00", allocation: { ...nothing, otherInsurer: "0.00", personal: "0.00" } };
const date = dayOf(instantOf(Date.now()));

/** Without a row of the hospital's, so that all of the fund's are told as differences. */
async function reconcile(hospital: string): Promise<void> {
  const opened = await post("reconcile-day", hospital, {
    body: { date, settlements: sums, reversals: sums },
  });
  expect(opened.status).toBe(201);
  const params = { reconciliationId: date };
  await post("post-reconciliation-details", hospital, { params, body: { rows: [], last: true } });
}

async function putWebhook(viewer: Viewer): Promise<void> {
  const webhookId = next("HOOK");
  mark("webhookId", webhookId, ({ institution }) => institution === viewer.institution);
  const { status } = await service.call(`put-${viewer.audience}-webhook`, {
    institution: viewer.institution,
    params: { webhookId },
    body: { url: "http://127.0.0.1:19999/events" },
  });
  // An institution has ten at most.
  expect([200, 409]).toContain(status);
}

async function take({ verb, who, which }: Step): Promise<void> {
  const hospital = hospitals[who % hospitals.length] ?? "";
  const worker = workers[which % workers.length];
  const visit = visits[which % Math.max(1, visits.length)];
  const viewer = institutions[which % institutions.length];
  if (verb === "REGISTER" && worker !== undefined) return register(hospital, worker);
  if (verb === "RECONCILE") return reconcile(hospital);
  if (verb === "WEBHOOK" && viewer !== undefined) return putWebhook(viewer);
  if (visit === undefined) return undefined;
  const params = { visitId: visit.visitId };
  if (verb === "SETTLE") return settle(visit);
  if (verb === "REVERSE") return reverse(visit);
  const lineNo = next("LINE");
  mark("lineNo", lineNo, ({ institution }) => institution === visit.hospital);
  await post("upload-charges", visit.hospital, { params, body: { lines: [lineBody(lineNo)] } });
}

/** What happened is told to the webhooks, none of which answers. */
async function tell(): Promise<void> {
  const services = { ...makeGrantedServices(jobs["deliver-webhooks"].tables), silent: makeSilentReceivers() };
  for (const event of await readDayEvents(makeServices().db, date)) await deliverEvent(services, event);
}

/** Every operation by which an institution reads. An eligibility check is told of whom it names by number. */
const readings = operations.filter(
  ({ audience, method, id }) =>
    (audience === "hospital" || audience === "enterprise") &&
    (method === "GET" || id === "preview-settlement" || id === "find-visits"),
);
const nobodys: Readonly<Record<string, string>> = {
  visitId: "V00000000000000000000",
  settlementId: "V00000000000000000000-1",
  key: "KEY-999999",
  webhookId: "HOOK-999999",
};

/** All pages of what an operation answers, each as it came. */
async function readAll(
  id: string,
  { institution }: Viewer,
  params: Record<string, string>,
): Promise<CallAnswer[]> {
  const pages: CallAnswer[] = [];
  const named = id === "find-visits" ? workers : [undefined];
  for (const worker of named) pages.push(...(await readPages(id, institution, params, worker)));
  return pages;
}

async function readPages(
  id: string,
  institution: string,
  params: Record<string, string>,
  worker: (typeof workers)[number] | undefined,
): Promise<CallAnswer[]> {
  const pages: CallAnswer[] = [];
  const body = worker === undefined ? undefined : { idNumber: worker.idNumber };
  const isList = /^list-(?!.*webhooks$)|^find-visits$/.test(id);
  let place: Record<string, string> = {};
  for (let page = 0; page < 50; page += 1) {
    const limit = isList ? { limit: "25" } : {};
    const days = { from: "2026-03-01", to: "2026-03-31" };
    const period = id.startsWith("summarise") ? today : id === "list-visits" ? days : {};
    const query = { ...limit, ...period, ...place };
    const answer = await service.call(id, { institution, params, query, body });
    pages.push(answer);
    const { nextCursor, next: after, items = [] } = answer.body;
    if (typeof nextCursor === "string") place = { cursor: nextCursor };
    else if (id.endsWith("-events") && items.length === 25) place = { after };
    else return pages;
  }
  throw new Error(`${id} has no end`);
}

const textOf = ({ text, headers }: CallAnswer): string => text + JSON.stringify(headers);
const INSTANT = /\d{4}-\d{2}-\d{2}T[\d:.]+\+08:00/g;
const comparable = ({ status, text }: CallAnswer, named: string): string =>
  `${status} ${text
    .replaceAll(named, "…")
    .replaceAll(INSTANT, "…")
    .replace(/"requestId":"[^"]*"/, "")}`;

/** How often an operation told somebody of a record of their own: what told nothing would prove nothing. */
const told = new Map<string, number>();

async function checkReading(id: string, path: string, viewer: Viewer): Promise<void> {
  const forbidden = marks.filter(({ mayRead }) => !mayRead(viewer));
  const look = async (params: Record<string, string>): Promise<CallAnswer[]> => {
    const answers = await readAll(id, viewer, params);
    const named = Object.values(params);
    const text = answers.map(textOf).join("\n");
    const leaked = forbidden.filter((each) => !named.includes(each.text) && text.includes(each.text));
    expect(leaked.map((each) => `${id} tells ${viewer.institution} of ${each.kind} ${each.text}`)).toEqual(
      [],
    );
    const own = marks.some((each) => each.mayRead(viewer) && text.includes(each.text));
    if (answers[0]?.status === 200 && own) told.set(id, (told.get(id) ?? 0) + 1);
    return answers;
  };
  const name = /\{(\w+)\}/.exec(path)?.[1];
  if (name === undefined) return void (await look({}));
  if (name === "reconciliationId") return void (await look({ reconciliationId: date }));
  const latest = (mayRead: boolean): string[] =>
    marks
      .filter((each) => each.kind === name && each.mayRead(viewer) === mayRead)
      .slice(-4)
      .map(({ text }) => text);
  for (const text of latest(true)) await look({ [name]: text });
  const missing = nobodys[name] ?? "";
  const [nothingThere] = await look({ [name]: missing });
  for (const text of latest(false)) {
    const [foreign] = await look({ [name]: text });
    if (foreign === undefined || nothingThere === undefined) throw new Error("no answer");
    expect(comparable(foreign, text), id).toBe(comparable(nothingThere, missing));
  }
}

/** Sums name nobody, but each is of its enterprise's own claims, and of all of them. */
async function checkSums(): Promise<void> {
  for (const uscc of employers) {
    const query = { from: "2026-03-01", to: "2026-03-01" };
    const { body } = await service.must("summarise-claims", { institution: uscc, query });
    const counts: number[] = body.rows.map((row: { readonly count: number }) => row.count);
    const own = visits.filter((visit) => visit.uscc === uscc).length;
    expect([uscc, counts.reduce((sum, each) => sum + each, 0)]).toEqual([uscc, own]);
  }
}

const aStep: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom(...verbs),
  who: fc.nat(1_000),
  which: fc.nat(1_000),
});
const beginning: readonly Step[] = [
  ...workers.map((_, which) => ({ verb: "REGISTER", who: which, which }) as const),
  ...workers.flatMap((_, which) => [
    { verb: "UPLOAD", who: which, which } as const,
    { verb: "SETTLE", who: which, which } as const,
  ]),
  ...institutions.map((_, which) => ({ verb: "WEBHOOK", who: which, which }) as const),
  ...hospitals.map((_, who) => ({ verb: "RECONCILE", who, which: who }) as const),
];

test("whatever three hospitals and three employers do, in whatever order, nobody reads what is another's", async () => {
  for (const step of beginning) await take(step);
  const property = fc.asyncProperty(fc.array(aStep, { minLength: 15, maxLength: 25 }), async (steps) => {
    for (const step of steps) await take(step);
    await tell();
    await checkSums();
    for (const viewer of institutions) {
      for (const { id, path, audience } of readings) {
        if (audience === viewer.audience) await checkReading(id, path, viewer);
      }
    }
  });
  // What one run did stays for the next, so that shrinking would only look at another world.
  await fc.assert(property, { numRuns: 5, endOnFailure: true });
  const silent = readings.map(({ id }) => id).filter((id) => !told.has(id));
  expect(silent.toSorted()).toEqual(["get-reconciliation", "summarise-claims"]);
}, 120_000);
