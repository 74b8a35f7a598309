import { beforeAll, describe, expect, test } from "vitest";
import { toFollowTask } from "../../../functions/settlements/followed-events.ts";
import { readConfig } from "../../../shared/config.ts";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { readDayEvents } from "../../../shared/store/events/event-store.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { checkRegistry } from "../../../shared/store/registry/registry-verification.ts";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  EMPLOYER,
  ID_NUMBER,
  lineBody,
  OTHER_EMPLOYER,
  openVisit,
  stateEmployers,
  stateRegistry,
  workerBody,
} from "../../support/demo-case.ts";
import { loadJob } from "../../support/load-job.ts";
import { loseRegistry } from "../../support/lose-registry.ts";
import {
  type CallInput,
  HOSPITAL,
  OTHER_HOSPITAL,
  startTestService,
  type TestService,
} from "../../support/service.ts";

let service: TestService;
let runJobs: () => Promise<void>;
let findings: () => Promise<string[]>;
let readEvents: () => ReturnType<typeof readDayEvents>;
beforeAll(async () => {
  service = await startTestService();
  const handler = await loadJob("follow-case-decision");
  const db = connectDatabase(readConfig(process.env));
  findings = async () => {
    const found: string[] = [];
    for await (const { fault, id } of checkRegistry(db)) found.push(`${fault} ${id}`);
    return found.sort();
  };
  readEvents = () => readDayEvents(db, dayOf(instantOf(Date.now())));
  runJobs = async () => {
    for (const event of await readDayEvents(db, dayOf(instantOf(Date.now())))) {
      const task = toFollowTask(event);
      if (task === undefined) continue;
      const Records = [{ messageId: event.eventId, body: JSON.stringify(task) }];
      const context = { getRemainingTimeInMillis: () => 60_000 };
      expect((await handler({ Records }, context)).batchItemFailures).toEqual([]);
    }
  };
});

const state = (caseNo: string, overrides: object = {}) =>
  service.must("put-case", { params: { caseNo }, body: caseBody(overrides) });
const put = (key: string, overrides: object = {}): CallInput => ({
  key,
  body: { ...workerBody(), ...overrides },
});
const idOf = async (named: object): Promise<string> =>
  (await service.must("find-worker", { body: named, key: null })).body.workerId;
const visitOf = async (visitId: string) =>
  (await service.must("get-agency-visit", { params: { visitId } })).body;
const revealed = async (workerId: string) =>
  (await service.must("get-worker", { params: { workerId }, query: { reveal: "核对登记材料" } })).body;

/** A stay that goes on and a bill that waits for the case's decision. */
async function treat(caseNo: string, admittedAt = "2026-03-01T08:00:00+08:00") {
  await state(caseNo, { status: "APPLIED" });
  const deferred = await openVisit(service, { caseNo });
  const params = { visitId: deferred };
  await service.must("upload-charges", {
    params,
    body: { lines: [lineBody("1", { unitPrice: "10", amount: "20.00" })] },
  });
  await service.must("settle-visit", { params });
  expect((await visitOf(deferred)).status).toBe("DEFERRED");
  const stay = await openVisit(service, { caseNo, visitType: "INPATIENT", admittedAt });
  return { deferred, stay };
}

async function expectWhole(caseNo: string, { deferred, stay }: { deferred: string; stay: string }) {
  await state(caseNo, { status: "RECOGNISED" });
  await runJobs();
  const settled = await visitOf(deferred);
  expect(settled.status).toBe("SETTLED");
  expect(settled.workerId).toBe(await idOf({ idNumber: ID_NUMBER }));
  expect((await visitOf(stay)).guarantee).toBe("DIRECT");
  const elsewhere = await service.call("register-visit", {
    institution: OTHER_HOSPITAL,
    body: {
      ...{ hospitalVisitNo: `X-${caseNo}`, visitType: "INPATIENT", idNumber: ID_NUMBER, caseNo },
      ...{ admittedAt: "2026-03-02T08:00:00+08:00", department: "骨科" },
      diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
    },
  });
  expect(elsewhere.body.code).toBe("ADMITTED_ELSEWHERE");
  const params = { visitId: stay };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  await service.must("discharge-worker", { params, body: { dischargedAt: "2026-03-02T10:00:00+08:00" } });
  await service.must("settle-visit", { params });
}

