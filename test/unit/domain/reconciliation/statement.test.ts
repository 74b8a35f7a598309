import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  detailColumns,
  readHeader,
  toDetailInput,
} from "../../../../shared/domain/reconciliation/detail-columns.ts";
import { DetailRow, TotalsStatement } from "../../../../shared/domain/reconciliation/statement.ts";

const nothing = {
  fund: "0",
  employer: "0",
  hospital: "0",
  thirdParty: "0",
  otherInsurer: "0",
  personal: "0",
};
const row = {
  settlementId: "V1-1",
  kind: "SETTLEMENT",
  total: "10.00",
  allocation: { ...nothing, fund: "9.00", personal: "1.00" },
};
const side = { count: 1, total: row.total, allocation: row.allocation };
const none = { count: 0, total: "0", allocation: nothing };

const codesOf = (schema: z.core.$ZodType, input: unknown): string[] =>
  (z.safeParse(schema, input).error?.issues ?? []).map(
    ({ path, code, message }) => `${path.join(".")} ${code === "custom" ? message : code}`,
  );

describe("a row of details", () => {
  it("has its amounts in fen", () => {
    expect(DetailRow.parse(row)).toMatchObject({ total: 1_000, allocation: { fund: 900, personal: 100 } });
  });

  it.each([
    ["names a settlement or a message", { settlementId: undefined }, " SETTLEMENT_OR_MESSAGE_REQUIRED"],
    ["adds up", { total: "10.01" }, "allocation ALLOCATION_NOT_TOTAL"],
    [
      "is not negative for a settlement",
      { total: "-1", allocation: { ...nothing, fund: "-1" } },
      "total WRONG_SIGN",
    ],
    ["is not positive for a reversal", { kind: "REVERSAL" }, "total WRONG_SIGN"],
    [
      "has no bearer of the other sign",
      { total: "8.00", allocation: { ...row.allocation, personal: "-1.00" } },
      "total WRONG_SIGN",
    ],
    ["has an amount that is a decimal, told once", { total: "x" }, "total NOT_AN_EXACT_DECIMAL"],
    [
      "has parts that are decimals, told once",
      { allocation: { ...row.allocation, fund: "y" } },
      "allocation.fund NOT_AN_EXACT_DECIMAL",
    ],
    [
      "has parts in fen, told once",
      { allocation: { ...row.allocation, fund: 5e-324 } },
      "allocation.fund NOT_AN_EXACT_DECIMAL",
    ],
    [
      "has parts that still count exactly, told once",
      { allocation: { ...row.allocation, fund: Number.MAX_SAFE_INTEGER } },
      "allocation.fund NOT_AN_EXACT_DECIMAL",
    ],
  ])("%s", (_what, overrides, fault) => {
    expect(codesOf(DetailRow, { ...row, ...overrides })).toEqual([fault]);
  });
});

describe("totals of a day", () => {
  const totals = { date: "2026-03-10", settlements: side, reversals: none };

  it("are taken as they are stated, up to a million large bills", () => {
    expect(codesOf(TotalsStatement, totals)).toEqual([]);
    const large = {
      count: 1_000_000,
      total: "9999999999.99",
      allocation: { ...nothing, fund: "9999999999.99" },
    };
    expect(codesOf(TotalsStatement, { ...totals, settlements: large })).toEqual([]);
  });

  it.each([
    [
      "settlements that do not add up",
      { settlements: { ...side, total: "1" } },
      "settlements.allocation ALLOCATION_NOT_TOTAL",
    ],
    [
      "reversals that do not add up",
      { reversals: { ...none, total: "-1" } },
      "reversals.allocation ALLOCATION_NOT_TOTAL",
    ],
    ["positive reversals", { reversals: side }, "reversals.total WRONG_SIGN"],
    [
      "negative settlements",
      { settlements: { count: 1, total: "-1", allocation: { ...nothing, fund: "-1" } } },
      "settlements.total WRONG_SIGN",
    ],
    ["a count below nothing", { settlements: { ...side, count: -1 } }, "settlements.count too_small"],
    ["a count that nobody has", { settlements: { ...side, count: 10_000_001 } }, "settlements.count too_big"],
  ])("are refused with %s", (_what, overrides, fault) => {
    expect(codesOf(TotalsStatement, { ...totals, ...overrides })).toEqual([fault]);
  });
});

describe("the columns of a file", () => {
  const amounts = detailColumns.slice(4);

  it("may come in any order, with spaces, and without those that a row can do without", () => {
    const { positions, faults } = readHeader([" messageKey ", ...amounts.toReversed()]);
    expect(faults).toEqual([]);
    expect(positions.get("messageKey")).toBe(0);
    expect(positions.get("personal")).toBe(1);
  });

  it("are told by their place where they are unknown, and by name where they are given twice or missing", () => {
    const codes = (names: readonly string[]) =>
      readHeader(names).faults.map(({ field, column = "", code }) => `${field}${column} ${code}`);
    expect(codes(["settlementId", "amount", ...amounts, "kind"])).toEqual([
      "2 UNKNOWN_FIELD",
      "kind11 DUPLICATE",
    ]);
    expect(codes(["张三", "S62.301", "20.00"])).toEqual([" HEADER_MISSING"]);
    expect(codes([])).toEqual([" HEADER_MISSING"]);
    expect(codes(amounts)).toEqual(["settlementId SETTLEMENT_OR_MESSAGE_REQUIRED"]);
    expect(codes(["settlementId", ...amounts.slice(0, -1)])).toEqual(["personal REQUIRED"]);
  });

  it("make rows as calls have them; empty and missing cells are left out", () => {
    const { positions } = readHeader([...detailColumns]);
    const cells = ["V1-1", "", " ", "MZ1", "SETTLEMENT", " 10.00 ", "9.00", "0", "0", "0", "0"];
    expect(toDetailInput(positions, cells)).toEqual({
      settlementId: "V1-1",
      hospitalVisitNo: "MZ1",
      kind: "SETTLEMENT",
      total: "10.00",
      allocation: { ...nothing, fund: "9.00", personal: undefined },
    });
    expect(toDetailInput(new Map(), cells)).toMatchObject({ settlementId: undefined, total: undefined });
  });
});
