import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../../shared/domain/money.ts";
import { isBalanced, toLedgerEntries } from "../../shared/domain/settlements/ledger-entry.ts";
import { repaidBy, repaidOf, repaymentsDue } from "../../shared/domain/settlements/repayment.ts";
import { payableToHospital, toReversal } from "../../shared/domain/settlements/settlement.ts";
import { isSettling, type StandingSettlement } from "../../shared/domain/visits/visit.ts";
import type { Advance } from "../../shared/domain/visits/visit-requests.ts";
import { makeAllocation, makeSettlement, makeStanding, NOW } from "../support/builders.ts";

const yuan = fc.integer({ min: 0, max: 100_000 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("ADVANCE" as const), amount: yuan, byWorker: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("INTERIM" as const, "DEFERRED" as const), fund: yuan }),
  fc.record({ kind: fc.constant("REVERSE" as const) }),
);
const inYuan = (amount: number): string => (amount / 100).toFixed(2);

/** What each account has by the ledger. */
function balances(entries: readonly ReturnType<typeof toLedgerEntries>[number][]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { source, destination, amount } of entries.flatMap(({ postings }) => postings)) {
    sums.set(source, (sums.get(source) ?? 0) - amount);
    sums.set(destination, (sums.get(destination) ?? 0) + amount);
  }
  return sums;
}

test("however a visit is cut into settlements, reversed and settled again, the lesser of advances and fund goes back", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), yuan, (steps, last) => {
      const advances: Advance[] = [];
      const standing: { of: StandingSettlement; settlement: ReturnType<typeof makeSettlement> }[] = [];
      const entries: ReturnType<typeof toLedgerEntries>[number][] = [];
      let [number, toHospital] = [0, 0];
      const record = (settlement: ReturnType<typeof makeSettlement>): void => {
        entries.push(...toLedgerEntries(settlement, { before: undefined, after: undefined }));
        const kind = settlement.kind === "REVERSAL" ? settlement.reversesKind : settlement.kind;
        if (kind !== "DEFERRED") toHospital += payableToHospital(settlement);
      };
      const settle = (kind: "INTERIM" | "FINAL" | "DEFERRED", fund: number): void => {
        number += 1;
        const allocation = makeAllocation({ fund: inYuan(fund) });
        const visit = { standing: standing.map(({ of }) => of), advances };
        const repayments = repaymentsDue(visit, kind, allocation.fund);
        const settlement = makeSettlement({ settlementId: `V1-${number}`, kind, allocation, repayments });
        record(settlement);
        const repaid = repaidBy(settlement);
        expect(repayments?.every(({ amount }) => amount > 0) ?? true).toBe(true);
        standing.push({ of: makeStanding({ number, kind, allocation, repaid }), settlement });
      };
      for (const each of steps) {
        if (each.kind === "ADVANCE") {
          const paidBy = each.byWorker ? ("WORKER" as const) : ("EMPLOYER" as const);
          advances.push({ paidBy, amount: fen(each.amount), receipt: String(advances.length) });
        } else if (each.kind === "REVERSE") {
          const undone = standing.pop();
          number += undone === undefined ? 0 : 1;
          if (undone !== undefined) record(toReversal(undone.settlement, { number, at: NOW }));
        } else settle(each.kind, each.fund);
      }
      settle("FINAL", last);

      const kept = standing.map(({ of }) => of);
      const fund = kept.reduce(
        (sum, { kind, allocation }) => sum + (isSettling(kind) ? allocation.fund : 0),
        0,
      );
      const due = Math.min(
        fund,
        advances.reduce((sum, { amount }) => sum + amount, 0),
      );
      expect(repaidOf({ standing: kept })).toBe(due);
      expect(toHospital).toBe(fund - due);
      expect(entries.every(isBalanced)).toBe(true);
      const accounts = balances(entries);
      expect(accounts.get("hospital:H33030400001") ?? 0).toBe(fund - due);
      expect(0 - (accounts.get("fund") ?? 0)).toBe(fund);
      let left = due;
      const byPayee = { WORKER: 0, EMPLOYER: 0 };
      for (const { paidBy, amount } of advances) {
        byPayee[paidBy] += Math.min(amount, left);
        left -= Math.min(amount, left);
      }
      expect(accounts.get("worker:GS2026000001") ?? 0).toBe(byPayee.WORKER);
      expect(accounts.get("employer:91350100M000100Y43") ?? 0).toBe(byPayee.EMPLOYER);
    }),
  );
});
