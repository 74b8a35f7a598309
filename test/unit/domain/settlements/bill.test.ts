import { describe, expect, it } from "vitest";
import { settledUntilOf, unsettledLines } from "../../../../shared/domain/settlements/bill.ts";
import { makeBilledVisit, makeLine, makeStanding } from "../../../support/builders.ts";

const lines = [
  makeLine({ lineNo: "1", serviceAt: "2026-03-07T09:00:00+08:00" }),
  makeLine({ lineNo: "2", serviceAt: "2026-03-06T09:00:00+08:00" }),
  makeLine({ lineNo: "3", serviceAt: "2026-03-08T09:00:00+08:00" }),
];
const settledInPart = makeBilledVisit(
  { standing: [makeStanding({ kind: "INTERIM", lineCount: 2 })] },
  { lines },
);

describe("of a stay settled in part", () => {
  it("the lines after those that are settled are still to be settled", () => {
    expect(unsettledLines(settledInPart)).toEqual(lines.slice(2));
    expect(unsettledLines(makeBilledVisit({}, { lines }))).toEqual(lines);
  });

  it("the latest day of the settled lines counts, in whatever order they were posted", () => {
    expect(settledUntilOf(settledInPart)).toBe("2026-03-07");
    expect(settledUntilOf(makeBilledVisit({}, { lines }))).toBeUndefined();
  });
});
