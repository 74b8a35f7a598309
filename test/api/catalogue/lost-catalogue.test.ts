import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { itemBody, stateRegistry } from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { loseRegistry } from "../../support/lose-registry.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let number = 0;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const terms = itemBody("").periods[0];
const periodOf = (from: string, cap: string, to: string | null = null) => ({
  ...{ ...terms, from, to },
  caps: { "1": cap, "2": cap, "3": cap },
});
const newCode = (): string => {
  number += 1;
  return `LOST.${number}`;
};

/** A message of the agency under a key of its own, which it keeps when it is sent again. */
interface Sent {
  readonly operationId: "import-catalogue" | "remove-catalogue-period";
  readonly input: { readonly key: string; readonly params?: Record<string, string>; readonly body: object };
}
const newKey = (): string => {
  number += 1;
  return `catalogue-${number}`;
};
const stating = (items: readonly object[]): Sent => ({
  operationId: "import-catalogue",
  input: { key: newKey(), body: { items } },
});
const stateOf = (itemCode: string, ...periods: object[]): Sent =>
  stating([{ ...itemBody(itemCode), periods }]);
const removal = (itemCode: string, from: string): Sent => ({
  operationId: "remove-catalogue-period",
  input: { key: newKey(), params: { itemCode }, body: { from, reason: "误录，未列入目录" } },
});
const send = ({ operationId, input }: Sent) => service.call(operationId, input);

/** Sends all of it for the first time. */
async function sendAll(messages: readonly Sent[]) {
  const answers: string[] = [];
  for (const message of messages) {
    const { status, text } = await send(message);
    expect([status, text]).toEqual([expect.toSatisfy((code) => code === 200 || code === 201), text]);
    answers.push(text);
  }
  return answers;
}

/** Sends all of it again: each message has the answer that it had, and tells that it was answered before. */
async function sendAllAgain(messages: readonly Sent[], answers: readonly string[]) {
  for (const [place, message] of messages.entries()) {
    const { text, headers } = await send(message);
    expect([text, headers["idempotency-replayed"]]).toEqual([answers[place], "true"]);
  }
}

const daysOf = async (itemCode: string): Promise<string[]> => {
  const { body } = await service.must("get-catalogue-item", { params: { itemCode } });
  return body.periods.map(({ from, to, caps }: ReturnType<typeof periodOf>) => `${from} ${to} ${caps["1"]}`);
};

