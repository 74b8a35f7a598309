import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { put, read, remove, type TableAccesses } from "../../../infra/aws/table-access.ts";
import { checkGranted } from "../../support/granted-access.ts";

const names = { registry: "R", ledger: "L" };
const tables: TableAccesses = {
  Ledger: [
    read("VISIT#*", "CASE#*"),
    put("VISIT#*"),
    put("MESSAGE#*"),
    remove("STAY#*"),
    { actions: ["Query"], indexes: [{ name: "of-employer", partitionKey: "e", sortKey: "s" }] },
  ],
};
const key = (pk: string) => ({ pk, sk: "S" });
const query = (pk: string) => ({
  TableName: "L",
  KeyConditionExpression: "pk = :pk",
  ExpressionAttributeValues: { ":pk": pk },
});
const batch = (...pks: string[]) => ({ RequestItems: { L: { Keys: pks.map(key) } } });
const putPart = (pk: string) => ({ Put: { TableName: "L", Item: key(pk) } });
const check = { ConditionExpression: "x", TableName: "L", Key: key("VISIT#1") };

const asks = (command: { readonly input: object }) => () =>
  checkGranted(tables, names, command.constructor.name, command.input);

describe("in tests a function has its grants and no more:", () => {
  test.each([
    ["a read of what it may read", new GetCommand({ TableName: "L", Key: key("VISIT#1") })],
    ["a batch of kinds that are granted together", new BatchGetCommand(batch("VISIT#1", "CASE#1"))],
    ["a query of such a partition", new QueryCommand(query("CASE#1"))],
    ["a query of an index", new QueryCommand({ ...query("x"), IndexName: "of-employer" })],
    ["a write of what it may write", new TransactWriteCommand({ TransactItems: [putPart("VISIT#1")] })],
    [
      "a transaction of kinds that are granted apart",
      new TransactWriteCommand({ TransactItems: [putPart("VISIT#1"), putPart("MESSAGE#1")] }),
    ],
    ["a removal of a place", new DeleteCommand({ TableName: "L", Key: key("STAY#1") })],
  ])("%s is let through", (_what, command) => {
    expect(asks(command)).not.toThrow();
  });

  test.each([
    ["a read of another kind", new GetCommand({ TableName: "L", Key: key("SEALS#1") })],
    ["a batch with one key of another kind", new BatchGetCommand(batch("VISIT#1", "SEALS#1"))],
    ["a query of another partition", new QueryCommand(query("AUDIT#1"))],
    ["a query of another index", new QueryCommand({ ...query("x"), IndexName: "deferred" })],
    [
      "one foreign write among others",
      new TransactWriteCommand({ TransactItems: [putPart("VISIT#1"), putPart("AUDIT#1")] }),
    ],
    [
      "a condition on what it may only read",
      new TransactWriteCommand({ TransactItems: [{ ConditionCheck: check }] }),
    ],
    ["a removal of what it may put", new DeleteCommand({ TableName: "L", Key: key("VISIT#1") })],
    ["the same of another table", new GetCommand({ TableName: "R", Key: key("VISIT#1") })],
    ["a look at the whole table", new ScanCommand({ TableName: "L" })],
  ])("%s is not let through", (_what, command) => {
    expect(asks(command)).toThrow("not granted");
  });
});
