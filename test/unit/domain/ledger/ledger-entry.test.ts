import { describe, expect, it } from "vitest";
import { isBalanced, toLedgerEntry } from "../../../../shared/domain/ledger/ledger-entry.ts";
import { settlementIdOf, settlementKinds } from "../../../../shared/domain/ledger/settlement.ts";
import { fen } from "../../../../shared/domain/money.ts";
import {
  CASE_NO,
  HOSPITAL_CODE,
  makeAllocation,
  makeSettlement,
  NOW,
  USCC,
} from "../../../support/builders.ts";

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
    expect(toLedgerEntry(settlement)).toEqual({
      entryId: "V1-1",
      kind: "SETTLEMENT",
      at: NOW,
      hospitalCode: HOSPITAL_CODE,
      settlementId: "V1-1",
      total: 6_300,
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
  it("is named after its visit and its number within it", () => {
    expect(settlementIdOf("V1", 2)).toBe("V1-2");
  });

  it("is final, interim or deferred, or reverses another", () => {
    expect(settlementKinds).toEqual(["FINAL", "INTERIM", "DEFERRED", "REVERSAL"]);
  });
});