describe("a Registry that was lost is stated anew, and", () => {
  test("every worker has the former id, a bed stays taken, and what was deferred settles, whoever sends it under new keys", async () => {
    await stateRegistry(service);
    const before = await idOf({ idNumber: ID_NUMBER });
    const treated = await treat("GS-LOST-1");
    expect(await findings()).toEqual([]);
    expect(await loseRegistry(service)).toBeGreaterThan(5);
    expect(await findings()).toEqual([
      "CASE_MISSING GS-LOST-1",
      `CASE_MISSING ${CASE_NO}`,
      `EMPLOYER_MISSING ${EMPLOYER}`,
      `HOSPITAL_MISSING ${HOSPITAL}`,
      `WORKER_MISSING ${before}`,
    ]);
    expect((await service.call("find-worker", { body: { idNumber: ID_NUMBER }, key: null })).status).toBe(
      404,
    );
    await stateRegistry(service);
    expect(await idOf({ idNumber: ID_NUMBER })).toBe(before);
    expect(await idOf({ cardNumber: CARD_NUMBER })).toBe(before);
    expect(await findings()).toEqual(["CASE_MISSING GS-LOST-1"]);
    await state("GS-LOST-1", { status: "APPLIED" });
    expect(await findings()).toEqual([]);
    await expectWhole("GS-LOST-1", treated);
  });

  test("a message that stated a worker takes effect again under its own key, with the same answer, and only while the worker is gone", async () => {
    await stateRegistry(service);
    const { must } = service;
    const idNumber = "KAZ110090123105";
    const named = { idType: "PERMANENT_RESIDENCE_2017", idNumber };
    const messages = [
      put("first", { ...named, cardNumber: "DEMO700001" }),
      put("new-card", { ...named, cardNumber: "DEMO700002", frozen: true }),
    ];
    const answers = [];
    for (const message of messages) answers.push(await must("put-worker", message));
    const workerId = answers[0]?.body.workerId;
    const again = await must("put-worker", messages[0]);
    expect([again.text, again.headers["idempotency-replayed"]]).toEqual([answers[0]?.text, "true"]);
    expect(await revealed(workerId)).toMatchObject({ cardNumber: "DEMO700002", frozen: true });

    await loseRegistry(service, (pk) => pk.startsWith("WORKER#") || pk.startsWith("PERSON#"));
    for (const [index, message] of messages.entries()) {
      const repeated = await must("put-worker", message);
      expect([repeated.text, repeated.headers["idempotency-replayed"]]).toEqual([
        answers[index]?.text,
        "true",
      ]);
    }
    expect(await revealed(workerId)).toMatchObject({ ...named, cardNumber: "DEMO700002", frozen: true });
    expect(await idOf({ cardNumber: "DEMO700002" })).toBe(workerId);
    expect(
      (await service.call("find-worker", { body: { cardNumber: "DEMO700001" }, key: null })).status,
    ).toBe(404);
    // What was stated later is not undone by a repeat of what was stated before.
    await must("put-worker", put("later", { ...named, cardNumber: "DEMO700003" }));
    for (const message of messages) await must("put-worker", message);
    expect(await revealed(workerId)).toMatchObject({ cardNumber: "DEMO700003", frozen: false });
    const other = await service.call("put-worker", put("first", { ...named, cardNumber: "DEMO700009" }));
    expect(other.body.code).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  test("one that was restored as it was yesterday gets what was stated since by the messages of today", async () => {
    await stateRegistry(service);
    const named = { idType: "PASSPORT", idNumber: "E12345678" };
    const { workerId } = (
      await service.must("put-worker", put("yesterday", { ...named, cardNumber: "DEMO710001" }))
    ).body;
    const today = put("today", { ...named, cardNumber: "DEMO710001", name: "诸葛复原" });
    await service.must("put-worker", today);
    // Yesterday's copy.
    await loseRegistry(service, (pk) => pk.includes(workerId) || pk.startsWith("PERSON#"));
    await service.must("put-worker", put("yesterday", { ...named, cardNumber: "DEMO710001" }));
    await service.must("put-worker", today);
    expect(await revealed(workerId)).toMatchObject({ name: "诸葛复原" });
  });

  test("a repeat that meets another worker's card is refused, and told as that", async () => {
    const named = { idType: "PASSPORT", idNumber: "E87654321" };
    const message = put("card-taken", { ...named, cardNumber: "DEMO720001" });
    await service.must("put-worker", message);
    await loseRegistry(service);
    await stateRegistry(service);
    await service.must(
      "put-worker",
      put("card-taker", { idType: "PASSPORT", idNumber: "E99999999", cardNumber: "DEMO720001" }),
    );
    const refused = await service.call("put-worker", message);
    expect([refused.status, refused.body.code]).toEqual([409, "CARD_NUMBER_TAKEN"]);
  });

  test("a case that was closed is closed as what it was, though nothing but its last statement is sent", async () => {
    await loseRegistry(service);
    await stateRegistry(service);
    const caseNo = "GS-LOST-3";
    const treated = await treat(caseNo, "2026-04-01T08:00:00+08:00");
    await state(caseNo, { status: "RECOGNISED" });
    await runJobs();
    await state(caseNo, { status: "CLOSED" });
    await loseRegistry(service);
    await stateRegistry(service);
    await state(caseNo, { status: "CLOSED" });
    await runJobs();
    expect(await visitOf(treated.deferred)).toMatchObject({ status: "SETTLED" });
    expect((await visitOf(treated.deferred)).recoverable).toBeUndefined();
    const params = { visitId: treated.stay };
    await service.must("upload-charges", {
      params,
      body: { lines: [lineBody("1", { serviceAt: "2026-04-01T09:00:00+08:00" })] },
    });
    await service.must("discharge-worker", { params, body: { dischargedAt: "2026-04-02T10:00:00+08:00" } });
    expect((await service.must("settle-visit", { params })).body.kind).toBe("FINAL");
  });

  test("a case keeps its worker and its employer once something rests on it, and its events go on counting", async () => {
    await loseRegistry(service);
    await stateRegistry(service);
    await stateEmployers(service, [OTHER_EMPLOYER]);
    const caseNo = "GS-LOST-2";
    await state(caseNo);
    await state(caseNo);
    await openVisit(service, { caseNo });
    const before = (await service.must("get-case", { params: { caseNo } })).body.version;
    await loseRegistry(
      service,
      (pk) => pk.startsWith("WORKER#") || pk.startsWith("CASE_OWNER#") || pk.startsWith("PERSON#"),
    );
    await service.must("put-worker", { body: workerBody() });
    const other = { idType: "TAIWAN_PERMIT", idNumber: "12345678" };
    await service.must("put-worker", { body: { ...workerBody(), ...other, cardNumber: "DEMO730001" } });
    const call = (overrides: object) =>
      service.call("put-case", { params: { caseNo }, body: caseBody(overrides) });
    expect((await call(other)).body).toMatchObject({
      code: "CASE_NUMBER_TAKEN",
      errors: [{ pointer: "/idNumber" }],
    });
    expect((await call({ employerUscc: OTHER_EMPLOYER })).body).toMatchObject({
      code: "CASE_HAS_VISITS",
      errors: [{ pointer: "/employerUscc" }],
    });
    const stated = await state(caseNo);
    expect(stated.body.version).toBe(before + 1);
    expect(stated.body.employerUscc).toBe(EMPLOYER);
  });

  test("cases whose employer was corrected, and back again, come back by their first statements as the corrections left them", async () => {
    await loseRegistry(service);
    await stateRegistry(service);
    await stateEmployers(service, [OTHER_EMPLOYER]);
    const correct = (caseNo: string, employerUscc: string) =>
      service.must("correct-employer", {
        key: `${caseNo}-${employerUscc}`,
        params: { caseNo },
        body: { employerUscc, reason: "已核对劳动合同" },
      });
    const once = async () => {
      await state("GS-MOVED-1", { status: "APPLIED" });
      await state("GS-MOVED-1");
      if ((await visitsOf("GS-MOVED-1")) === 0) await openVisit(service, { caseNo: "GS-MOVED-1" });
      await correct("GS-MOVED-1", OTHER_EMPLOYER);
      await state("GS-MOVED-2");
      if ((await visitsOf("GS-MOVED-2")) === 0) await openVisit(service, { caseNo: "GS-MOVED-2" });
      await correct("GS-MOVED-2", OTHER_EMPLOYER);
      await state("GS-MOVED-2", { employerUscc: OTHER_EMPLOYER, thirdPartyLiability: true });
      await correct("GS-MOVED-2", EMPLOYER);
      await state("GS-MOVED-3");
      await correct("GS-MOVED-3", OTHER_EMPLOYER);
    };
    const visits = new Map<string, number>();
    const visitsOf = async (caseNo: string) => {
      const count = visits.get(caseNo) ?? 0;
      visits.set(caseNo, count + 1);
      return count;
    };
    const read = async () =>
      Promise.all(
        ["GS-MOVED-1", "GS-MOVED-2", "GS-MOVED-3"].map(async (caseNo) => {
          const {
            version: _counts,
            statedAt: _when,
            ...injuryCase
          } = (await service.must("get-case", { params: { caseNo } })).body;
          return injuryCase;
        }),
      );
    await once();
    const before = await read();
    expect(before.map(({ employerUscc }) => employerUscc)).toEqual([
      OTHER_EMPLOYER,
      EMPLOYER,
      OTHER_EMPLOYER,
    ]);
    await loseRegistry(service);
    await stateRegistry(service);
    await stateEmployers(service, [OTHER_EMPLOYER]);
    await once();
    expect(await read()).toEqual(before);
    expect((await findings()).filter((finding) => finding.includes("GS-MOVED"))).toEqual([]);
  });

  test("no event of a worker or an employer has the id of an earlier one", async () => {
    const say = async () => {
      await service.must("put-employer", {
        params: { uscc: EMPLOYER },
        body: { name: "云渚市试验五金厂", insured: [{ from: "2020-01-01", to: null }] },
      });
      for (const frozen of [false, true, false])
        await service.must("put-worker", { body: { ...workerBody(), frozen } });
    };
    await loseRegistry(service);
    await say();
    await loseRegistry(service);
    await say();
    const events = await readEvents();
    const ids = events.filter(({ type }) => /^(WORKER|EMPLOYER)_/.test(type)).map(({ eventId }) => eventId);
    expect(ids.length).toBeGreaterThanOrEqual(6);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
