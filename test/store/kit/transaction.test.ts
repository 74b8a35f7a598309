import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { commitTransaction, putNew } from "../../../shared/store/kit/transaction.ts";

/** Faults that the engine cannot be brought to: conflicts, throttling, refusals of the request itself. */
process.env.AWS_REGION ??= "local";
const client = mockClient(DynamoDBDocumentClient);
afterEach(() => client.reset());
afterAll(() => client.restore());

const db = connectDatabase(readConfig({}));
const writes = [
  putNew("Ledger", { pk: "message" }, "MESSAGE_TAKEN"),
  putNew("Ledger", { pk: "visit" }, "CHANGED"),
  putNew("Ledger", { pk: "stay" }, { code: "ADMITTED_ELSEWHERE" }),
];

function commitWith(...codes: string[]) {
  const reasons = codes.map((Code) => ({ Code }));
  client
    .on(TransactWriteCommand)
    .rejects(new TransactionCanceledException({ $metadata: {}, message: "", CancellationReasons: reasons }));
  return commitTransaction(db, writes);
}

const FAILED = "ConditionalCheckFailed";

describe("a transaction that was cancelled means, by the position of the failed condition,", () => {
  test.each([
    ["a message that was applied before", [FAILED, "None", "None"], { kind: "MESSAGE_TAKEN" }],
    ["the same, whatever else failed with it", [FAILED, FAILED, FAILED], { kind: "MESSAGE_TAKEN" }],
    ["another writer who was first", ["None", FAILED, "None"], { kind: "CHANGED" }],
    ["the same, before any refusal that it may have caused", ["None", FAILED, FAILED], { kind: "CHANGED" }],
    ["a refusal", ["None", "None", FAILED], { kind: "REFUSED", failure: { code: "ADMITTED_ELSEWHERE" } }],
    ["a conflict: decide again", ["None", "TransactionConflict", "None"], { kind: "CHANGED" }],
    ["a throttled item: decide again", ["None", "None", "ThrottlingError"], { kind: "CHANGED" }],
    [
      "too much for the table: decide again",
      ["ProvisionedThroughputExceeded", "None", "None"],
      { kind: "CHANGED" },
    ],
  ])("%s", async (_what, codes, commit) => {
    expect(await commitWith(...codes)).toEqual(commit);
  });

  test.each([
    [["ValidationError", "None", "None"]],
    [["ItemCollectionSizeLimitExceeded", "None", "None"]],
    [[]],
  ])("a fault of ours that is thrown: %j", async (codes) => {
    await expect(commitWith(...codes)).rejects.toThrow(TransactionCanceledException);
  });

  test("and any other fault is thrown as it is", async () => {
    client.on(TransactWriteCommand).rejects(new Error("socket hang up"));
    await expect(commitTransaction(db, writes)).rejects.toThrow("socket hang up");
  });
});