/** The catalogue as it lies in the table, but for the versions of its writes, which are never given twice. */
async function readCatalogue() {
  const items = await dumpTables(service);
  return items
    .filter(({ pk }) => /^(ITEM|CODE_FORM)#/.test(String(pk)))
    .map(({ statedIn: _statedIn, ...item }) => item);
}

/** A catalogue that was stated, stated anew, mended and stated once more, also by messages of several transactions. */
function makeHistory(): { readonly messages: Sent[]; readonly code: string } {
  const code = newCode();
  const many = Array.from({ length: 100 }, () => newCode());
  const messages = [
    stateOf(code, periodOf("2024-01-01", "100")),
    stating(many.map((each) => itemBody(each))),
    stateOf(code, periodOf("2025-01-01", "110", "2025-12-31"), periodOf("2026-01-01", "120")),
    stating([...many.slice(0, 60), code].map((each) => itemBody(each, { ...periodOf("2026-06-01", "125") }))),
    removal(code, "2026-01-01"),
    // The same as it stands.
    stateOf(code, periodOf("2025-01-01", "110", "2025-12-31")),
    stateOf(code, periodOf("2026-02-01", "130")),
    removal(code, "2026-06-01"),
    { ...stateOf(code, periodOf("2024-01-01", "99")) },
  ];
  return { messages, code };
}

describe("a catalogue that was lost", () => {
  test("is exactly as it was once all of its messages are sent again under their first keys, with taken periods still taken away", async () => {
    const { messages, code } = makeHistory();
    const answers = await sendAll(messages);
    const [before, days] = [await readCatalogue(), await daysOf(code)];
    expect(days).toEqual([
      "2024-01-01 2024-12-31 99",
      "2025-01-01 2025-12-31 110",
      "2026-02-01 2026-05-31 130",
    ]);
    await loseRegistry(service);
    expect(await readCatalogue()).toEqual([]);
    await stateRegistry(service);
    await sendAllAgain(messages, answers);
    const isOurs = ({ itemCode }: { itemCode?: unknown }) => String(itemCode).startsWith("LOST.");
    expect((await readCatalogue()).filter(isOurs)).toEqual(before.filter(isOurs));
    expect(await daysOf(code)).toEqual(days);
    // Once more, and nothing is written any more, be it an entry of the trail.
    const whole = await dumpTables(service);
    await sendAllAgain(messages, answers);
    expect(await dumpTables(service)).toEqual(whole);
  });

  test("is not touched by any message of old while it is there: no newer price is overwritten, and nothing comes back", async () => {
    const { messages } = makeHistory();
    const answers = await sendAll(messages);
    const whole = await dumpTables(service);
    for (const place of [...messages.keys()].reverse()) {
      await sendAllAgain(messages.slice(place, place + 1), answers.slice(place, place + 1));
    }
    expect(await dumpTables(service)).toEqual(whole);
  });

  test("in part gets what is missing, and keeps the rest as it is", async () => {
    const { messages, code } = makeHistory();
    const answers = await sendAll(messages);
    const before = await readCatalogue();
    await loseRegistry(service, (pk) => pk === `ITEM#${code}` || pk === "REFERENCE");
    await sendAllAgain(messages, answers);
    expect(await readCatalogue()).toEqual(before);
  });

  test("gets older periods beneath what was stated since the loss, and the newer price of a day stays", async () => {
    const code = newCode();
    const messages = [
      stateOf(code, periodOf("2024-01-01", "100", "2024-12-31"), periodOf("2025-01-01", "110")),
      removal(code, "2024-01-01"),
      stateOf(code, periodOf("2023-01-01", "90")),
    ];
    const answers = await sendAll(messages);
    await loseRegistry(service);
    await stateRegistry(service);
    await sendAll([
      stateOf(code, periodOf("2025-01-01", "115", "2025-12-31"), periodOf("2026-01-01", "120")),
    ]);
    await sendAllAgain(messages, answers);
    expect(await daysOf(code)).toEqual([
      "2023-01-01 2024-12-31 90",
      "2025-01-01 2025-12-31 115",
      "2026-01-01 null 120",
    ]);
  });

  test("and stated as it stood under a new key gets no period back that was taken away, by however old an import", async () => {
    const code = newCode();
    const messages = [
      stateOf(code, periodOf("2024-01-01", "100")),
      stateOf(code, periodOf("2025-01-01", "110")),
      removal(code, "2025-01-01"),
    ];
    const answers = await sendAll(messages);
    const days = ["2024-01-01 2024-12-31 100"];
    expect(await daysOf(code)).toEqual(days);
    await loseRegistry(service, (pk) => pk === `ITEM#${code}`);
    await sendAll([stateOf(code, periodOf("2024-01-01", "100", "2024-12-31"))]);
    await sendAllAgain(messages.slice(0, 2), answers);
    expect(await daysOf(code)).toEqual(days);
    await sendAllAgain(messages, answers);
    expect(await daysOf(code)).toEqual(days);
  });

  test("is told of a removal whose item is not stated again yet", async () => {
    const code = newCode();
    const messages = [stateOf(code, periodOf("2024-01-01", "100")), removal(code, "2024-01-01")];
    await sendAll(messages);
    await loseRegistry(service, (pk) => pk === `ITEM#${code}`);
    const [, taken] = messages;
    if (taken === undefined) throw new Error("no removal");
    const refused = await send(taken);
    expect([refused.status, refused.body.code]).toEqual([404, "CATALOGUE_ITEM_NOT_FOUND"]);
  });

  test("while a large import was under way is whole once that is sent again", async () => {
    const codes = Array.from({ length: 100 }, () => newCode());
    const message = stating(codes.map((each) => itemBody(each)));
    const [answer = ""] = await sendAll([message]);
    // As if its process had died before the last transaction.
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
    const Key = { pk: `MESSAGE#A330304#${message.input.key}`, sk: "MESSAGE" };
    await client.send(new DeleteCommand({ TableName: service.ledgerTable, Key }));
    await loseRegistry(service);
    const { status, text } = await send(message);
    expect([status, text]).toEqual([201, answer]);
    const kept = (await readCatalogue()).map(({ itemCode }) => itemCode);
    expect(kept).toEqual(expect.arrayContaining(codes));
  });

  test("answers another content under a known key as reused, whatever was lost", async () => {
    const code = newCode();
    const message = stateOf(code, periodOf("2024-01-01", "100"));
    await sendAll([message]);
    await loseRegistry(service, (pk) => pk === `ITEM#${code}`);
    const other = await send({
      ...message,
      input: {
        ...message.input,
        body: { items: [{ ...itemBody(code), periods: [periodOf("2024-01-01", "101")] }] },
      },
    });
    expect(other.body.code).toBe("IDEMPOTENCY_KEY_REUSED");
    await expect(daysOf(code)).rejects.toThrow();
  });
});
