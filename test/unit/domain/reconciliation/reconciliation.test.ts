import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import { NO_DAY_TOTALS, toDayTotals } from "../../../../shared/domain/reconciliation/day-totals.ts";
import {
  dayStatusOf,
  parseReconciliationId,
  reconciliationIdOf,
  roundStatuses,
  statusOf,
} from "../../../../shared/domain/reconciliation/reconciliation.ts";
import { makeAllocation, toDay } from "../../../support/builders.ts";

const one = toDayTotals({
  kind: "SETTLEMENT",
  total: fen(100),
  allocation: makeAllocation({ fund: "1.00" }),
});

describe("the status of a round", () => {
  it("stays AGREED while the fund counts the same, and has changed since when it does not", () => {
    const agreed = { status: "AGREED", hospital: one } as const;
    expect(statusOf(agreed, one)).toBe("AGREED");
    expect(statusOf(agreed, NO_DAY_TOTALS)).toBe("CHANGED_SINCE");
  });

  it.each(roundStatuses.filter((status) => status !== "AGREED"))(
    "%s is what it is until it is posted again",
    (status) => {
      expect(statusOf({ status, hospital: one }, one)).toBe(status);
    },
  );
});

describe("the status of a day for finance", () => {
  it.each([
    ["AGREED", "AGREED"],
    ["DIFFERS", "DIFFERS"],
    ["COMPARED", "COMPARED"],
    ["COMPARING", "DIFFERS"],
    ["FAILED", "DIFFERS"],
  ] as const)("%s is seen as %s", (status, seen) => {
    expect(dayStatusOf({ status, hospital: one }, one)).toBe(seen);
  });

  it("is NOT_POSTED without a posting, and CHANGED_SINCE where the fund counts otherwise now", () => {
    expect(dayStatusOf(undefined, one)).toBe("NOT_POSTED");
    expect(dayStatusOf({ status: "AGREED", hospital: one }, NO_DAY_TOTALS)).toBe("CHANGED_SINCE");
  });
});

describe("the id of a round", () => {
  const day = toDay("2026-03-10");

  it.each([
    [1, "2026-03-10"],
    [2, "2026-03-10-2"],
    [99_999, "2026-03-10-99999"],
  ])("of round %i is %s, and back", (round, id) => {
    expect(reconciliationIdOf(day, round)).toBe(id);
    expect(parseReconciliationId(id)).toEqual({ day, round });
  });

  it.each([
    "",
    "2026-02-30",
    "2026-03-10-1",
    "2026-03-10-0",
    "2026-03-10-",
    "2026-03-10-100000",
    "x2026-03-10",
  ])("is not %j", (id) => {
    expect(parseReconciliationId(id)).toBeUndefined();
  });
});
