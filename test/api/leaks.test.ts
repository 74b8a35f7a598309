import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAccessTrail } from "../../functions/access-trail.ts";
import { bindAll as bindAgency } from "../../functions/agency/bound-operations.ts";
import { makeApiHandler } from "../../functions/api-handler.ts";
import { bindAll as bindAuditor } from "../../functions/auditor/bound-operations.ts";
import { bindAll as bindEnterprise } from "../../functions/enterprise/bound-operations.ts";
import { toEventView } from "../../functions/feed/event-view.ts";
import { bindAll as bindFinance } from "../../functions/finance/bound-operations.ts";
import { bindAll as bindHospital } from "../../functions/hospital/bound-operations.ts";
import { operations } from "../../functions/operations.ts";
import { requestExamples } from "../../functions/public/examples.ts";
import { makeServices } from "../../functions/services.ts";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { webhookAudiences } from "../../shared/domain/webhooks/webhook.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { readDayEvents } from "../../shared/store/event-store.ts";
import { findOperation } from "../support/api-event.ts";
import { type Breakage, breakages, breakStore } from "../support/breaking-store.ts";
import { caseBody, lineBody, stateRegistry, visitBody } from "../support/demo-case.ts";
import { dumpTables } from "../support/dump-tables.ts";
import { ailment, findTraces, identity, planted } from "../support/planted-person.ts";
import {
  type CallAnswer,
  type CallInput,
  makeCall,
  startTestService,
  type TestService,
} from "../support/service.ts";

const CASE = "GS-PLANTED";
const everything = [...identity, ...ailment];

let service: TestService;
/** All that the process has written, whoever wrote it. */
const written: string[] = [];
const streams = [process.stdout, process.stderr];
const restores: (() => void)[] = [];

interface Answered {
  readonly operation: string;
  readonly answer: CallAnswer;
}
const answers: Answered[] = [];
let visitId = "";
let settlementId = "";

/** A call whose answer is kept, whatever it is. */
async function ask(of: Pick<TestService, "call">, operation: string, input: CallInput): Promise<CallAnswer> {
  const answer = await of.call(operation, input);
  answers.push({ operation, answer });
  return answer;
}

async function must(operation: string, input: CallInput): Promise<CallAnswer["body"]> {
  const answer = await ask(service, operation, input);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

const diagnoses = [{ code: planted.diagnosisCode, name: planted.diagnosisName, primary: true }];
const registration = (hospitalVisitNo: string, overrides: object = {}) => {
  const { idNumber } = planted;
  return visitBody(hospitalVisitNo, { idNumber, caseNo: CASE, diagnoses, ...overrides });
};

/** The planted person's bills, from statement to reversal. */
async function treat(): Promise<void> {
  const { name, idNumber, cardNumber, phone, bankAccount } = planted;
  await must("put-worker", { body: { idNumber, cardNumber, name, phone, bankAccount, frozen: false } });
  const injuries = [{ bodyPart: planted.injury, description: planted.injury, diagnosisPrefixes: ["S62"] }];
  const injuryCase = caseBody({ idNumber, injuries });
  await must("put-case", { params: { caseNo: CASE }, body: injuryCase });
  const look = { visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
  await must("check-eligibility", { body: { idNumber, ...look } });
  await must("check-eligibility", { body: { cardNumber, ...look } });
  await must("find-worker", { body: { cardNumber } });
  ({ visitId } = await must("register-visit", { body: registration("PLANTED-1") }));
  const params = { visitId };
  await must("amend-visit", { params, body: { diagnoses } });
  const line = lineBody("1", { diagnosisCode: planted.diagnosisCode });
  await must("upload-charges", { params, body: { lines: [line] } });
  await must("preview-settlement", { params, body: {} });
  ({ settlementId } = await must("settle-visit", { params, body: {} }));
  await must("reverse-settlement", { params: { settlementId }, body: { reason: "更正" } });
  ({ settlementId } = await must("settle-visit", { params, body: {} }));
}

/** Params, query and body that name the planted person wherever they can; what an operation refuses, it refuses. */
function inputsOf(id: string): readonly CallInput[] {
  const found = { visitId, settlementId, caseNo: CASE, code: "H33030400001", uscc: "91999999DEM000006M" };
  const params = {
    ...found,
    effectiveFrom: "2024-01-01",
    key: "k1",
    itemCode: "A1",
    webhookId: "his",
    eventId: `${visitId}-1`,
  };
  const example = requestExamples[id];
  const body = {
    ...(typeof example === "object" ? example : {}),
    ...planted,
    diagnoses,
    surprise: everything,
  };
  const { path } = findOperation(id);
  const ofPath = Object.entries(params).filter(([name]) => path.includes(`{${name}}`));
  const own = Object.fromEntries(ofPath);
  const hostile = Object.fromEntries(ofPath.map(([name]) => [name, planted.name]));
  return [
    { params: own, body: example },
    { params: own, body },
    { params: own, text: `{"name":"${planted.name}","idNumber":"${planted.idNumber}"` },
    { params: hostile, query: { limit: planted.idNumber, cursor: planted.name }, body },
    { params: own, key: planted.name, body },
    { params: own, role: "auditor", body },
    { params: own, institution: "H33030400009", body: registration("PLANTED-2") },
    { params: own, institution: "H33030400009" },
  ];
}

/** Every operation, on a store that is broken in this way. */
async function meetBreakage(breakage: Breakage): Promise<void> {
  const made = makeServices();
  const services = { ...made, cipher: makeCipher(made.personalData) };
  breakStore(services, breakage, everything.join(" "));
  const trail = makeAccessTrail(services);
  const broken = makeCall({
    hospital: makeApiHandler(bindHospital(services), services, trail),
    enterprise: makeApiHandler(bindEnterprise(services), services, trail),
    finance: makeApiHandler(bindFinance(services), services, trail),
    agency: makeApiHandler(bindAgency(services), services, trail),
    auditor: makeApiHandler(bindAuditor(services), services, trail),
  });
  const register = { body: registration("PLANTED-3") };
  await Promise.all(
    closed.map(({ id }) => ask(broken, id, id === "register-visit" ? register : (inputsOf(id)[0] ?? {}))),
  );
}

const closed = operations.filter(({ audience }) => audience !== "public");

beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = "1000000";
  service = await startTestService();
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    restores.push(() => {
      stream.write = write;
    });
    stream.write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
      written.push(String(chunk));
      return write(chunk, ...rest);
    };
  }
  await stateRegistry(service);
  await treat();
  for (const { id } of closed) {
    for (const input of inputsOf(id)) await ask(service, id, input);
  }
  // Together, because each waits for a store that never recovers.
  await Promise.all(breakages.map(meetBreakage));
}, 120_000);
afterAll(() => {
  for (const restore of restores) restore();
});

