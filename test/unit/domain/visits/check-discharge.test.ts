import { describe, expect, it } from "vitest";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { checkDischargeTime } from "../../../../shared/domain/visits/check-discharge.ts";
import { checkLines, limitsOf } from "../../../../shared/domain/visits/check-lines.ts";
import { makeLine, makeVisit } from "../../../support/builders.ts";

const at = (text: string) => instantOf(Date.parse(text));
const now = at("2026-04-01T08:00:00+08:00");
const stay = makeVisit({ visitType: "INPATIENT", admittedAt: at("2026-03-02T08:00:00+08:00") });
const lines = [makeLine({ serviceAt: "2026-03-04T09:00:00+08:00" })];
const faultsOf = (text: string) => checkDischargeTime(stay, lines, at(text), now).map(({ code }) => code);

describe("the time of a discharge", () => {
  it("is good on the day of the last line or later", () => {
    expect(faultsOf("2026-03-04T08:00:00+08:00")).toEqual([]);
    expect(faultsOf("2026-03-09T08:00:00+08:00")).toEqual([]);
  });

  it("is no earlier than the admission and leaves no line behind", () => {
    expect(faultsOf("2026-03-01T08:00:00+08:00")).toEqual(["DISCHARGED_BEFORE_ADMISSION"]);
    expect(faultsOf("2026-03-03T08:00:00+08:00")).toEqual(["SERVICE_DATE_OUTSIDE_VISIT"]);
  });

  it("is refused with the latest line that would be left behind, and the days of the stay that it would make", () => {
    const outside = [
      makeLine({ lineNo: "7", serviceAt: "2026-03-06T09:00:00+08:00" }),
      makeLine({ lineNo: "8", serviceAt: "2026-03-07T09:00:00+08:00" }),
      makeLine({ lineNo: "9", serviceAt: "2026-03-05T09:00:00+08:00" }),
    ];
    const named = { kind: "DAYS", on: "2026-03-07", lineNo: "8", from: "2026-03-02", to: "2026-03-03" };
    const dischargedAt = at("2026-03-03T08:00:00+08:00");
    for (const order of [outside, outside.toReversed()]) {
      expect(checkDischargeTime(stay, order, dischargedAt, now)).toMatchObject([{ expected: named }]);
    }
  });

  it("is not in the future", () => {
    expect(faultsOf("2026-05-01T08:00:00+08:00")).toEqual(["DAY_IN_FUTURE"]);
  });
});

describe("lines of a stay", () => {
  const late = [makeLine({ lineNo: "9", serviceAt: "2026-03-06T09:00:00+08:00" })];
  const codes = (visit: typeof stay) => checkLines(late, [], limitsOf(visit, now)).map(({ code }) => code);

  it("lie within it once it is over", () => {
    expect(codes(stay)).toEqual([]);
    expect(codes({ ...stay, dischargedAt: at("2026-03-05T09:00:00+08:00") })).toEqual([
      "SERVICE_DATE_OUTSIDE_VISIT",
    ]);
  });
});
