import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import {
  addUnlisted,
  type Difference,
  type Elsewhere,
  findDifference,
  NO_CAUSES,
  totalCount,
} from "../../../../shared/domain/reconciliation/difference.ts";
import { makeAllocation, toDay } from "../../../support/builders.ts";

const figures = { total: fen(1_000), allocation: makeAllocation({ fund: "10.00" }) };
const other = { total: fen(900), allocation: makeAllocation({ fund: "9.00" }) };
const entry = {
  kind: "SETTLEMENT",
  settlementId: "V1-1",
  visitId: "V1",
  messageKey: "m1",
  ...figures,
} as const;
const reversalEntry = { ...entry, kind: "REVERSAL", settlementId: "V1-2", reverses: "V1-1" } as const;
const row = { kind: "SETTLEMENT", messageKey: "m1", hospitalVisitNo: "MZ1", ...figures } as const;
const nowhere: Elsewhere = { kind: "NOWHERE" };

describe("a pair of sides", () => {
  it("that have the same amounts does not differ", () => {
    expect(findDifference({ kind: "MATCHED", row, entry })).toBeUndefined();
  });

  it("that have other amounts is corrected to the fund's, and shows both", () => {
    expect(findDifference({ kind: "MATCHED", row: { ...row, ...other }, entry })).toEqual({
      cause: "AMOUNT_DIFFERS",
      kind: "SETTLEMENT",
      settlementId: "V1-1",
      messageKey: "m1",
      visitId: "V1",
      hospitalVisitNo: "MZ1",
      hospital: other,
      fund: figures,
      action: { do: "CORRECT_AMOUNTS", messageKey: "m1", settlementId: "V1-1" },
    });
  });
});

describe("what only the fund has", () => {
  it("is recorded, or its message cancelled", () => {
    expect(findDifference({ kind: "ONLY_FUND", entry })).toMatchObject({
      cause: "MISSING_AT_HOSPITAL",
      hospital: undefined,
      fund: figures,
      action: { do: "RECORD_OR_CANCEL", messageKey: "m1", settlementId: "V1-1" },
    });
  });

  it("is recorded or reversed where no message made it", () => {
    expect(findDifference({ kind: "ONLY_FUND", entry: { ...entry, messageKey: undefined } })).toMatchObject({
      cause: "MISSING_AT_HOSPITAL",
      action: { do: "RECORD_OR_REVERSE", settlementId: "V1-1" },
    });
  });

  it("is a reversal to record, named by what it takes back", () => {
    expect(findDifference({ kind: "ONLY_FUND", entry: reversalEntry })).toMatchObject({
      cause: "REVERSED_AT_ONE_SIDE",
      kind: "REVERSAL",
      settlementId: "V1-2",
      action: { do: "RECORD_REVERSAL", messageKey: "m1", settlementId: "V1-1" },
    });
  });
});

describe("what only the hospital has", () => {
  const unnamed = { ...row, messageKey: undefined, settlementId: "V9-1" };

  it.each([
    ["a settlement of a message: post it again", row, "MISSING_AT_FUND", "REPOST_MESSAGE"],
    ["a settlement of no message: settle or remove it", unnamed, "MISSING_AT_FUND", "SETTLE_OR_REMOVE"],
    [
      "a reversal of a message: post it again",
      { ...row, kind: "REVERSAL" } as const,
      "REVERSED_AT_ONE_SIDE",
      "REPOST_MESSAGE",
    ],
    [
      "a reversal of no message: reverse at the fund or cancel here",
      { ...unnamed, kind: "REVERSAL" } as const,
      "REVERSED_AT_ONE_SIDE",
      "REVERSE_OR_CANCEL",
    ],
  ] as const)("%s", (_what, alone, cause, remedy) => {
    const difference = findDifference({ kind: "ONLY_HOSPITAL", row: alone, elsewhere: nowhere });
    expect(difference).toMatchObject({
      cause,
      kind: alone.kind,
      hospital: figures,
      fund: undefined,
      action: { do: remedy, messageKey: alone.messageKey },
    });
  });

  it("but on another day is counted there, with the id that the fund has it under", () => {
    const elsewhere: Elsewhere = { kind: "OTHER_DAY", day: toDay("2026-03-09"), settlementId: "V1-1" };
    const difference = findDifference({ kind: "ONLY_HOSPITAL", row, elsewhere });
    expect(difference).toMatchObject({
      cause: "OTHER_DAY",
      settlementId: "V1-1",
      action: { do: "COUNT_ON_DAY", messageKey: "m1", settlementId: "V1-1", day: "2026-03-09" },
    });
    expect(difference).not.toHaveProperty("day");
  });

  it.each([
    ["named by the fund", "V1-1", "V1-1"],
    ["named by the hospital only", undefined, "V9-1"],
  ])("and was cancelled is taken out of the books, %s", (_what, known, named) => {
    const elsewhere: Elsewhere = { kind: "CANCELLED", settlementId: known };
    const difference = findDifference({
      kind: "ONLY_HOSPITAL",
      row: { ...row, settlementId: "V9-1" },
      elsewhere,
    });
    expect(difference).toMatchObject({
      cause: "REVERSED_AT_ONE_SIDE",
      action: { do: "REMOVE_CANCELLED", messageKey: "m1", settlementId: named },
    });
  });
});

describe("what the hospital has twice", () => {
  it("is removed, whether the fund has it or not", () => {
    expect(findDifference({ kind: "REPEATED", row, entry })).toMatchObject({
      cause: "DUPLICATE_AT_HOSPITAL",
      fund: figures,
      action: { do: "REMOVE_DUPLICATE", messageKey: "m1", settlementId: "V1-1" },
    });
    expect(findDifference({ kind: "REPEATED", row })).toMatchObject({
      cause: "DUPLICATE_AT_HOSPITAL",
      fund: undefined,
      action: { do: "REMOVE_DUPLICATE", messageKey: "m1", settlementId: undefined },
    });
  });
});

describe("the counts", () => {
  it("add up over all causes", () => {
    expect(totalCount(NO_CAUSES)).toBe(0);
    expect(totalCount({ ...NO_CAUSES, OTHER_DAY: 2, MISSING_AT_FUND: 3 })).toBe(5);
  });
});

describe("what is not listed", () => {
  const differs: Difference = {
    cause: "AMOUNT_DIFFERS",
    kind: "SETTLEMENT",
    action: { do: "CORRECT_AMOUNTS" },
    hospital: other,
    fund: figures,
  };

  it("is counted, with what either side has for it", () => {
    const one = addUnlisted(undefined, differs);
    expect(one).toEqual({ cause: "AMOUNT_DIFFERS", count: 1, hospital: 900, fund: 1_000 });
    expect(addUnlisted(one, differs)).toEqual({
      cause: "AMOUNT_DIFFERS",
      count: 2,
      hospital: 1_800,
      fund: 2_000,
    });
  });

  it("adds nothing for the side that does not have it", () => {
    const cause = "MISSING_AT_FUND";
    const atHospital = addUnlisted(undefined, { ...differs, cause, fund: undefined });
    expect(atHospital).toEqual({ cause, count: 1, hospital: 900, fund: 0 });
    expect(addUnlisted(atHospital, { ...differs, cause, hospital: undefined })).toEqual({
      cause,
      count: 2,
      hospital: 900,
      fund: 1_000,
    });
  });
});
