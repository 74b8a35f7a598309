import { describe, expect, it } from "vitest";
import { claimGroupings, summariseClaims } from "../../../../shared/domain/reports/claim.ts";
import { makeAllocation, makeStanding, makeVisit, toInstant } from "../../../support/builders.ts";

const settled = (fund: string, employer: string) => {
  return [makeStanding({ allocation: makeAllocation({ fund, employer }) })];
};
const march = toInstant("2026-03-31T23:59:59+08:00");
const april = toInstant("2026-03-31T16:00:00Z");
const claims = [
  makeVisit({ status: "SETTLED", admittedAt: april, standing: settled("1.00", "0.50") }),
  makeVisit({ status: "OPEN", admittedAt: march }),
  makeVisit({ status: "SETTLED", admittedAt: march, standing: settled("2.00", "0.00") }),
];

describe("claims", () => {
  it("are summed up the same in whatever order they come", () => {
    expect(summariseClaims([...claims].reverse(), "status")).toEqual(summariseClaims(claims, "status"));
    expect(summariseClaims([...claims].reverse(), "month")).toEqual(summariseClaims(claims, "month"));
  });

  it("are summed up by status, with what was settled of them", () => {
    expect(summariseClaims(claims, "status")).toEqual([
      { key: "OPEN", count: 1, total: 0, allocation: makeAllocation({}) },
      {
        key: "SETTLED",
        count: 2,
        total: 350,
        allocation: makeAllocation({ fund: "3.00", employer: "0.50" }),
      },
    ]);
  });

  it("are summed up by the month of admission in Asia/Shanghai", () => {
    expect(summariseClaims(claims, "month")).toEqual([
      { key: "2026-03", count: 2, total: 200, allocation: makeAllocation({ fund: "2.00" }) },
      {
        key: "2026-04",
        count: 1,
        total: 150,
        allocation: makeAllocation({ fund: "1.00", employer: "0.50" }),
      },
    ]);
  });

  it("that are none make no groups", () => {
    expect(summariseClaims([], "status")).toEqual([]);
  });

  it("are summed up the same page by page as at once", () => {
    for (const grouping of claimGroupings) {
      const first = summariseClaims(claims.slice(0, 1), grouping);
      expect(summariseClaims(claims.slice(1), grouping, first)).toEqual(summariseClaims(claims, grouping));
    }
  });
});
