import { beforeAll, describe, expect, test } from "vitest";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  ID_NUMBER,
  lineBody,
  openVisit,
  stateRegistry,
  today,
  visitBody,
  workerBody,
} from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { loseRegistry } from "../../support/lose-registry.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const reason = "两人号码登记颠倒，已核对证件";
const OTHER_NUMBER = completeIdNumber("99990119810329112");
const OTHER_CARD = "DEMO900012";
const THIRD_NUMBER = completeIdNumber("99990119810329113");
const THIRD_CARD = "DEMO900013";
const OTHER_CASE = "GS-SWAP-2";

let service: TestService;
let one: string;
let other: string;
const stateWorker = async (idNumber: string, cardNumber: string): Promise<string> =>
  (await service.must("put-worker", { body: { ...workerBody(), idNumber, cardNumber } })).body.workerId;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  one = (await find({ idNumber: ID_NUMBER })).body.workerId;
  other = await stateWorker(OTHER_NUMBER, OTHER_CARD);
  await stateWorker(THIRD_NUMBER, THIRD_CARD);
  await service.must("put-case", {
    params: { caseNo: OTHER_CASE },
    body: caseBody({ idNumber: OTHER_NUMBER }),
  });
});

const find = (body: object) => service.call("find-worker", { body, key: null });
const idOf = async (body: object): Promise<string> => (await find(body)).body.workerId;
const correct = (body: object, key?: string) =>
  service.call("correct-identity", {
    params: { workerId: one },
    body: { reason, ...body },
    ...(key === undefined ? {} : { key }),
  });
const isRegistry = (pk: string): boolean => pk.startsWith("WORKER#") || pk.startsWith("PERSON#");
/** Everything but the trail, which tells of attempts. */
const stored = async () => (await dumpTables(service)).filter(({ pk }) => !String(pk).startsWith("AUDIT"));

