import { beforeAll, describe, expect, test } from "vitest";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import {
  CARD_NUMBER,
  CASE_NO,
  ID_NUMBER,
  lineBody,
  NAME,
  openVisit,
  stateRegistry,
  today,
  workerBody,
} from "../../support/demo-case.ts";
import { loseRegistry } from "../../support/lose-registry.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const reason = "录入有误，已核对户口簿";
const RIGHT = completeIdNumber("99990119810329111");
const OTHER_CARD = "DEMO900002";

let service: TestService;
let workerId: string;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  workerId = await idOf({ idNumber: ID_NUMBER });
});

const find = (body: object) => service.call("find-worker", { body, key: null });
const idOf = async (body: object): Promise<string> => (await find(body)).body.workerId;
const correct = (body: object, id = workerId, key?: string) =>
  service.call("correct-identity", {
    params: { workerId: id },
    body: { reason, ...body },
    ...(key === undefined ? {} : { key }),
  });
const revealed = async (id = workerId) =>
  (await service.must("get-worker", { params: { workerId: id }, query: { reveal: "核对登记材料" } })).body;
const state = (overrides: object, key?: string) =>
  service.must("put-worker", {
    body: { ...workerBody(), ...overrides },
    ...(key === undefined ? {} : { key }),
  });

describe("a number that was stated wrong is corrected by the agency:", () => {
  test("the worker stays the same, with card, bed, cases and visits; the old number finds nobody", async () => {
    const stay = await openVisit(service, { visitType: "INPATIENT" });
    const corrected = await correct({ idNumber: RIGHT }, workerId, "correction");
    expect(corrected.status).toBe(201);
    expect(corrected.body).toMatchObject({
      workerId,
      idType: "RESIDENT_ID",
      idNumber: `999901***********${RIGHT.at(-1)}`,
    });
    for (const secret of [ID_NUMBER, RIGHT, CARD_NUMBER, NAME]) expect(corrected.text).not.toContain(secret);
    expect((await find({ idNumber: ID_NUMBER })).status).toBe(404);
    expect((await find({ idNumber: RIGHT })).body).toMatchObject({ workerId, caseNos: [CASE_NO] });
    expect(await idOf({ cardNumber: CARD_NUMBER })).toBe(workerId);
    expect(await revealed()).toMatchObject({ ...workerBody(), idNumber: RIGHT });
    const elsewhere = await service.call("register-visit", {
      institution: OTHER_HOSPITAL,
      body: {
        ...{ hospitalVisitNo: "ELSEWHERE", visitType: "INPATIENT", idNumber: RIGHT, caseNo: CASE_NO },
        ...{ admittedAt: "2026-03-02T08:00:00+08:00", department: "骨科" },
        diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
      },
    });
    expect(elsewhere.body.code).toBe("ADMITTED_ELSEWHERE");
    const params = { visitId: stay };
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    await service.must("discharge-worker", { params, body: { dischargedAt: "2026-03-02T10:00:00+08:00" } });
    await service.must("settle-visit", { params });
    const again = await correct({ idNumber: RIGHT }, workerId, "correction");
    expect([again.text, again.headers["idempotency-replayed"]]).toEqual([corrected.text, "true"]);
  });

  test("the reason is on record, and the numbers are not", async () => {
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: workerId } }))
      .body;
    const entries = items.filter(({ operation }: { operation: string }) => operation === "correct-identity");
    expect(entries).toMatchObject([{ kind: "CHANGE", reason, who: "demo-agency", result: "DONE" }]);
    expect(JSON.stringify(items)).not.toContain(RIGHT);
  });

  test("whoever is stated with the old number now is somebody else, also when the Registry was lost", async () => {
    const { workerId: other } = (await state({ cardNumber: OTHER_CARD }, "other")).body;
    expect(other).not.toBe(workerId);
    await loseRegistry(service, (pk) => pk.startsWith("WORKER#") || pk.startsWith("PERSON#"));
    expect((await state({ cardNumber: OTHER_CARD })).body.workerId).toBe(other);
    expect((await state({ idNumber: RIGHT })).body.workerId).toBe(workerId);
    // And in the other order, by the first messages.
    await loseRegistry(service, (pk) => pk.startsWith("WORKER#") || pk.startsWith("PERSON#"));
    expect((await state({ idNumber: RIGHT })).body.workerId).toBe(workerId);
    expect((await state({ cardNumber: OTHER_CARD }, "other")).body.workerId).toBe(other);
    expect(await idOf({ idNumber: RIGHT })).toBe(workerId);
    expect(await idOf({ idNumber: ID_NUMBER })).toBe(other);
  });

  test("a number or a card of another worker is refused, without naming anyone, and changes nothing", async () => {
    const before = await revealed();
    const byNumber = await correct({ idNumber: ID_NUMBER });
    expect([byNumber.status, byNumber.body.code]).toEqual([409, "ID_NUMBER_TAKEN"]);
    expect(byNumber.body.errors).toMatchObject([{ pointer: "/idNumber" }]);
    const byCard = await correct({ cardNumber: OTHER_CARD });
    expect([byCard.status, byCard.body.code]).toEqual([409, "CARD_NUMBER_TAKEN"]);
    for (const { text } of [byNumber, byCard])
      for (const secret of [ID_NUMBER, RIGHT, CARD_NUMBER, OTHER_CARD, NAME])
        expect(text).not.toContain(secret);
    expect(await revealed()).toEqual(before);
  });

  test("a card that was replaced finds nobody any more, and the new one does", async () => {
    expect((await correct({ cardNumber: "DEMO900003" })).status).toBe(201);
    expect(await idOf({ cardNumber: "DEMO900003" })).toBe(workerId);
    expect((await find({ cardNumber: CARD_NUMBER })).status).toBe(404);
  });

  test("a name and a type with its number are corrected alike", async () => {
    expect((await correct({ name: "诸葛更正", idType: "PASSPORT", idNumber: "e12345678" })).status).toBe(201);
    expect(await revealed()).toMatchObject({ name: "诸葛更正", idType: "PASSPORT", idNumber: "E12345678" });
    expect((await correct({ idNumber: RIGHT })).status).toBe(201);
    expect(await revealed()).toMatchObject({ idType: "RESIDENT_ID", idNumber: RIGHT });
    expect((await find({ idType: "PASSPORT", idNumber: "E12345678" })).status).toBe(404);
  });

  test("what is wrong with a correction is named at its place", async () => {
    const faults = async (body: object) =>
      (await correct(body)).body.errors.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      );
    expect(await faults({})).toEqual(["/idNumber NOTHING_TO_CORRECT"]);
    expect(await faults({ idNumber: "1" })).toEqual(["/idNumber ID_NUMBER_INVALID"]);
    expect(await faults({ idType: "PASSPORT", cardNumber: "DEMO900004" })).toEqual([
      "/idType ID_TYPE_OF_NO_NUMBER",
    ]);
    expect(await faults({ cardNumber: "DEMO900004", reason: "1" })).toEqual(["/reason REASON_WITHOUT_WORDS"]);
    expect(await faults({ cardNumber: "DEMO900004", reason: `更正${ID_NUMBER}的社保卡号` })).toEqual([
      "/reason LOOKS_LIKE_ID_NUMBER",
    ]);
    expect(await faults({ cardNumber: "DEMO900004", reason: "更正为 demo900004 号卡" })).toEqual([
      "/reason REASON_NAMES_PERSON",
    ]);
    expect((await correct({ name: "诸葛试验" }, "W00000000000000000000")).body.code).toBe("WORKER_NOT_FOUND");
    expect(
      (
        await service.call("correct-identity", {
          params: { workerId },
          body: { name: "诸葛试验", reason },
          role: "hospital",
        })
      ).status,
    ).toBe(403);
  });
});
