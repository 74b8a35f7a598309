import { beforeAll, describe, expect, test } from "vitest";
import { audiences } from "../../../infra/aws/audiences.ts";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import { beforeEachCall } from "../../support/before-each-call.ts";
import {
  BANK_ACCOUNT,
  CARD_NUMBER,
  CASE_NO,
  ID_NUMBER,
  NAME,
  PHONE,
  stateRegistry,
  today,
  workerBody,
} from "../../support/demo-case.ts";
import { makeHandlers } from "../../support/handlers.ts";
import { makeCall, makeGrantedServices, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let workerId: string;
/** They lead on to the cases, and those to the visits. */
const caseNos = [CASE_NO];
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  workerId = (await service.must("put-worker", { body: workerBody() })).body.workerId;
});

const read = (query: Record<string, string> = {}, id = workerId) =>
  service.call("get-worker", { params: { workerId: id }, query });

describe("a worker", () => {
  test("is shown masked", async () => {
    const { body, text } = await read();
    const masked = { idType: "RESIDENT_ID", idNumber: "999901***********4" };
    expect(body).toEqual({ workerId, name: "诸**", ...masked, frozen: false, caseNos });
    for (const secret of [NAME, ID_NUMBER, CARD_NUMBER, PHONE, BANK_ACCOUNT])
      expect(text).not.toContain(secret);
  });

  test("is shown by name to an agency that gives a reason, which the log does not repeat", async () => {
    const { body } = await read({ reveal: "核对申请材料" });
    expect(body).toEqual({ workerId, caseNos, idType: "RESIDENT_ID", ...workerBody() });
    const revealed = service.logLines.filter((line) => line.includes("PERSON_REVEALED"));
    expect(revealed.at(-1)).toContain(workerId);
    for (const secret of [NAME, ID_NUMBER, "核对申请材料"]) expect(revealed.join("")).not.toContain(secret);
  });

  test("has no telephone number and no account any more once it was stated without them", async () => {
    const reveal = "核对联系方式";
    const { phone, bankAccount, ...named } = workerBody();
    await service.must("put-worker", { body: named });
    expect((await read({ reveal })).body).toEqual({ workerId, caseNos, idType: "RESIDENT_ID", ...named });
    await service.must("put-worker", { body: { ...named, phone, bankAccount } });
    expect((await read({ reveal })).body).toMatchObject({ phone, bankAccount });
  });

  test("stated twice at once for the first time is one worker, in whatever order the two read and write", async () => {
    const idNumber = completeIdNumber("99990119810329777");
    const body = { ...workerBody(), idNumber, cardNumber: "DEMO777777" };
    const services = makeGrantedServices(audiences.agency.tables);
    let reads = 0;
    let other: unknown;
    beforeEachCall(services.db, async ({ input }) => {
      if (input.includes("PERSON#")) reads += 1;
      // The other statement comes whole between this one's reading of the ID number and of the card.
      if (reads === 2 && other === undefined)
        other = (await service.must("put-worker", { body })).body.workerId;
    });
    const { call } = makeCall(makeHandlers(services));
    const stated = await call("put-worker", { body });
    expect([stated.status, stated.body.workerId]).toEqual([201, other]);
  });

  test("is refused with a telephone number or an account that is none, and stays as it was", async () => {
    const body = { ...workerBody(), phone: "call me", bankAccount: "1" };
    const { status, body: refused } = await service.call("put-worker", { body });
    expect(status).toBe(422);
    expect(refused.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/phone",
      "/bankAccount",
    ]);
    expect((await read({ reveal: "核对联系方式" })).body).toEqual({
      workerId,
      caseNos,
      idType: "RESIDENT_ID",
      ...workerBody(),
    });
  });

  test("needs a reason that is one, and is nobody else's to see", async () => {
    expect((await read({ reveal: "    " })).body.errors).toMatchObject([{ code: "TEXT_BLANK" }]);
    for (const reveal of ["", "x", "123 4567", "a.b.c.", "\u3000查 看\t"]) {
      expect((await read({ reveal })).body.errors).toContainEqual(
        expect.objectContaining({ pointer: "#query/reveal", code: "REASON_WITHOUT_WORDS" }),
      );
    }
    const asHospital = { params: { workerId }, role: "hospital", query: { reveal: "核对申请材料" } };
    expect((await service.call("get-worker", asHospital)).status).toBe(403);
    const unknown = await read({}, "W00000000000000000000");
    expect([unknown.status, unknown.body.code]).toEqual([404, "WORKER_NOT_FOUND"]);
  });

  test("that was asked for in vain is on record by its id, whoever asked and whether there is one or not", async () => {
    const missing = "W00000000000000000001";
    await read({}, missing);
    await service.call("get-worker", { params: { workerId: missing }, role: "hospital" });
    const query = { ...today, subject: missing };
    const { items } = (await service.must("list-audit-events", { query })).body;
    const refused = { kind: "REFUSED", operation: "get-worker", subject: missing };
    expect(items).toMatchObject([
      { ...refused, role: "agency", result: "WORKER_NOT_FOUND" },
      { ...refused, role: "hospital", result: "FORBIDDEN" },
    ]);
  });

  test("is not named in the reason: nothing is shown, and only the refusal is on record", async () => {
    const reasons = [
      `核对${NAME}的材料`,
      `核对诸 葛 试 验的材料`,
      `核对申请材料 ${CARD_NUMBER.toLowerCase()}`,
      `核对电话０００－００００ ０００１`,
      `核对账户 ${BANK_ACCOUNT}`,
    ];
    for (const reveal of reasons) {
      const { status, body, text } = await read({ reveal });
      expect([status, body.code]).toEqual([422, "INPUT_INVALID"]);
      expect(body.errors).toMatchObject([{ pointer: "#query/reveal", code: "REASON_NAMES_PERSON" }]);
      for (const secret of [NAME, ID_NUMBER, CARD_NUMBER, PHONE, BANK_ACCOUNT])
        expect(text).not.toContain(secret);
    }
    const withNumber = await read({ reveal: `核对${ID_NUMBER.toLowerCase()}的材料` });
    expect(withNumber.body.errors).toMatchObject([
      { pointer: "#query/reveal", code: "LOOKS_LIKE_ID_NUMBER" },
    ]);
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: workerId } }))
      .body;
    const refused = items.filter(
      ({ kind, role }: { kind: string; role: string }) => kind === "REFUSED" && role === "agency",
    );
    expect(refused).toHaveLength(reasons.length);
    for (const entry of refused) {
      expect(entry).toMatchObject({
        operation: "get-worker",
        who: "demo-agency",
        result: "INPUT_INVALID",
      });
      expect(entry).not.toHaveProperty("reason");
    }
    const trail = items.map(({ reason }: { reason?: string }) => reason ?? "").join("\n");
    for (const reveal of reasons) expect(trail).not.toContain(reveal);
  });

  test("is shown for a reason without the blanks around it", async () => {
    await read({ reveal: "  核对工伤档案\u3000" });
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: workerId } }))
      .body;
    expect(items.at(-1)).toMatchObject({ kind: "READ", result: "DONE", reason: "核对工伤档案" });
  });

  test("with a new card is found by it, and no longer by the old one", async () => {
    const state = (cardNumber: string) =>
      service.must("put-worker", { body: { idNumber: ID_NUMBER, cardNumber, name: NAME, frozen: false } });
    const route = async (cardNumber: string) => {
      const body = { cardNumber, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
      return (await service.must("check-eligibility", { body })).body.route;
    };
    expect((await state("DEMO000002")).body.workerId).toBe(workerId);
    expect([await route("DEMO000002"), await route(CARD_NUMBER)]).toEqual(["DIRECT", "NONE"]);
    await state(CARD_NUMBER);
    expect([await route("DEMO000002"), await route(CARD_NUMBER)]).toEqual(["NONE", "DIRECT"]);
  });
});
