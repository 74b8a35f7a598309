import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CASE_NO, caseBody, lineBody, openVisit, stateRegistry, visitBody } from "../../support/demo-case.ts";
import { OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

interface Listed {
  readonly [field: string]: unknown;
}

/** All pages of a list, with something done between each two. */
async function readAll(
  operationId: string,
  params: Record<string, string>,
  between: (page: number) => Promise<void>,
): Promise<Listed[]> {
  const items: Listed[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const query = { limit: "2", ...(cursor === null ? {} : { cursor }) };
    const { body } = await service.must(operationId, { params, query });
    items.push(...body.items);
    cursor = body.nextCursor;
    if (cursor !== null) await between(page);
  }
  return items;
}

const post = (visitId: string, lineNos: readonly string[], key?: string) =>
  service.must("upload-charges", {
    params: { visitId },
    body: { lines: lineNos.map((lineNo) => lineBody(lineNo)) },
    ...(key === undefined ? {} : { key }),
  });
const revoke = (visitId: string, lineNos: readonly string[], key = crypto.randomUUID()) =>
  service.must("revoke-charges", { params: { visitId }, body: { lineNos }, key });

describe("the lines of a visit", () => {
  test("A B C D: A is revoked after A B were seen, and the next page begins with C", async () => {
    const visitId = await openVisit(service);
    await post(visitId, ["A", "B", "C", "D"]);
    const seen = await readAll("list-charges", { visitId }, async () => {
      await revoke(visitId, ["A"]);
    });
    expect(seen.map(({ lineNo }) => lineNo)).toEqual(["A", "B", "C", "D"]);
  });

  test("are seen once, also where a revocation is cancelled in between", async () => {
    const visitId = await openVisit(service);
    await post(visitId, ["A", "B", "C", "D", "E"]);
    const key = crypto.randomUUID();
    await revoke(visitId, ["A", "E"], key);
    const seen = await readAll("list-charges", { visitId }, async (page) => {
      if (page === 0) await post(visitId, ["F", "G"]);
      else if (page === 1) await service.must("cancel-message", { params: { key } });
    });
    expect(seen.map(({ lineNo }) => lineNo)).toEqual(["B", "C", "D", "F", "G"]);
    const after = await readAll("list-charges", { visitId }, () => Promise.resolve());
    expect(after.map(({ lineNo }) => lineNo)).toEqual(["A", "B", "C", "D", "E", "F", "G"]);
  });

  test("whatever is posted, revoked and restored between two pages, are each seen once that stood all along", async () => {
    const deed = fc.tuple(fc.constantFrom("POST", "REVOKE", "RESTORE"), fc.nat(50));
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 8 }), async (deeds) => {
        const visitId = await openVisit(service);
        const standing = new Set(["L1", "L2", "L3", "L4", "L5", "L6"]);
        const always = new Set(standing);
        const revocations: { readonly key: string; readonly lineNo: string }[] = [];
        let posted = standing.size;
        await post(visitId, [...standing]);
        const seen = await readAll("list-charges", { visitId }, async (page) => {
          const [kind, pick] = deeds[page] ?? ["NONE", 0];
          const lineNo = [...standing][pick % Math.max(1, standing.size)];
          const last = revocations.pop();
          if (kind === "RESTORE" && last !== undefined) {
            await service.must("cancel-message", { params: { key: last.key } });
            standing.add(last.lineNo);
          } else if (kind === "REVOKE" && lineNo !== undefined) {
            const key = crypto.randomUUID();
            await revoke(visitId, [lineNo], key);
            standing.delete(lineNo);
            always.delete(lineNo);
            revocations.push({ key, lineNo });
          } else if (kind === "POST") {
            posted += 1;
            await post(visitId, [`L${posted}`]);
            standing.add(`L${posted}`);
          }
        });
        const lineNos = seen.map(({ lineNo }) => String(lineNo));
        expect(new Set(lineNos).size).toBe(lineNos.length);
        expect([...always].filter((lineNo) => !lineNos.includes(lineNo))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test("of one visit are not gone on with from another's place", async () => {
    const [one, other] = [await openVisit(service), await openVisit(service)];
    for (const visitId of [one, other]) await post(visitId, ["A", "B", "C"]);
    const { body } = await service.must("list-charges", { params: { visitId: one }, query: { limit: "1" } });
    const query = { cursor: body.nextCursor };
    expect((await service.call("list-charges", { params: { visitId: other }, query })).body.code).toBe(
      "CURSOR_INVALID",
    );
  });
});

describe("deferred claims", () => {
  test("are each seen once although others are settled and deferred between two pages", async () => {
    await service.must("put-case", { params: { caseNo: "GS-WAIT" }, body: caseBody({ status: "ACCEPTED" }) });
    const defer = async (): Promise<string> => {
      const visitId = await openVisit(service, { caseNo: "GS-WAIT" });
      await post(visitId, ["1"]);
      await service.must("settle-visit", { params: { visitId }, body: {} });
      return visitId;
    };
    const waiting = [];
    for (let count = 0; count < 7; count += 1) waiting.push(await defer());
    let first: string | undefined;
    const seen = await readAll("list-deferred-claims", {}, async (page) => {
      if (page !== 0) return void (await defer());
      const { body } = await service.must("list-deferred-claims", { query: { limit: "1" } });
      first = String(body.items[0].visitId);
      await service.must("reverse-settlement", {
        params: { settlementId: `${first}-1` },
        body: { reason: "票据有误" },
      });
    });
    const visitIds = seen.map(({ visitId }) => String(visitId));
    expect(new Set(visitIds).size).toBe(visitIds.length);
    expect(waiting.filter((visitId) => !visitIds.includes(visitId))).toEqual([]);
    expect(visitIds).toContain(first);
  });
});

describe("a hospital that registers the same number again", () => {
  test("learns which visit has it, before anything else that would be refused", async () => {
    const body = visitBody("TWICE-1", { visitType: "INPATIENT" });
    const first = await service.must("register-visit", { body });
    const ways = [
      body,
      { ...body, hospitalVisitNo: "ＴＷＩＣＥ-1 " },
      { ...body, caseNo: "GS-NO-SUCH-CASE" },
      { ...body, admittedAt: "2027-03-01T08:00:00+08:00" },
      { ...body, idNumber: "11010519491231002X" },
    ];
    for (const way of ways) {
      const { status, body: problem } = await service.call("register-visit", { body: way });
      expect([status, problem.code, problem.visitId]).toEqual([
        409,
        "VISIT_NUMBER_TAKEN",
        first.body.visitId,
      ]);
    }
    const elsewhere = await service.call("register-visit", { institution: OTHER_HOSPITAL, body });
    expect([elsewhere.body.code, elsewhere.body.visitId]).toEqual(["ADMITTED_ELSEWHERE", undefined]);
    await service.must("cancel-visit", { params: { visitId: first.body.visitId } });
    const again = await service.must("register-visit", { body: { ...body, caseNo: CASE_NO } });
    await service.must("cancel-visit", { params: { visitId: again.body.visitId } });
  });

  test("at the same moment learns of the one visit that came to be", async () => {
    const body = visitBody("TWICE-2");
    const answers = await Promise.all([1, 2, 3].map(() => service.call("register-visit", { body })));
    const made = answers.filter(({ status }) => status === 201).map((answer) => answer.body.visitId);
    const told = answers.filter(({ status }) => status === 409).map((answer) => answer.body.visitId);
    expect([made.length, told]).toEqual([1, [made[0], made[0]]]);
  });
});
