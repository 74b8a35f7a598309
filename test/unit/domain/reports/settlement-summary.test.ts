import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import {
  addFigures,
  NO_FIGURES,
  type SummaryFigures,
  settledPart,
  summariseSettlements,
  summaryGroupings,
  toSummaryCell,
} from "../../../../shared/domain/reports/settlement-summary.ts";
import { type Settlement, toReversal } from "../../../../shared/domain/settlements/settlement.ts";
import {
  HOSPITAL_CODE,
  makeAllocation,
  makeSettlement,
  NOW,
  toInstant,
  USCC,
} from "../../../support/builders.ts";

const reversalOf = (settlement: Settlement, at = NOW): Settlement =>
  toReversal(settlement, { number: 2, at, reason: "输错" });

const OTHER_HOSPITAL = "H33030400002";
const OTHER_USCC = "91999999DEM000006M";
const settlements = [
  makeSettlement({ settledAt: toInstant("2026-03-31T15:59:59Z") }),
  makeSettlement({ settledAt: toInstant("2026-03-31T16:00:00Z"), visitType: "OUTPATIENT" }),
  makeSettlement({
    hospitalCode: OTHER_HOSPITAL,
    employerUscc: OTHER_USCC,
    settledAt: toInstant("2026-02-01T12:00:00+08:00"),
    allocation: makeAllocation({ fund: "1.00", employer: "0.50" }),
  }),
];
const cells = settlements.map(toSummaryCell);
const counts = (groupBy: (typeof summaryGroupings)[number]) =>
  summariseSettlements(cells, groupBy).rows.map(({ key, count, total }) => [key, count, total]);

describe("what a settlement adds to the summaries", () => {
  it("is itself, on the day it was settled in Asia/Shanghai", () => {
    expect(cells[1]).toEqual({
      ...NO_FIGURES,
      day: "2026-04-01",
      hospitalCode: HOSPITAL_CODE,
      employerUscc: USCC,
      visitType: "OUTPATIENT",
      count: 1,
      reversalCount: 0,
      total: 10_000,
      allocation: makeAllocation({ fund: "100.00" }),
    });
    expect(cells[0]?.day).toBe("2026-03-31");
  });

  it("is the same for an interim settlement", () => {
    expect(toSummaryCell(makeSettlement({ kind: "INTERIM" }))).toEqual(toSummaryCell(makeSettlement()));
  });

  it("is a negative amount and a reversal where it reverses another", () => {
    expect(toSummaryCell(reversalOf(makeSettlement()))).toMatchObject({
      count: 0,
      reversalCount: 1,
      total: -10_000,
      allocation: makeAllocation({ fund: "-100.00" }),
    });
  });

  it("is nothing of what waits or was released, nor of its reversal", () => {
    for (const kind of ["DEFERRED", "RELEASE"] as const) {
      const settlement = makeSettlement({ kind });
      for (const each of [settlement, reversalOf(settlement)]) {
        expect(toSummaryCell(each)).toMatchObject(NO_FIGURES);
      }
    }
  });

  it("is what the worker is owed for meals, and less of it with the reversal", () => {
    const settlement = makeSettlement({ mealAllowance: { days: 2, amount: fen(3_000) } });
    expect(toSummaryCell(settlement).benefits).toBe(3_000);
    expect(toSummaryCell(reversalOf(settlement)).benefits).toBe(-3_000);
  });

  it("is nothing while it is deferred", () => {
    expect(toSummaryCell(makeSettlement({ kind: "DEFERRED" }))).toMatchObject(NO_FIGURES);
  });
});

describe("a summary", () => {
  it("groups by hospital, employer, day, month or type of visit, rows in the order of their keys", () => {
    expect(counts("hospital")).toEqual([
      [HOSPITAL_CODE, 2, 20_000],
      [OTHER_HOSPITAL, 1, 150],
    ]);
    expect(counts("employer")).toEqual([
      [USCC, 2, 20_000],
      [OTHER_USCC, 1, 150],
    ]);
    expect(counts("day")).toEqual([
      ["2026-02-01", 1, 150],
      ["2026-03-31", 1, 10_000],
      ["2026-04-01", 1, 10_000],
    ]);
    expect(counts("month")).toEqual([
      ["2026-02", 1, 150],
      ["2026-03", 1, 10_000],
      ["2026-04", 1, 10_000],
    ]);
    expect(counts("visitType")).toEqual([
      ["INPATIENT", 2, 10_150],
      ["OUTPATIENT", 1, 10_000],
    ]);
  });

  it("has the same totals however it is grouped, and they are the sum of its rows", () => {
    for (const groupBy of summaryGroupings) {
      const { rows, totals } = summariseSettlements(cells, groupBy);
      expect(totals).toEqual({
        ...NO_FIGURES,
        count: 3,
        total: 20_150,
        allocation: makeAllocation({ fund: "201.00", employer: "0.50" }),
      });
      expect(rows.reduce<SummaryFigures>((sum, row) => addFigures(sum, row), NO_FIGURES)).toEqual(totals);
    }
  });

  it("of a settlement and its reversal counts both and comes to nothing", () => {
    const both = [makeSettlement(), reversalOf(makeSettlement())].map(toSummaryCell);
    const reversed = { total: -10_000, allocation: makeAllocation({ fund: "-100.00" }) };
    const figures = { ...NO_FIGURES, count: 1, reversalCount: 1, reversed };
    expect(summariseSettlements(both, "month")).toEqual({
      rows: [{ ...figures, key: "2026-03" }],
      totals: figures,
    });
  });

  it("keeps settlements and reversals apart", () => {
    const both = [makeSettlement(), reversalOf(makeSettlement())].map(toSummaryCell);
    expect(settledPart(summariseSettlements(both, "month").totals)).toEqual({
      total: 10_000,
      allocation: makeAllocation({ fund: "100.00" }),
    });
  });

  it("shows a reversal in a later month in that month, as one of an earlier month", () => {
    const settlement = makeSettlement({ settledAt: toInstant("2026-03-31T23:59:59+08:00") });
    const inTime = reversalOf(settlement, toInstant("2026-03-31T23:59:59+08:00"));
    const late = reversalOf(settlement, toInstant("2026-04-01T00:00:00+08:00"));
    const { rows } = summariseSettlements([inTime, late].map(toSummaryCell), "month");
    expect(
      rows.map(({ key, reversalCount, ofEarlierMonths }) => [key, reversalCount, ofEarlierMonths]),
    ).toEqual([
      ["2026-03", 1, { reversalCount: 0, total: 0 }],
      ["2026-04", 1, { reversalCount: 1, total: -10_000 }],
    ]);
  });

  it("of nothing has no rows", () => {
    expect(summariseSettlements([], "day")).toEqual({ rows: [], totals: NO_FIGURES });
  });
});
