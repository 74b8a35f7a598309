import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import { isBalanced, toLedgerEntries } from "../../../../shared/domain/settlements/ledger-entry.ts";
import {
  isRepaid,
  repaidOf,
  repaymentsDue,
  toRepayments,
} from "../../../../shared/domain/settlements/repayment.ts";
import { payableToHospital, toReversal } from "../../../../shared/domain/settlements/settlement.ts";
import { makeAllocation, makeSettlement, makeStanding, NOW } from "../../../support/builders.ts";

const advances = [
  { paidBy: "WORKER", amount: fen(3_000), receipt: "R1" },
  { paidBy: "EMPLOYER", amount: fen(9_000), receipt: "R2" },
  { paidBy: "WORKER", amount: fen(1), receipt: "R3" },
] as const;
const nothing = { before: undefined, after: undefined };
const postingsOf = (entry?: ReturnType<typeof toLedgerEntries>[number]) =>
  entry?.postings.map(({ source, destination, amount }) => [source, destination, amount]);

describe("advances", () => {
  it("are paid back in their order, as far as the fund's part reaches", () => {
    expect(toRepayments(advances, fen(10_000))).toEqual([
      { payee: "WORKER", amount: 3_000, receipt: "R1" },
      { payee: "EMPLOYER", amount: 7_000, receipt: "R2" },
    ]);
    expect(toRepayments(advances, fen(0))).toEqual([]);
    expect(toRepayments([], fen(10_000))).toEqual([]);
  });

  it("are paid back from where earlier settlements left off", () => {
    expect(toRepayments(advances, fen(20_000), fen(10_000))).toEqual([
      { payee: "EMPLOYER", amount: 2_000, receipt: "R2" },
      { payee: "WORKER", amount: 1, receipt: "R3" },
    ]);
    expect(toRepayments(advances, fen(20_000), fen(12_001))).toEqual([]);
  });

  it("go back from the fund to whoever paid them, and the hospital gets the rest", () => {
    const settlement = makeSettlement({ repayments: toRepayments(advances.slice(0, 1), fen(10_000)) });
    expect(payableToHospital(settlement)).toBe(7_000);
    expect(payableToHospital(makeSettlement({}))).toBe(10_000);
    const entries = toLedgerEntries(settlement, nothing);
    expect(entries).toHaveLength(1);
    expect(postingsOf(entries[0])).toEqual([
      ["fund", "worker:GS2026000001", 3_000],
      ["fund", "hospital:H33030400001", 7_000],
    ]);
    expect(payableToHospital(toReversal(settlement, { number: 2, at: NOW }))).toBe(-7_000);
  });
});

describe("what goes back beyond a settlement's own fund part", () => {
  it("is taken from the hospital, which was credited with it before", () => {
    const repayments = [{ payee: "WORKER", amount: fen(12_000), receipt: "R1" }] as const;
    const entries = toLedgerEntries(makeSettlement({ repayments }), nothing);
    expect(entries.map(postingsOf)).toEqual([
      [["fund", "worker:GS2026000001", 10_000]],
      [["hospital:H33030400001", "worker:GS2026000001", 2_000]],
    ]);
  });
});

describe("what is due at a settlement", () => {
  const standing = [
    makeStanding({ kind: "INTERIM", allocation: makeAllocation({ fund: "100.00" }) }),
    makeStanding({ number: 2, kind: "DEFERRED", allocation: makeAllocation({ fund: "7.00" }) }),
  ];

  it("is what the fund's part of the whole visit reaches, less what is paid back already", () => {
    expect(repaymentsDue({ standing, advances }, "FINAL", fen(500))).toEqual([
      { payee: "WORKER", amount: 3_000, receipt: "R1" },
      { payee: "EMPLOYER", amount: 7_500, receipt: "R2" },
    ]);
    const repaid = standing.map((each) => ({ ...each, repaid: fen(2_000) }));
    expect(repaidOf({ standing: repaid })).toBe(4_000);
    expect(repaymentsDue({ standing: repaid, advances }, "INTERIM", fen(500))).toEqual([
      { payee: "EMPLOYER", amount: 6_500, receipt: "R2" },
    ]);
  });

  it("is nothing where nothing was advanced, and where nothing of it is the fund's", () => {
    expect(repaymentsDue({ standing }, "FINAL", fen(500))).toBeUndefined();
    expect(repaymentsDue({ standing, advances }, "DEFERRED", fen(500))).toBeUndefined();
    expect(repaymentsDue({ standing, advances }, "RELEASE", fen(500))).toBeUndefined();
  });

  it("tells which advances were paid back, in whole or in part", () => {
    const repaid = [makeStanding({ kind: "INTERIM", repaid: fen(3_001) })];
    const visit = { standing: repaid, advances };
    expect(["R1", "R2", "R3", "R4"].map((receipt) => isRepaid(visit, receipt))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isRepaid({ standing: repaid }, "R1")).toBe(false);
  });
});

describe("a settlement that pays back more than its own part of the fund", () => {
  const settlement = makeSettlement({
    settlementId: "V1-2",
    allocation: makeAllocation({ fund: "50.00", personal: "2.00" }),
    repayments: [
      { payee: "WORKER", amount: fen(3_000), receipt: "R1" },
      { payee: "EMPLOYER", amount: fen(9_000), receipt: "R2" },
    ],
  });

  it("takes the rest out of what the hospital was credited with before, by an entry that balances", () => {
    expect(payableToHospital(settlement)).toBe(-7_000);
    const [own, beyond, ...others] = toLedgerEntries(settlement, nothing);
    expect(others).toEqual([]);
    expect(postingsOf(own)).toEqual([
      ["fund", "worker:GS2026000001", 3_000],
      ["fund", "employer:91350100M000100Y43", 2_000],
      ["worker:GS2026000001", "hospital:H33030400001", 200],
    ]);
    expect(beyond).toMatchObject({ entryId: "V1-2-REPAYS", kind: "REPAYMENT", total: 7_000 });
    expect(postingsOf(beyond)).toEqual([["hospital:H33030400001", "employer:91350100M000100Y43", 7_000]]);
    expect([own, beyond].every((entry) => entry !== undefined && isBalanced(entry))).toBe(true);
  });

  it("is taken back by the same amounts the other way", () => {
    const reversal = toReversal(settlement, { number: 3, at: NOW });
    const [own, beyond] = toLedgerEntries(reversal, nothing);
    expect(postingsOf(own)?.[1]).toEqual(["employer:91350100M000100Y43", "fund", 2_000]);
    expect(beyond).toMatchObject({ kind: "CLEARANCE", reverses: "V1-2-REPAYS", total: -7_000 });
    expect(postingsOf(beyond)).toEqual([["employer:91350100M000100Y43", "hospital:H33030400001", 7_000]]);
    expect([own, beyond].every((entry) => entry !== undefined && isBalanced(entry))).toBe(true);
  });
});
