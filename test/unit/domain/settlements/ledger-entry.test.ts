import { describe, expect, it } from "vitest";
import { addAllocations, ZERO_ALLOCATION } from "../../../../shared/domain/bearers.ts";
import { fen } from "../../../../shared/domain/money.ts";
import {
  isBalanced,
  type LedgerEntry,
  toLedgerEntries,
} from "../../../../shared/domain/settlements/ledger-entry.ts";
import {
  isOfEarlierMonth,
  type Settlement,
  settlementKinds,
  toRestored,
  toReversal,
} from "../../../../shared/domain/settlements/settlement.ts";
import {
  CASE_NO,
  HOSPITAL_CODE,
  makeAllocation,
  makeSettlement,
  NOW,
  toInstant,
  USCC,
} from "../../../support/builders.ts";

/** The settlement's own entry, where nothing else stands. */
function toLedgerEntry(settlement: Settlement, messageKey?: string): LedgerEntry {
  const [entry] = toLedgerEntries(settlement, { before: undefined, after: undefined }, messageKey);
  if (entry === undefined) throw new Error("no entry");
  return entry;
}

const settlement = makeSettlement({
  allocation: makeAllocation({
    fund: "1.00",
    employer: "2.00",
    hospital: "4.00",
    thirdParty: "8.00",
    otherInsurer: "16.00",
    personal: "32.00",
  }),
});

describe("the ledger entry of a settlement", () => {
  it("moves what each bearer pays from an account of its own to the hospital's", () => {
    const destination = `hospital:${HOSPITAL_CODE}`;
    expect(toLedgerEntry(settlement, "message-1")).toEqual({
      entryId: "V1-1",
      kind: "SETTLEMENT",
      at: NOW,
      hospitalCode: HOSPITAL_CODE,
      employerUscc: USCC,
      caseNo: CASE_NO,
      visitId: "V1",
      settlementId: "V1-1",
      messageKey: "message-1",
      total: 6_300,
      allocation: settlement.allocation,
      postings: [
        { source: "fund", destination, amount: 100 },
        { source: `employer:${USCC}`, destination, amount: 200 },
        { source: `hospital-borne:${HOSPITAL_CODE}`, destination, amount: 400 },
        { source: `third-party:${CASE_NO}`, destination, amount: 800 },
        { source: "other-insurer", destination, amount: 1_600 },
        { source: `worker:${CASE_NO}`, destination, amount: 3_200 },
      ],
    });
  });

  it("balances", () => {
    expect(isBalanced(toLedgerEntry(settlement))).toBe(true);
  });

  it("has no posting for a bearer of nothing, and none at all for a bill of nothing", () => {
    const free = toLedgerEntry(makeSettlement({ allocation: makeAllocation({}) }));
    expect(free.postings).toEqual([]);
    expect(isBalanced(free)).toBe(true);
    const fund = toLedgerEntry(makeSettlement());
    expect(fund.postings.map(({ source, amount }) => [source, amount])).toEqual([["fund", 10_000]]);
  });
});

describe("the account of nobody", () => {
  const ofNobody = (change: Partial<Settlement>): Settlement => ({
    ...makeSettlement({ allocation: ZERO_ALLOCATION }),
    caseNo: undefined,
    ...change,
  });

  it.each(["personal", "thirdParty"] as const)(
    "cannot be posted to: without a case, nobody bears %s",
    (bearer) => {
      const allocation = makeAllocation({ [bearer]: "1.00" });
      expect(() => toLedgerEntry(ofNobody({ allocation, total: fen(100) }))).toThrow("has no owner");
    },
  );

  it("is not needed where a bill waits for its case, or is none of the worker's", () => {
    const fund = makeSettlement({ allocation: makeAllocation({ fund: "1.00" }) });
    for (const waiting of [
      ofNobody({ ...fund, caseNo: undefined }),
      ofNobody({ kind: "DEFERRED", total: fen(100) }),
    ])
      expect(JSON.stringify(toLedgerEntry(waiting))).not.toContain("undefined");
  });

  it("cannot be paid an allowance or an advance back either", () => {
    const mealAllowance = { days: 1, amount: fen(100) };
    const repayments = [{ payee: "WORKER" as const, amount: fen(100), receipt: "R1" }];
    expect(() => toLedgerEntry(ofNobody({ mealAllowance }))).toThrow("has no owner");
    expect(() => toLedgerEntry(ofNobody({ repayments }))).toThrow("has no owner");
  });

  it("nor is an entry taken back that a reversal does not name", () => {
    const reversal = toReversal(
      { ...makeSettlement(), mealAllowance: { days: 1, amount: fen(100) } },
      { number: 2, at: NOW },
    );
    expect(() => toLedgerEntry({ ...reversal, reverses: undefined })).toThrow(
      "does not say what it reverses",
    );
  });
});

