import { beforeAll, describe, expect, test } from "vitest";
import { caseBody, stateRegistry, today, visitBody, workerBody } from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

/** Fictional: KAZ and E are followed by no number that was given. */
const people = [
  { idType: "PERMANENT_RESIDENCE_2017", idNumber: "KAZ110090123105", masked: "KAZ***********5" },
  { idType: "PASSPORT", idNumber: "E12345678", masked: "E*******8" },
  { idType: "HK_MACAU_PERMIT", idNumber: "H12345678", masked: "H*******8" },
  { idType: "TAIWAN_PERMIT", idNumber: "12345678", masked: "1******8" },
] as const;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const cardOf = (index: number): string => `DEMO80000${index}`;
const statementOf = (index: number, named: object) => {
  const { cardNumber: _card, ...worker } = { ...workerBody(), ...named };
  return { ...worker, cardNumber: cardOf(index) };
};

describe("whoever has no resident's number is insured all the same", () => {
  test.each(people.map((person, index) => ({ ...person, index })))(
    "$idType: stated, found, checked, treated and looked at by that number, masked",
    async ({ idType, idNumber, masked, index }) => {
      const { must } = service;
      const named = { idType, idNumber };
      const stated = (await must("put-worker", { body: statementOf(index, named) })).body;
      expect(stated).toMatchObject({ idType, idNumber: masked });
      const caseNo = `GS-${idType}`;
      await must("put-case", { params: { caseNo }, body: caseBody(named) });
      const found = (await must("find-worker", { body: named, key: null })).body;
      expect(found).toEqual({ ...stated, caseNos: [caseNo] });
      const check = { ...named, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
      const eligible = (await must("check-eligibility", { body: check })).body;
      expect(eligible).toMatchObject({ route: "DIRECT", worker: { idType, idNumber: masked } });
      const body = visitBody(`ID-${idType}`, { ...named, caseNo });
      const { visitId } = (await must("register-visit", { body })).body;
      const visit = (await must("get-agency-visit", { params: { visitId } })).body;
      expect(visit.workerId).toBe(stated.workerId);
      const shown = await must("get-worker", {
        params: { workerId: stated.workerId },
        query: { reveal: "核对证件材料" },
      });
      expect(shown.body).toMatchObject({ ...named, cardNumber: cardOf(index) });
      const inReason = await service.call("get-worker", {
        params: { workerId: stated.workerId },
        query: { reveal: `核对证件 ${idNumber.toLowerCase()} 的材料` },
      });
      expect(inReason.body.errors).toMatchObject([{ code: "REASON_NAMES_PERSON" }]);
    },
  );

  test("the same number under two types is two persons, each with cases of their own", async () => {
    const { must } = service;
    const [one, other] = [
      { idType: "PASSPORT", idNumber: "87654321" },
      { idType: "TAIWAN_PERMIT", idNumber: "87654321" },
    ];
    const first = (await must("put-worker", { body: statementOf(11, one) })).body.workerId;
    const second = (await must("put-worker", { body: statementOf(12, other) })).body.workerId;
    expect(first).not.toBe(second);
    await must("put-case", { params: { caseNo: "GS-ONE" }, body: caseBody(one) });
    const taken = await service.call("put-case", { params: { caseNo: "GS-ONE" }, body: caseBody(other) });
    expect([taken.status, taken.body.code]).toEqual([409, "CASE_NUMBER_TAKEN"]);
    const check = { ...other, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
    expect((await must("check-eligibility", { body: check })).body.refusals).toMatchObject([
      { code: "NO_CASE" },
    ]);
  });

  test("a permit that was replaced, with its count or without, is the same person's", async () => {
    const { must } = service;
    const stated = async (idNumber: string) =>
      (await must("put-worker", { body: statementOf(13, { idType: "HK_MACAU_PERMIT", idNumber }) })).body;
    const { workerId } = await stated("M1234567800");
    expect((await stated("m1234567801")).workerId).toBe(workerId);
    expect((await stated("Ｍ12345678")).workerId).toBe(workerId);
  });

  test("a number that is none of its type is refused by one fault at the number, and nothing of it is said or kept", async () => {
    for (const [idType, idNumber] of [
      ["PASSPORT", "110105194912310021"],
      ["TAIWAN_PERMIT", "H12345678"],
      ["PERMANENT_RESIDENCE_2017", "KAZ110090123104"],
      [undefined, "E12345678"],
    ]) {
      for (const [id, input] of [
        ["put-worker", { body: statementOf(14, { idType, idNumber }) }],
        ["put-case", { params: { caseNo: "GS-BAD" }, body: caseBody({ idType, idNumber }) }],
        ["find-worker", { body: { idType, idNumber }, key: null }],
        [
          "check-eligibility",
          { body: { idType, idNumber, visitType: "OUTPATIENT", serviceDate: today.from } },
        ],
        ["register-visit", { body: visitBody("BAD", { idType, idNumber }) }],
      ] as const) {
        const { status, body, text } = await service.call(id, input);
        expect([id, status]).toEqual([id, 422]);
        expect(body.errors).toMatchObject([{ pointer: "/idNumber", code: "ID_NUMBER_INVALID" }]);
        expect(text + service.logLines.join("")).not.toContain(idNumber);
      }
    }
  });
});
