import { describe, expect, it } from "vitest";
import { groupDeferred, toDeferredClaim } from "../../../../shared/domain/reports/deferred-claim.ts";
import { DEFERRED_START, pageOfDeferred } from "../../../../shared/domain/reports/deferred-page.ts";
import { makeCase, makeStanding, makeVisit, toDay, toInstant } from "../../../support/builders.ts";

const today = toDay("2026-06-01");
const waitingSince = (at: string, overrides: Parameters<typeof makeVisit>[0] = {}) =>
  makeVisit({
    status: "DEFERRED",
    injuredOn: toDay("2026-03-01"),
    standing: [makeStanding({ kind: "DEFERRED", at: toInstant(at) })],
    ...overrides,
  });
const visit = waitingSince("2026-05-01T08:00:00+08:00");
const claimOf = (overrides: Parameters<typeof makeCase>[0], clocks = {}) =>
  toDeferredClaim(visit, makeCase({ status: "ACCEPTED", ...overrides }), clocks, today);

describe("a claim that waits", () => {
  it("says since when, for how long, and how much", () => {
    expect(claimOf({})).toMatchObject({ deferredOn: "2026-05-01", ageDays: 31, total: 10_000, fund: 10_000 });
  });

  it("is overdue after 60 days from acceptance, 15 where the facts are clear, or what the policy says", () => {
    const due = (overrides: Parameters<typeof makeCase>[0], clocks = {}) => {
      const { dueOn, isOverdue } = claimOf(overrides, clocks);
      return [dueOn, isOverdue];
    };
    expect(due({ acceptedOn: "2026-04-02" })).toEqual(["2026-06-01", false]);
    expect(due({ acceptedOn: "2026-04-01" })).toEqual(["2026-05-31", true]);
    expect(due({ acceptedOn: "2026-05-10", factsAreClear: true })).toEqual(["2026-05-25", true]);
    expect(due({ appliedOn: "2026-05-01" }, { decisionDays: 3 })).toEqual(["2026-05-04", true]);
    expect(due({ acceptedOn: "2026-05-30", factsAreClear: true }, { clearDecisionDays: 3 })).toEqual([
      "2026-06-02",
      false,
    ]);
    expect(due({})).toEqual([undefined, false]);
    expect(due({ status: "RECOGNISED", acceptedOn: "2026-01-01" })).toEqual([undefined, false]);
  });

  it("marks an employer that applied more than 30 days after the injury, or what the policy says", () => {
    expect(claimOf({ appliedOn: "2026-03-31" }).employerWasLate).toBe(false);
    expect(claimOf({ appliedOn: "2026-04-01" }).employerWasLate).toBe(true);
    expect(claimOf({ appliedOn: "2026-04-01" }, { applicationDays: 60 }).employerWasLate).toBe(false);
    expect(claimOf({}).employerWasLate).toBe(false);
  });

  it("marks an employer that has not applied yet, once the time is over", () => {
    const without = toDeferredClaim(visit, undefined, {}, today);
    expect(without).toMatchObject({ employerWasLate: true, isOverdue: false, caseStatus: undefined });
    expect(toDeferredClaim(visit, undefined, {}, toDay("2026-03-31")).employerWasLate).toBe(false);
  });

  it("has no amounts where nothing of it waits, and counts from its last change", () => {
    const none = toDeferredClaim(makeVisit(), undefined, {}, today);
    expect([none.total, none.fund]).toEqual([0, 0]);
  });
});

describe("claims that wait", () => {
  const claims = [
    toDeferredClaim(visit, makeCase({ status: "ACCEPTED" }), {}, today),
    toDeferredClaim(
      waitingSince("2026-03-10T08:00:00+08:00", { hospitalCode: "H33030400002" }),
      makeCase({ status: "ACCEPTED" }),
      {},
      today,
    ),
    toDeferredClaim(
      waitingSince("2026-05-25T08:00:00+08:00"),
      makeCase({ status: "ACCEPTED", acceptedOn: "2026-03-20" }),
      {},
      today,
    ),
    toDeferredClaim(
      waitingSince("2026-05-10T08:00:00+08:00"),
      makeCase({ status: "ACCEPTED", acceptedOn: "2026-03-10" }),
      {},
      today,
    ),
    toDeferredClaim(
      waitingSince("2026-05-12T08:00:00+08:00"),
      makeCase({ status: "ACCEPTED", acceptedOn: "2026-03-10" }),
      {},
      today,
    ),
  ];

  it("come with the longest overdue first, then by age", () => {
    const order = [claims[3], claims[4], claims[2], claims[1], claims[0]];
    for (const each of [claims, claims.toReversed()])
      expect(pageOfDeferred(each, DEFERRED_START, 10)).toEqual({ page: order });
    expect(pageOfDeferred([], DEFERRED_START, 10)).toEqual({ page: [] });
  });

  it("are summed up by hospital, by employer and by age", () => {
    expect(groupDeferred(claims, "hospital")).toMatchObject([
      { key: "H33030400001", count: 4, overdueCount: 3, total: 40_000, fund: 40_000 },
      { key: "H33030400002", count: 1, overdueCount: 0 },
    ]);
    expect(groupDeferred([...claims].reverse(), "hospital")).toEqual(groupDeferred(claims, "hospital"));
    expect(groupDeferred(claims, "employer")).toMatchObject([{ count: 5 }]);
    expect(groupDeferred(claims, "age").map(({ key, count }) => [key, count])).toEqual([
      ["0-15", 1],
      ["16-30", 2],
      ["31-60", 1],
      ["61+", 1],
    ]);
  });
});