describe("numbers that two workers have by mistake", () => {
  test("are refused without naming the other worker, or with one who has none of them, and nothing changes", async () => {
    const before = await stored();
    const refused = async (body: object) => {
      const { status, body: problem } = await correct(body);
      return [status, problem.code];
    };
    expect(await refused({ idNumber: OTHER_NUMBER })).toEqual([409, "ID_NUMBER_TAKEN"]);
    expect(await refused({ idNumber: THIRD_NUMBER, swapWith: other })).toEqual([409, "ID_NUMBER_TAKEN"]);
    const withThirdCard = { idNumber: OTHER_NUMBER, cardNumber: THIRD_CARD, swapWith: other };
    expect(await refused(withThirdCard)).toEqual([409, "CARD_NUMBER_TAKEN"]);
    for (const swapWith of [other, one])
      expect(await refused({ name: "诸葛更正", swapWith })).toEqual([409, "NUMBER_NOT_OF_OTHER"]);
    const nobody = { idNumber: OTHER_NUMBER, swapWith: "W00000000000000000000" };
    expect(await refused(nobody)).toEqual([404, "WORKER_NOT_FOUND"]);
    const naming = { idNumber: OTHER_NUMBER, swapWith: other, reason: `卡 ${OTHER_CARD} 登记颠倒` };
    expect((await correct(naming)).body.errors).toMatchObject([{ code: "REASON_NAMES_PERSON" }]);
    expect(await stored()).toEqual(before);
  });

  test("are swapped in one message; both workers keep id, cases and bed", async () => {
    const stay = await openVisit(service, { visitType: "INPATIENT" });
    const swap = { idNumber: OTHER_NUMBER, cardNumber: OTHER_CARD, swapWith: other.toLowerCase() };
    const swapped = await correct(swap, "swap");
    expect([swapped.status, swapped.body.workerId]).toEqual([201, one]);
    for (const secret of [ID_NUMBER, OTHER_NUMBER, CARD_NUMBER, OTHER_CARD])
      expect(swapped.text).not.toContain(secret);
    expect((await find({ idNumber: OTHER_NUMBER })).body).toMatchObject({
      workerId: one,
      caseNos: [CASE_NO],
    });
    expect((await find({ idNumber: ID_NUMBER })).body).toMatchObject({
      workerId: other,
      caseNos: [OTHER_CASE],
    });
    expect([await idOf({ cardNumber: OTHER_CARD }), await idOf({ cardNumber: CARD_NUMBER })]).toEqual([
      one,
      other,
    ]);
    const overlapping = { visitType: "INPATIENT", idNumber: OTHER_NUMBER };
    const again = await service.call("register-visit", { body: visitBody("SWAP-2", overlapping) });
    expect(again.body.code).toBe("ADMITTED_ELSEWHERE");
    const params = { visitId: stay };
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    await service.must("discharge-worker", { params, body: { dischargedAt: "2026-03-02T10:00:00+08:00" } });
    expect((await service.must("settle-visit", { params })).body.kind).toBe("FINAL");
    const repeated = await correct(swap, "swap");
    expect([repeated.text, repeated.headers["idempotency-replayed"]]).toEqual([swapped.text, "true"]);
  });

  test("are on record with both workers, and without a number", async () => {
    for (const subject of [one, other]) {
      const { items } = (await service.must("list-audit-events", { query: { ...today, subject } })).body;
      const entries = items.filter(
        ({ operation, result }: { operation: string; result: string }) =>
          operation === "correct-identity" && result === "DONE",
      );
      expect(entries).toMatchObject([{ kind: "CHANGE", subject: one, seen: [other], reason }]);
      expect(JSON.stringify(items)).not.toContain(OTHER_NUMBER);
    }
  });

  test("lead to the same workers when the Registry was lost, in whatever order they are stated", async () => {
    for (const isOneFirst of [true, false]) {
      await loseRegistry(service, isRegistry);
      const ofOne = () => stateWorker(OTHER_NUMBER, OTHER_CARD);
      const ofOther = () => stateWorker(ID_NUMBER, CARD_NUMBER);
      const ids = isOneFirst ? [await ofOne(), await ofOther()] : [await ofOther(), await ofOne()].reverse();
      expect(ids).toEqual([one, other]);
    }
  });

  test("are swapped back by another message of the kind, cards alone as well", async () => {
    expect((await correct({ cardNumber: CARD_NUMBER, swapWith: other })).status).toBe(201);
    expect([await idOf({ cardNumber: CARD_NUMBER }), await idOf({ idNumber: ID_NUMBER })]).toEqual([
      one,
      other,
    ]);
    expect((await correct({ idNumber: ID_NUMBER, swapWith: other })).status).toBe(201);
    expect([await idOf({ idNumber: ID_NUMBER }), await idOf({ idNumber: OTHER_NUMBER })]).toEqual([
      one,
      other,
    ]);
    expect(await idOf({ cardNumber: OTHER_CARD })).toBe(other);
  });

  test("go to the worker with the visits where a person was stated twice, and a new person with the wrong one is the duplicate", async () => {
    const right = completeIdNumber("99990119810329114");
    const duplicate = await stateWorker(right, "DEMO900014");
    expect((await correct({ idNumber: right, swapWith: duplicate })).status).toBe(201);
    expect([await idOf({ idNumber: right }), await idOf({ idNumber: ID_NUMBER })]).toEqual([one, duplicate]);
    expect((await find({ idNumber: ID_NUMBER })).body.caseNos).toEqual([]);
    // What a number led to before is not given to anybody by a later correction.
    expect((await correct({ idNumber: completeIdNumber("99990119810329115") })).status).toBe(201);
    expect([one, duplicate, other]).not.toContain(await stateWorker(right, "DEMO900015"));
  });

  test("are swapped once, however many ask at the same time", async () => {
    const mine = completeIdNumber("99990119810329115");
    const asked = Array.from({ length: 4 }, (_, index) =>
      correct({ idNumber: OTHER_NUMBER, swapWith: other }, `race-${index}`),
    );
    const answers = (await Promise.all(asked)).map(({ status, body }) => (status === 201 ? 201 : body.code));
    expect(answers.filter((each) => each === 201)).toHaveLength(1);
    expect(answers.filter((each) => each !== 201 && each !== "BUSY")).toEqual(
      answers.filter((each) => each === "NUMBER_NOT_OF_OTHER"),
    );
    expect([await idOf({ idNumber: OTHER_NUMBER }), await idOf({ idNumber: mine })]).toEqual([one, other]);
  });
});
