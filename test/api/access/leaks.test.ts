import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { findOperation } from "../../support/api-event.ts";
import { type Breakage, breakages, breakStore } from "../../support/breaking-store.ts";
import { EMPLOYER, stateHospitals, stateRegistry, visitBody } from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { allowEverything, doEverything, type Everything } from "../../support/everything.ts";
import { makeHandlers } from "../../support/handlers.ts";
import { ailment, findTraces, identity, planted } from "../../support/planted-person.ts";
import {
  type CallAnswer,
  type CallInput,
  HOSPITAL,
  makeCall,
  startTestService,
  type TestService,
} from "../../support/service.ts";
import { textsOf } from "../../support/stored-texts.ts";
import { type Receiver, startReceiver } from "../../support/webhook-receiver.ts";

const CASE = "GS-PLANTED";
const everything = [...identity, ...ailment];
const closed = operations.filter(({ audience }) => audience !== "public");

let service: TestService;
let receiver: Receiver;
let known: Everything;
/** All that the process has written, whoever wrote it. */
const written: string[] = [];
const restores: (() => void)[] = [];

interface Answered {
  readonly operation: string;
  readonly input: CallInput;
  readonly answer: CallAnswer;
}
const answers: Answered[] = [];
/** With what each operation has succeeded, the latest. */
const succeeded = new Map<string, CallInput>();

/** A call whose answer is kept, whatever it is. */
async function ask(of: Pick<TestService, "call">, operation: string, input: CallInput): Promise<CallAnswer> {
  const answer = await of.call(operation, input);
  answers.push({ operation, input, answer });
  return answer;
}

async function must(operation: string, input: CallInput = {}): Promise<CallAnswer> {
  const answer = await ask(service, operation, input);
  expect(answer.status, answer.text).toBeLessThan(300);
  succeeded.set(operation, input);
  return answer;
}

const { diagnosisCode, diagnosisName, injury, ...person } = planted;
const diagnoses = [{ code: diagnosisCode, name: diagnosisName, primary: true }];
const treated = {
  worker: person,
  caseNo: CASE,
  laterCaseNo: `${CASE}-2`,
  injuries: [{ bodyPart: injury, description: injury, diagnosisPrefixes: ["S62"] }],
  diagnoses,
};

/** What an operation succeeded with, with the person written wherever a caller can write anything. */
function hostileInputs(id: string): readonly CallInput[] {
  const { key: _key, ...good } = succeeded.get(id) ?? {};
  const names = [...findOperation(id).path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const everywhere = (word: string) => Object.fromEntries(names.map((name) => [name, word]));
  const body = { ...(typeof good.body === "object" ? good.body : {}), ...planted, surprise: everything };
  return [
    { ...good, body },
    { ...good, text: `{"name":"${planted.name}","idNumber":"${planted.idNumber}"` },
    { params: everywhere(planted.name), query: { limit: planted.idNumber, cursor: planted.name }, body },
    { ...good, params: everywhere(planted.idNumber) },
    { ...good, query: { ...good.query, surprise: planted.cardNumber, after: planted.phone } },
    { ...good, key: planted.name },
    { ...good, key: planted.idNumber },
    { ...good, role: "auditor" },
    { ...good, role: "hospital" },
    { ...good, institution: "H33030400009" },
    good,
  ];
}

/** Every operation as it has succeeded, on a store that is broken in this way. */
async function meetBreakage(breakage: Breakage): Promise<void> {
  const services = makeServices();
  breakStore(services, breakage, everything.join(" "));
  const broken = makeCall(makeHandlers(services));
  const newVisit = { body: visitBody(`BROKEN-${breakage}`, { ...named, diagnoses }) };
  const inputOf = (id: string): CallInput => (id === "register-visit" ? newVisit : succeeded.get(id)) ?? {};
  await Promise.all(
    closed.map(({ id }) => ask(broken, id, { ...inputOf(id), key: `${breakage}-${id}`.slice(0, 64) })),
  );
}

const named = { idNumber: planted.idNumber, caseNo: CASE };

function listenToProcess(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    restores.push(() => {
      stream.write = write;
    });
    stream.write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
      written.push(String(chunk));
      return write(chunk, ...rest);
    };
  }
}

beforeAll(async () => {
  allowEverything();
  [service, receiver] = await Promise.all([startTestService(), startReceiver()]);
  listenToProcess();
  await stateRegistry({ must });
  await stateHospitals(service, ["H33030400009"]);
  known = await doEverything({ must }, treated, receiver.url);
  for (const { id } of closed) {
    for (const input of hostileInputs(id)) await ask(service, id, input);
  }
  // Together, because each waits for a store that never recovers.
  await Promise.all(breakages.map(meetBreakage));
}, 180_000);
afterAll(async () => {
  for (const restore of restores) restore();
  await receiver.stop();
});

const isRevealed = ({ input }: Answered): boolean => input.query?.reveal !== undefined;

const tracesIn = (found: readonly Answered[], words: readonly string[]) =>
  found.flatMap(({ operation, answer }) => {
    const text = JSON.stringify(answer.headers) + answer.text;
    return findTraces(text, words).map((word) => `${operation} ${answer.status}: ${word}`);
  });

/** Where in what is stored these words are, bytes inflated. */
function tracesOfItems(items: readonly Record<string, unknown>[], words: readonly string[]): string[] {
  return items.flatMap((item) =>
    findTraces(textsOf(item).join("\n"), words).map(
      (word) => `${String(item.pk)} ${String(item.sk)}: ${word}`,
    ),
  );
}

