import { beforeAll, describe, expect, test } from "vitest";
import { itemBody, lineBody, openVisit, stateRegistry, today, visitBody } from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

async function openVisitWithLines(): Promise<{ visitId: string }> {
  const visitId = await openVisit(service);
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  return { visitId };
}

const totalOf = async (): Promise<string> => {
  const query = { ...today, groupBy: "month" };
  return (await service.must("summarise-settlements", { query })).body.totals.total;
};

describe("a message", () => {
  test("sent again gets the first answer byte for byte, and says so", async () => {
    const params = await openVisitWithLines();
    const first = await service.must("settle-visit", { params, key: "again-1" });
    const before = await totalOf();
    const second = await service.must("settle-visit", { params, key: "again-1" });
    expect(second.text).toBe(first.text);
    expect(second.status).toBe(first.status);
    expect([first, second].map(({ headers }) => headers["idempotency-replayed"])).toEqual([
      undefined,
      "true",
    ]);
    expect(await totalOf()).toBe(before);
  });

  test("keeps its answer although the visit has moved on since", async () => {
    const visitId = await openVisit(service);
    const upload = { params: { visitId }, body: { lines: [lineBody("1")] }, key: "moved-on" };
    const first = await service.must("upload-charges", upload);
    await service.must("settle-visit", { params: { visitId } });
    expect((await service.must("upload-charges", upload)).text).toBe(first.text);
  });

  test("with the keys of its objects in another order is the same message", async () => {
    const body = visitBody("ORDER-1");
    const reordered = Object.fromEntries(Object.entries(body).reverse());
    const first = await service.must("register-visit", { body, key: "order" });
    expect((await service.must("register-visit", { body: reordered, key: "order" })).text).toBe(first.text);
  });

  test("with other content under a used key is refused and changes nothing", async () => {
    const { visitId } = await openVisitWithLines();
    const upload = (amount: string) =>
      service.call("upload-charges", {
        params: { visitId },
        key: "reused",
        body: { lines: [lineBody("2", { quantity: "1", unitPrice: amount, amount })] },
      });
    expect((await upload("5.00")).status).toBe(201);
    const reused = await upload("6.00");
    expect([reused.status, reused.body.code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
    expect((await service.must("get-visit", { params: { visitId } })).body.lineCount).toBe(2);
  });

  test("that was refused leaves its key free for the mended one", async () => {
    const visitId = await openVisit(service);
    const settle = () => service.call("settle-visit", { params: { visitId }, key: "mended" });
    expect((await settle()).body.code).toBe("NOTHING_TO_SETTLE");
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
    expect((await settle()).status).toBe(201);
  });

  test("belongs to its institution: two hospitals may use the same key", async () => {
    const answers = [HOSPITAL, OTHER_HOSPITAL].map((institution) =>
      service.must("register-visit", {
        institution,
        key: "shared",
        body: visitBody(`SHARED-${institution}`),
      }),
    );
    const ids = (await Promise.all(answers)).map(({ body }) => body.visitId);
    expect(new Set(ids).size).toBe(2);
  });

  test("posted fifty times at once has one effect and one answer", async () => {
    const params = await openVisitWithLines();
    const posts = Array.from({ length: 50 }, () => service.must("settle-visit", { params, key: "fifty" }));
    const answers = await Promise.all(posts);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).toHaveLength(1);
  });

  test("too large for one transaction is applied once, in parts, and answered the same", async () => {
    const items = Array.from({ length: 250 }, (_, index) => itemBody(`LARGE-${index}`));
    const posts = Array.from({ length: 4 }, () =>
      service.must("import-catalogue", { body: { items }, key: "large" }),
    );
    const texts = (await Promise.all(posts)).map(({ text }) => text);
    expect(new Set(texts).size).toBe(1);
    const other = await service.call("import-catalogue", { body: { items: items.slice(1) }, key: "large" });
    expect(other.body.code).toBe("IDEMPOTENCY_KEY_REUSED");
  });
});

describe("many clients", () => {
  test("a hundred of them, a hundred posts each of one key: one effect, one answer", async () => {
    const params = await openVisitWithLines();
    const before = Number(await totalOf());
    const texts = new Set<string>();
    let firsts = 0;
    const client = async (): Promise<void> => {
      for (let post = 0; post < 100; post += 1) {
        const answer = await service.must("settle-visit", { params, key: "hundred" });
        texts.add(answer.text);
        if (answer.headers["idempotency-replayed"] === undefined) firsts += 1;
      }
    };
    await Promise.all(Array.from({ length: 100 }, client));
    expect([texts.size, firsts]).toEqual([1, 1]);
    expect(Number(await totalOf()) - before).toBeCloseTo(23, 2);
  }, 900_000);

  test("sixteen of them on keys of their own, on visits of their own and one in common: no conflict is seen", async () => {
    const shared = await openVisit(service);
    const client = async (_: unknown, name: number): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        const visitId = await openVisit(service);
        const lines = [lineBody(`${name}-${round}`)];
        await service.must("upload-charges", { params: { visitId }, body: { lines } });
        await service.must("settle-visit", { params: { visitId } });
        await service.must("upload-charges", { params: { visitId: shared }, body: { lines } });
      }
    };
    await Promise.all(Array.from({ length: 16 }, client));
    const { body } = await service.must("settle-visit", { params: { visitId: shared } });
    expect(body.lineCount).toBe(160);
  });
});

describe("at once", () => {
  test("two settlements of one visit under two keys: one settles, the other is told so", async () => {
    const params = await openVisitWithLines();
    const before = Number(await totalOf());
    const answers = await Promise.all(
      ["race-a", "race-b"].map((key) => service.call("settle-visit", { params, key })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("VISIT_SETTLED");
    expect(Number(await totalOf()) - before).toBeCloseTo(23, 2);
  });

  test("sixteen uploads to one visit all succeed and all their lines are there", async () => {
    const visitId = await openVisit(service);
    const uploads = Array.from({ length: 16 }, (_, index) =>
      service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody(`L${index}`)] } }),
    );
    await Promise.all(uploads);
    expect((await service.must("get-visit", { params: { visitId } })).body.lineCount).toBe(16);
  });

  test("an upload and a settlement: the settlement has the line, or the upload is refused", async () => {
    const params = await openVisitWithLines();
    const [upload, settlement] = await Promise.all([
      service.call("upload-charges", { params, body: { lines: [lineBody("2")] } }),
      service.must("settle-visit", { params }),
    ]);
    expect(settlement.body.lineCount).toBe(upload.status === 201 ? 2 : 1);
    if (upload.status !== 201) expect(upload.body.code).toBe("VISIT_SETTLED");
  });

  test("one worker's stays at two hospitals: one bed, the other hospital is told", async () => {
    const stays = [HOSPITAL, OTHER_HOSPITAL].map((institution) =>
      service.call("register-visit", {
        institution,
        body: visitBody(`STAY-${institution}`, { visitType: "INPATIENT" }),
      }),
    );
    const answers = await Promise.all(stays);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("ADMITTED_ELSEWHERE");
  });
});