const tracesIn = (found: readonly Answered[], words: readonly string[]) =>
  found.flatMap(({ operation, answer }) => {
    const text = JSON.stringify(answer.headers) + answer.text;
    return findTraces(text, words).map((word) => `${operation} ${answer.status}: ${word}`);
  });

describe("a planted name, ID number, card number and diagnosis", () => {
  test("were met by every operation, in success, refusal and failure", () => {
    expect(new Set(answers.map(({ operation }) => operation)).size).toBe(closed.length);
    const statuses = new Set(answers.map(({ answer }) => answer.status));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 403, 404, 422, 500, 503]));
    const own = answers.filter(({ operation }) => operation === "register-visit");
    expect(own.some(({ answer }) => answer.text.includes(planted.diagnosisCode))).toBe(true);
  });

  test.each([
    ["as it is", (word: string) => word],
    [
      "escaped",
      (word: string) =>
        JSON.stringify(word).replaceAll(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`),
    ],
    ["percent-encoded", encodeURIComponent],
    ["in base64", (word: string) => Buffer.from(word).toString("base64")],
  ])("would be found %s", (_form, write) => {
    for (const word of everything)
      expect(findTraces(`before ${write(word)} after`, everything)).toContain(word);
  });

  test("are in no line of the log, nor in anything else that the process writes", () => {
    expect(service.logLines.length).toBeGreaterThan(closed.length);
    expect(findTraces([...service.logLines, ...written].join("\n"), everything)).toEqual([]);
  });

  test("are in no error, whether the request or the store was at fault", () => {
    const refused = answers.filter(({ answer }) => answer.status >= 400);
    expect(tracesIn(refused, everything)).toEqual([]);
  });

  test("who it is, is masked in every answer, whoever asks", () => {
    expect(tracesIn(answers, identity)).toEqual([]);
  });

  test("what ails them is told to the hospital, the agency and its auditors only", () => {
    const others = new Set(
      closed.filter(({ audience }) => audience !== "hospital" && audience !== "agency").map(({ id }) => id),
    );
    expect(others.size).toBeGreaterThan(0);
    const toOthers = answers.filter(({ operation }) => others.has(operation));
    expect(tracesIn(toOthers, ailment)).toEqual([]);
  });

  test("are in no event that is told, to whichever audience", async () => {
    const { db } = makeServices();
    const events = await readDayEvents(db, dayOf(instantOf(Date.now())));
    expect(events.some((event) => event.visitId === visitId)).toBe(true);
    const told = events.flatMap((event) =>
      webhookAudiences.map((audience) => JSON.stringify(toEventView(event, audience))),
    );
    expect(findTraces(told.join("\n"), everything)).toEqual([]);
  });

  test("are in no stored item but the person's own, the visit's own and the indexes of these", async () => {
    const items = await dumpTables(service);
    const others = items.filter(({ pk }) => !/^(WORKER|VISIT)#/.test(String(pk)));
    expect(others.some(({ pk }) => String(pk).startsWith("EVENTS#"))).toBe(true);
    const found = others.flatMap((item) =>
      findTraces(JSON.stringify(item), everything).map(
        (word) => `${String(item.pk)} ${String(item.sk)}: ${word}`,
      ),
    );
    expect(found).toEqual([]);
  });
});