describe("a planted name, ID number, card number, telephone number, account and diagnosis", () => {
  test.each(closed.map(({ id }) => id))(
    "were met by %s in success, in refusal and with a failing store",
    (id) => {
      const own = answers.filter(({ operation }) => operation === id);
      const { answer: contracted } = findOperation(id);
      const statuses = new Set(own.map(({ answer }) => answer.status));
      expect(statuses).toContain(contracted.status);
      expect([...statuses].filter((status) => status >= 400 && status < 500)).not.toEqual([]);
      expect([...statuses].filter((status) => status >= 500)).not.toEqual([]);
    },
  );

  test.each(closed.filter(({ audit }) => typeof audit !== "string").map(({ id }) => id))(
    "%s told of the person's own records",
    (id) => {
      const records = [known.visitId, known.workerId, known.reconciliationId, HOSPITAL];
      const told = answers.filter(({ operation, answer }) => operation === id && answer.status < 300);
      const texts = told.map(({ input, answer }) => JSON.stringify(input) + answer.text).join("\n");
      expect(records.some((record) => texts.includes(record)) || id === "check-eligibility").toBe(true);
    },
  );

  test.each([
    ["as it is", (word: string) => word],
    [
      "escaped",
      (word: string) =>
        JSON.stringify(word).replaceAll(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`),
    ],
    ["percent-encoded", encodeURIComponent],
    ["in base64", (word: string) => Buffer.from(word).toString("base64")],
    ["within what is in base64", (word: string) => Buffer.from(`{"a":"${word}"}`).toString("base64url")],
  ])("would be found %s", (_form, write) => {
    for (const word of everything)
      expect(findTraces(`before ${write(word)} after`, everything)).toContain(word);
  });

  // On AWS metrics are counted from the lines of the log, and from nothing else.
  test("are in no line of the log, nor in anything else that the process writes", () => {
    expect(service.logLines.length).toBeGreaterThan(closed.length);
    expect(findTraces([...service.logLines, ...written].join("\n"), everything)).toEqual([]);
  });

  test("are in no error, whether the request or the store was at fault", () => {
    const refused = answers.filter(({ answer }) => answer.status >= 400);
    expect(tracesIn(refused, everything)).toEqual([]);
  });

  test("who it is, is masked in every answer but that for which a reason was given", () => {
    const [revealed] = answers.filter((each) => isRevealed(each) && each.answer.status === 200);
    expect(findTraces(revealed?.answer.text ?? "", identity)).toEqual(identity);
    expect(
      tracesIn(
        answers.filter((each) => !isRevealed(each)),
        identity,
      ),
    ).toEqual([]);
  });

  test("what ails them is told to the hospital, the agency and its auditors only", () => {
    const isTold = ({ id, audience }: (typeof closed)[number]): boolean =>
      ["hospital", "agency"].includes(audience) && !/event|webhook|deliver/.test(id);
    const others = new Set(closed.filter((each) => !isTold(each)).map(({ id }) => id));
    expect(others.size).toBeGreaterThan(20);
    expect(
      tracesIn(
        answers.filter(({ operation }) => others.has(operation)),
        ailment,
      ),
    ).toEqual([]);
    const own = answers.filter(({ operation }) => operation === "register-visit" || operation === "put-case");
    expect(new Set(tracesIn(own, ailment).map((trace) => trace.split(": ")[1]))).toEqual(new Set(ailment));
  });

  test("are in nothing that is sent to a webhook, whoever hears of it", () => {
    expect(receiver.received.some(({ text }) => text.includes(known.visitId))).toBe(true);
    const sent = receiver.received.map(({ headers, text }) => JSON.stringify(headers) + text);
    expect(findTraces(sent.join("\n"), everything)).toEqual([]);
  });

  test("who it is, is in nothing that is stored", async () => {
    const items = await dumpTables(service);
    expect(tracesOfItems(items, [planted.diagnosisCode]).length).toBeGreaterThan(0);
    expect(tracesOfItems(items, identity)).toEqual([]);
  });

  test("what ails them is stored with the case, with the visit and with hospitals' messages only", async () => {
    const items = await dumpTables(service);
    const places = tracesOfItems(items, ailment).map((trace) => trace.split("#")[0]);
    expect(new Set(places)).toEqual(new Set(["WORKER", "VISIT", "MESSAGE"]));
    const messages = items.filter(({ pk }) => String(pk).startsWith("MESSAGE#"));
    expect(messages.some(({ pk }) => String(pk).startsWith(`MESSAGE#${EMPLOYER}#`))).toBe(true);
    const ofOthers = messages.filter(({ pk }) => !/^MESSAGE#H330304\d{5}#/.test(String(pk)));
    expect(tracesOfItems(ofOthers, ailment)).toEqual([]);
  });

  test("are in no entry of the audit trail, and in no event", async () => {
    const items = await dumpTables(service);
    for (const prefix of ["AUDIT#", "EVENTS#"]) {
      const trail = items.filter(({ pk }) => String(pk).startsWith(prefix));
      expect(trail.some((item) => textsOf(item).join(" ").includes(known.visitId))).toBe(true);
      expect(tracesOfItems(trail, everything)).toEqual([]);
    }
  });
});
