import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import {
  CASE_NO,
  ID_NUMBER,
  lineBody,
  openVisit,
  stateRegistry,
  visitBody,
} from "../../support/demo-case.ts";
import { type CallInput, HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

let keys = 0;
const newKey = (): string => {
  keys += 1;
  return `equal-${keys}`;
};

/** Sends each under one key; all must be answered like the first. */
async function areOne(operationId: string, inputs: readonly CallInput[]): Promise<void> {
  const key = newKey();
  const answers = [];
  for (const input of inputs) answers.push(await service.call(operationId, { ...input, key }));
  const [first] = answers;
  expect(first?.status).toBeLessThan(300);
  expect(answers.map(({ text }) => text)).toEqual(answers.map(() => first?.text));
  const replayed = answers.slice(1).map(({ headers }) => headers["idempotency-replayed"]);
  expect(replayed).toEqual(replayed.map(() => "true"));
}

async function billed(overrides: object = {}): Promise<{ visitId: string }> {
  const params = { visitId: await openVisit(service, overrides) };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  return params;
}

const linesWith = (overrides: object) => ({ lines: [lineBody("1", overrides)] });
const product = { quantity: "1", unitPrice: "10.00", amount: "10.00" };

describe("messages that say the same are one message:", () => {
  test("a settlement without a body, with an empty one, and with its default", async () => {
    const params = await billed();
    await areOne("settle-visit", [{ params }, { params, body: {} }, { params, body: { kind: "FINAL" } }]);
  });

  test("a cancellation without a body and with an empty one", async () => {
    const params = { visitId: await openVisit(service) };
    await areOne("cancel-visit", [{ params }, { params, body: {} }]);
  });

  test.each([
    ["texts and numbers", [{}, { quantity: 1 }, { unitPrice: 10, amount: 10 }]],
    ["zeros behind", [{}, { amount: "10" }, { unitPrice: "10", quantity: "1.0000" }, { amount: "10.0000" }]],
    ["one instant", ["09:00:00+08:00", "01:00:00Z", "01:00:00.000z", "02:00+01:00"]],
    ["what holds if absent", [{}, { injuryRelated: true }, { restrictionMet: false }]],
    [
      "widths, letter cases and blanks",
      [{}, { itemCode: " ａ1" }, { name: " 试验项目\u3000" }, { lineNo: "１" }],
    ],
  ])("lines in other words, by %s", async (_what, ways) => {
    const params = { visitId: await openVisit(service) };
    const bodies = ways.map((way) =>
      linesWith({ ...product, ...(typeof way === "string" ? { serviceAt: `2026-03-01T${way}` } : way) }),
    );
    await areOne(
      "upload-charges",
      bodies.map((body) => ({ params, body })),
    );
  });

  test("a registration by the same number, however it is written, in the same words", async () => {
    const body = visitBody("EQUAL-1");
    const wide = ID_NUMBER.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    await areOne("register-visit", [
      { body },
      { body: { ...body, idNumber: ` ${wide}` } },
      { body: { ...body, idType: "RESIDENT_ID", caseNo: CASE_NO.toLowerCase() } },
      { body: { ...body, admittedAt: "2026-03-01T00:00:00Z", department: "骨科 " } },
    ]);
  });

  test("a path in small letters", async () => {
    const params = await billed();
    await areOne("settle-visit", [{ params }, { params: { visitId: params.visitId.toLowerCase() } }]);
  });
});

describe("messages that say something else are none:", () => {
  test.each([
    ["amounts", { quantity: "1", unitPrice: "10.01", amount: "10.01" }],
    ["instants", { serviceAt: "2026-03-01T09:00:01+08:00" }],
    ["what does not hold if absent", { injuryRelated: false }],
    ["letter case that counts", { lineNo: "A" }],
  ])("%s", async (_what, way) => {
    const params = { visitId: await openVisit(service) };
    const key = newKey();
    await service.must("upload-charges", { params, key, body: linesWith({ ...product, lineNo: "a" }) });
    const other = await service.call("upload-charges", {
      params,
      key,
      body: linesWith({ ...product, lineNo: "a", ...way }),
    });
    expect(other.body.code).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  test("another kind of settlement", async () => {
    const params = await billed({ visitType: "INPATIENT" });
    const key = newKey();
    await service.must("settle-visit", { params, key, body: { kind: "INTERIM" } });
    expect((await service.call("settle-visit", { params, key })).body.code).toBe("IDEMPOTENCY_KEY_REUSED");
    await service.must("cancel-message", { params: { key } });
    await service.must("cancel-visit", { params });
  });
});

test("a message that an earlier release recorded is known again when the same is sent", async () => {
  const params = await billed();
  const key = newKey();
  const body = {};
  const first = await service.must("settle-visit", { params, key, body });
  const store = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: service.endpoint, region: "local" }),
  );
  const Key = { pk: `MESSAGE#${HOSPITAL}#${key}`, sk: "MESSAGE" };
  const { Item } = await store.send(new GetCommand({ TableName: service.ledgerTable, Key }));
  expect(Item?.sentHash).not.toBe(Item?.contentHash);
  await store.send(
    new UpdateCommand({
      TableName: service.ledgerTable,
      Key,
      UpdateExpression: "SET contentHash = sentHash REMOVE sentHash",
    }),
  );
  expect((await service.must("settle-visit", { params, key, body })).text).toBe(first.text);
  const other = await service.call("settle-visit", { params, key, body: { kind: "INTERIM" } });
  expect(other.body.code).toBe("IDEMPOTENCY_KEY_REUSED");
});
