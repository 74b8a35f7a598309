import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import { type Reason, reasonCodes, sumReasons } from "../../../../shared/domain/settlements/reasons.ts";

const reason = (code: Reason["code"], bearer: Reason["bearer"], amount: number): Reason => ({
  code,
  bearer,
  amount: fen(amount),
});

describe("reasons", () => {
  it("are added up by code and bearer, sorted by code and then by bearer", () => {
    const given = [
      reason("PARTLY_COVERED", "PERSONAL", 1),
      reason("OVER_PRICE_CAP", "PERSONAL", 2),
      reason("PARTLY_COVERED", "EMPLOYER", 4),
      reason("OVER_PRICE_CAP", "PERSONAL", 8),
      reason("PARTLY_COVERED", "PERSONAL", 16),
    ];
    const sums = [
      reason("OVER_PRICE_CAP", "PERSONAL", 10),
      reason("PARTLY_COVERED", "EMPLOYER", 4),
      reason("PARTLY_COVERED", "PERSONAL", 17),
    ];
    expect(sumReasons(given)).toEqual(sums);
    expect(sumReasons([...given].reverse())).toEqual(sums);
  });

  it("that are none come to none", () => {
    expect(sumReasons([])).toEqual([]);
  });

  it("are left as they were by being added up", () => {
    const given = Object.freeze([
      Object.freeze(reason("PARTLY_COVERED", "PERSONAL", 1)),
      Object.freeze(reason("PARTLY_COVERED", "PERSONAL", 2)),
    ]);
    expect(sumReasons(given)).toEqual([reason("PARTLY_COVERED", "PERSONAL", 3)]);
    expect(given[0]?.amount).toBe(1);
  });

  it("have codes that the list gives in the order of answers", () => {
    expect([...reasonCodes].sort()).toEqual(reasonCodes);
  });
});
