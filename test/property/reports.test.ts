import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { negateAllocation, totalOf } from "../../shared/domain/bearers.ts";
import { fen, negate } from "../../shared/domain/money.ts";
import {
  addFigures,
  NO_FIGURES,
  summariseSettlements,
  summaryGroupings,
  toSummaryCell,
} from "../../shared/domain/reports/settlement-summary.ts";
import { type Settlement, toReversal } from "../../shared/domain/settlements/settlement.ts";
import { makeSettlement, toInstant } from "../support/builders.ts";

const part = fc.nat(10_000_000).map(fen);
const settlement: fc.Arbitrary<Settlement> = fc
  .record({
    hospitalCode: fc.constantFrom("H33030400001", "H33030400002"),
    employerUscc: fc.constantFrom("91350100M000100Y43", "91999999DEM000006M"),
    visitType: fc.constantFrom("INPATIENT" as const, "OUTPATIENT" as const),
    settledAt: fc
      .constantFrom("2026-03-31T15:59:59Z", "2026-03-31T16:00:00Z", "2026-04-02T00:00:00Z")
      .map(toInstant),
    allocation: fc.record({
      fund: part,
      employer: part,
      hospital: part,
      thirdParty: part,
      otherInsurer: part,
      personal: part,
    }),
  })
  .map(makeSettlement);
const reversed = (of: Settlement): Settlement => toReversal(of, { number: 2, at: of.settledAt });

describe("a summary of any settlements", () => {
  it("has rows that add up to its totals, the same for every grouping and every order", () => {
    fc.assert(
      fc.property(fc.array(settlement, { maxLength: 20 }), (settlements) => {
        const cells = settlements.map(toSummaryCell);
        const totals = cells.reduce(addFigures, NO_FIGURES);
        for (const groupBy of summaryGroupings) {
          const summary = summariseSettlements(cells, groupBy);
          expect(summary.totals).toMatchObject(summary.rows.reduce(addFigures, NO_FIGURES));
          expect(totals).toMatchObject(summary.totals);
          expect(summary.rows.map(({ key }) => key)).toEqual(
            [...new Set(summary.rows.map(({ key }) => key))].sort(),
          );
          expect(totalOf(summary.totals.allocation)).toBe(summary.totals.total);
          expect(summariseSettlements([...cells].reverse(), groupBy)).toEqual(summary);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("comes back to what it was when a settlement is reversed", () => {
    fc.assert(
      fc.property(fc.array(settlement, { maxLength: 10 }), settlement, (settlements, undone) => {
        const before = settlements.map(toSummaryCell);
        const after = [...before, toSummaryCell(undone), toSummaryCell(reversed(undone))];
        const { totals: was } = summariseSettlements(before, "hospital");
        expect(summariseSettlements(after, "hospital").totals).toEqual({
          ...was,
          count: was.count + 1,
          reversalCount: was.reversalCount + 1,
          reversed: { total: negate(undone.total), allocation: negateAllocation(undone.allocation) },
        });
      }),
    );
  });
});
