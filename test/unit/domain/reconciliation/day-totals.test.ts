import { describe, expect, it } from "vitest";
import { type Amounts, isEqualAmounts } from "../../../../shared/domain/amounts.ts";
import { negateAllocation } from "../../../../shared/domain/bearers.ts";
import { fen, negate } from "../../../../shared/domain/money.ts";
import {
  addDayTotals,
  addEntries,
  isEqualDay,
  NO_DAY_TOTALS,
  ofSummary,
  subtractDayTotals,
  toDayTotals,
} from "../../../../shared/domain/reconciliation/day-totals.ts";
import {
  addFigures,
  NO_FIGURES,
  toSummaryCell,
} from "../../../../shared/domain/reports/settlement-summary.ts";
import { makeAllocation, makeSettlement } from "../../../support/builders.ts";

const allocation = makeAllocation({
  fund: "10.00",
  employer: "2.00",
  hospital: "3.00",
  thirdParty: "4.00",
  otherInsurer: "5.00",
  personal: "6.00",
});
const settlement = { kind: "SETTLEMENT", total: fen(3_000), allocation } as const;
const reversal = {
  kind: "REVERSAL",
  total: negate(settlement.total),
  allocation: negateAllocation(allocation),
} as const;

describe("totals of a day", () => {
  it("keep settlements and reversals apart", () => {
    const day = addDayTotals(toDayTotals(settlement), toDayTotals(reversal));
    expect(day.settlements).toEqual({ count: 1, total: 3_000, allocation });
    expect(day.reversals).toEqual({ count: 1, total: -3_000, allocation: reversal.allocation });
  });

  it("are the same added up one by one or in a batch, and on top of what was there", () => {
    const entries = [settlement, reversal, settlement];
    const oneByOne = entries.map(toDayTotals).reduce(addDayTotals, NO_DAY_TOTALS);
    expect(addEntries(NO_DAY_TOTALS, entries)).toEqual(oneByOne);
    expect(addEntries(oneByOne, entries)).toEqual(addDayTotals(oneByOne, oneByOne));
  });

  it("less themselves are nothing, without minus nothing", () => {
    const day = addEntries(NO_DAY_TOTALS, [settlement, reversal]);
    expect(subtractDayTotals(day, day)).toEqual(NO_DAY_TOTALS);
    expect(subtractDayTotals(day, NO_DAY_TOTALS)).toEqual(day);
  });

  it("are those of the summary, in which reversals are taken off", () => {
    const original = makeSettlement({ allocation: makeAllocation({ fund: "9.00", personal: "1.00" }) });
    const taken = {
      ...original,
      kind: "REVERSAL",
      total: negate(original.total),
      allocation: negateAllocation(original.allocation),
    } as const;
    const figures = [original, original, taken].map(toSummaryCell).reduce(addFigures, NO_FIGURES);
    const entries = [original, original].map((each) => ({ ...each, kind: "SETTLEMENT" as const }));
    expect(ofSummary(figures)).toEqual(addEntries(NO_DAY_TOTALS, [...entries, taken]));
  });
});

describe("two sides agree", () => {
  const figures: Amounts = { total: settlement.total, allocation };

  it("when the total and all six bearers are the same", () => {
    expect(isEqualAmounts(figures, { ...figures, allocation: { ...allocation } })).toBe(true);
    expect(isEqualAmounts(figures, { ...figures, total: fen(1) })).toBe(false);
  });

  it.each(["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"] as const)(
    "and not when %s differs by one fen",
    (field) => {
      const other = { ...allocation, [field]: fen(allocation[field] + 1) };
      expect(isEqualAmounts(figures, { ...figures, allocation: other })).toBe(false);
    },
  );

  it("about a day when counts and amounts of both kinds are the same", () => {
    const day = addEntries(NO_DAY_TOTALS, [settlement, reversal]);
    expect(isEqualDay(day, addEntries(NO_DAY_TOTALS, [reversal, settlement]))).toBe(true);
    expect(isEqualDay(day, { ...day, settlements: { ...day.settlements, count: 2 } })).toBe(false);
    expect(isEqualDay(day, { ...day, reversals: NO_DAY_TOTALS.reversals })).toBe(false);
  });
});
