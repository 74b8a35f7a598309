import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import { isBalanced, toLedgerEntries } from "../../../../shared/domain/settlements/ledger-entry.ts";
import { mealAllowanceFor } from "../../../../shared/domain/settlements/meal-allowance.ts";
import { fundPartOf, toRecoveryEntry } from "../../../../shared/domain/settlements/recovery.ts";
import { toReversal } from "../../../../shared/domain/settlements/settlement.ts";
import { isSettling } from "../../../../shared/domain/visits/visit.ts";
import {
  makeAllocation,
  makeSettlement,
  makeStanding,
  makeVisit,
  NOW,
  toDay,
} from "../../../support/builders.ts";

const deferral = makeStanding({ number: 1, kind: "DEFERRED" });
const release = makeStanding({
  number: 2,
  kind: "RELEASE",
  allocation: makeAllocation({ personal: "100.00" }),
});
const waits = { source: "deferred:V1", destination: "deferred-hospital:H33030400001", amount: 10_000 };
const back = { source: waits.destination, destination: waits.source, amount: waits.amount };
const nothing = { before: undefined, after: undefined };
const settlementOf = (overrides: Parameters<typeof makeSettlement>[0]) => makeSettlement(overrides);
const shown = (...args: Parameters<typeof toLedgerEntries>) =>
  toLedgerEntries(...args).map((entry) => {
    expect(isBalanced(entry)).toBe(true);
    const { entryId, kind, total, reverses } = entry;
    return { entryId, kind, total, ...(reverses === undefined ? {} : { reverses }) };
  });

describe("what waits for a decision", () => {
  it("is on accounts of its own, which nobody owes", () => {
    const [entry, ...others] = toLedgerEntries(settlementOf({ kind: "DEFERRED" }), nothing);
    expect(entry).toMatchObject({ kind: "DEFERRAL", total: 10_000, postings: [waits] });
    expect(others).toEqual([]);
  });

  it("is there no longer once its settlement stands, nor once it is released", () => {
    const settled = toLedgerEntries(settlementOf({ settlementId: "V1-2" }), {
      before: deferral,
      after: undefined,
    });
    expect(settled[1]).toMatchObject({
      entryId: "V1-2-CLEARS",
      kind: "CLEARANCE",
      reverses: "V1-1",
      total: -10_000,
      postings: [back],
    });
    expect(
      shown(settlementOf({ kind: "RELEASE", settlementId: "V1-2" }), { before: deferral, after: release }),
    ).toEqual([
      { entryId: "V1-2", kind: "RELEASE", total: 10_000 },
      { entryId: "V1-2-CLEARS", kind: "CLEARANCE", total: -10_000, reverses: "V1-1" },
    ]);
  });

  it("is there again when what took its place is reversed, and not at all when it is reversed itself", () => {
    const final = settlementOf({ settlementId: "V1-2" });
    const reversal = toReversal(final, { number: 3, at: NOW });
    expect(shown(reversal, { before: makeStanding({ number: 2 }), after: deferral })).toEqual([
      { entryId: "V1-3", kind: "REVERSAL", total: -10_000, reverses: "V1-2" },
      { entryId: "V1-3-AGAIN", kind: "DEFERRAL", total: 10_000 },
    ]);
    const undone = toReversal(settlementOf({ kind: "DEFERRED" }), { number: 2, at: NOW });
    expect(shown(undone, { before: deferral, after: undefined })).toEqual([
      { entryId: "V1-2", kind: "CLEARANCE", total: -10_000, reverses: "V1-1" },
    ]);
    expect(toLedgerEntries(undone, nothing)[0]?.postings).toEqual([back]);
  });

  it("is told apart by what a reversal says that it reverses; one that says nothing reverses money", () => {
    const { reversesKind: _, ...plain } = toReversal(settlementOf({}), { number: 2, at: NOW });
    expect(shown(plain, nothing)[0]?.kind).toBe("REVERSAL");
    expect(shown({ ...plain, reversesKind: "REVERSAL" }, nothing)[0]?.kind).toBe("REVERSAL");
  });

  it("of nothing moves nothing", () => {
    const free = settlementOf({ kind: "DEFERRED", allocation: makeAllocation({}) });
    expect(toLedgerEntries(free, nothing)[0]?.postings).toEqual([]);
  });
});