describe("the ledger entry of a reversal", () => {
  const entry = toLedgerEntry(toReversal(settlement, { number: 2, at: NOW }));

  it("moves the same amounts back, and points to what it takes back", () => {
    expect(entry).toMatchObject({ kind: "REVERSAL", entryId: "V1-2", reverses: "V1-1", total: -6_300 });
    expect(entry.postings[0]).toEqual({
      source: `hospital:${HOSPITAL_CODE}`,
      destination: "fund",
      amount: 100,
    });
    expect(entry.postings.map(({ amount }) => amount)).toEqual([100, 200, 400, 800, 1_600, 3_200]);
  });

  it("balances, with its total taken positive", () => {
    expect(isBalanced(entry)).toBe(true);
    expect(isBalanced({ ...entry, total: fen(6_299) })).toBe(false);
  });
});

describe("an entry does not balance", () => {
  const entry = toLedgerEntry(settlement);

  it("whose postings come to more or less than its total", () => {
    expect(isBalanced({ ...entry, total: fen(6_301) })).toBe(false);
    expect(isBalanced({ ...entry, postings: entry.postings.slice(1) })).toBe(false);
    expect(isBalanced({ ...entry, postings: [...entry.postings, ...entry.postings.slice(0, 1)] })).toBe(
      false,
    );
  });

  it("with a negative posting, even where the sum is right", () => {
    const [first, second, ...others] = entry.postings;
    if (first === undefined || second === undefined) throw new Error("too few postings");
    const postings = [{ ...first, amount: fen(400) }, { ...second, amount: fen(-100) }, ...others];
    expect(isBalanced({ ...entry, postings })).toBe(false);
  });
});

describe("a settlement", () => {
  const reason = { code: "NOT_IN_CATALOGUE", bearer: "EMPLOYER", amount: fen(200) } as const;
  const original = makeSettlement({ ...settlement, reasons: [reason], kind: "INTERIM" });
  const reversal = toReversal(original, {
    number: 2,
    at: toInstant("2026-04-01T00:00:00+08:00"),
    reason: "输错",
  });

  it("has a counter-entry that points back to it and says when and why", () => {
    expect(reversal).toMatchObject({
      settlementId: "V1-2",
      kind: "REVERSAL",
      total: -6_300,
      reasons: [{ ...reason, amount: -200 }],
      reverses: "V1-1",
      reversesSettledAt: NOW,
      reversalReason: "输错",
      lineCount: original.lineCount,
    });
    expect(addAllocations(original.allocation, reversal.allocation)).toEqual(ZERO_ALLOCATION);
  });

  it("holds again as it was, under a number of its own, when its reversal is taken back", () => {
    const at = toInstant("2026-04-02T00:00:00+08:00");
    expect(toRestored(original, reversal, { number: 3, at })).toEqual({
      ...original,
      settlementId: "V1-3",
      settledAt: at,
      reverses: "V1-2",
      reversesKind: "REVERSAL",
      reversesSettledAt: reversal.settledAt,
    });
  });

  it("is of an earlier month than its reversal where a month has ended between them", () => {
    expect(isOfEarlierMonth(reversal)).toBe(true);
    expect(isOfEarlierMonth(toReversal(original, { number: 2, at: NOW }))).toBe(false);
    expect(isOfEarlierMonth(original)).toBe(false);
    expect(isOfEarlierMonth({ kind: "REVERSAL" })).toBe(false);
    expect(isOfEarlierMonth({ kind: "REVERSAL", settledAt: NOW })).toBe(false);
  });

  it("is final, interim, deferred or a release, or reverses another", () => {
    expect(settlementKinds).toEqual(["FINAL", "INTERIM", "DEFERRED", "RELEASE", "REVERSAL"]);
  });
});
