import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { makeEntryTable } from "../../../shared/comparison/entry-table.ts";
import type { FundEntry } from "../../../shared/domain/reconciliation/difference.ts";
import type { DetailRow } from "../../../shared/domain/reconciliation/statement.ts";

type Names = Pick<DetailRow, "settlementId" | "messageKey">;

test("what is SQL elsewhere is a name like any other in the table of a comparison", () => {
  const database = new DatabaseSync(":memory:");
  const { add, seal, find, get } = makeEntryTable(database);
  const figures = {
    total: 0,
    allocation: { fund: 0, employer: 0, hospital: 0, thirdParty: 0, otherInsurer: 0, personal: 0 },
  };
  const hostile = "x' OR '1'='1";
  const drop = "'); DROP TABLE entry; --";
  const entries = [
    { kind: "SETTLEMENT", settlementId: "V1-1", visitId: "V1", messageKey: hostile, ...figures },
    { kind: "SETTLEMENT", settlementId: drop, visitId: "V2", ...figures },
  ] as unknown as readonly FundEntry[];
  add(entries);
  expect(seal()).toBe(2);
  const numberOf = (names: Names) =>
    find({ kind: "SETTLEMENT", ...names, ...figures } as unknown as DetailRow)?.number;
  expect(numberOf({ messageKey: hostile })).toBe(0);
  expect(numberOf({ settlementId: drop })).toBe(1);
  expect(numberOf({ messageKey: "' OR '1'='1" })).toBeUndefined();
  expect(numberOf({ settlementId: "' OR 1=1 --", messageKey: '" OR ""="' })).toBeUndefined();
  expect(get(1).settlementId).toBe(drop);
  database.close();
});