it("what left the fund is owed by whom the policy names, until a settlement takes its place", () => {
  const released = settlementOf({ kind: "RELEASE", allocation: makeAllocation({ personal: "100.00" }) });
  expect(toLedgerEntries(released, nothing)[0]).toMatchObject({
    kind: "RELEASE",
    postings: [{ destination: "hospital:H33030400001", amount: 10_000 }],
  });
  expect(shown(settlementOf({ settlementId: "V1-3" }), { before: release, after: undefined })[1]).toEqual({
    entryId: "V1-3-CLEARS",
    kind: "CLEARANCE",
    total: -10_000,
    reverses: "V1-2",
  });
});

describe("the meal allowance", () => {
  it("is a day's for each night, and for one day at least", () => {
    const perDay = fen(1_500);
    const of = (from: string, to: string) => mealAllowanceFor(toDay(from), toDay(to), perDay);
    expect(of("2026-03-01", "2026-03-04")).toEqual({ days: 3, amount: 4_500 });
    expect(of("2026-03-01", "2026-03-01")).toEqual({ days: 1, amount: 1_500 });
  });

  it("is not owed for the first day where another stay has that day's", () => {
    const of = (from: string, to: string) => mealAllowanceFor(toDay(from), toDay(to), fen(1_500), true);
    expect(of("2026-03-01", "2026-03-04")).toEqual({ days: 2, amount: 3_000 });
    expect(of("2026-03-01", "2026-03-01")).toEqual({ days: 0, amount: 0 });
  });

  it("is owed to the worker apart from the bill, and no longer when the settlement is reversed", () => {
    const settlement = settlementOf({ mealAllowance: { days: 3, amount: fen(4_500) } });
    const [, benefit] = toLedgerEntries(settlement, nothing);
    expect(benefit).toMatchObject({ entryId: "V1-1-MEALS", kind: "BENEFIT", total: 4_500 });
    const reversal = toReversal(settlement, { number: 2, at: NOW });
    expect(shown(reversal, nothing)[1]).toEqual({
      entryId: "V1-2-MEALS",
      kind: "CLEARANCE",
      total: -4_500,
      reverses: "V1-1-MEALS",
    });
    const none = settlementOf({ mealAllowance: { days: 3, amount: fen(0) } });
    expect(toLedgerEntries(none, nothing)).toHaveLength(1);
  });
});

describe("what the fund is owed back", () => {
  const visit = makeVisit({ version: 7, standing: [makeStanding()], settlementCount: 1 });

  it("is what it settled", () => {
    expect(fundPartOf(visit)).toBe(10_000);
    expect(fundPartOf(makeVisit())).toBe(0);
  });

  it("is recorded beside the settlement, and taken back by an entry of its own", () => {
    const owed = toRecoveryEntry(visit, fen(10_000), false);
    expect(owed).toMatchObject({
      entryId: "V1-v7-RECOVERY",
      kind: "RECOVERY",
      total: 10_000,
      settlementId: "V1-1",
    });
    const forgiven = toRecoveryEntry(visit, fen(10_000), true);
    expect(forgiven).toMatchObject({ kind: "CLEARANCE", total: -10_000 });
    expect([owed, forgiven].every(isBalanced)).toBe(true);
    expect(forgiven.postings[0]?.source).toBe(owed.postings[0]?.destination);
  });
});

it("only final and interim settlements are the fund's", () => {
  const summed = (["FINAL", "INTERIM", "DEFERRED", "RELEASE", "REVERSAL"] as const).filter((kind) =>
    isSettling(kind),
  );
  expect(summed).toEqual(["FINAL", "INTERIM"]);
});
