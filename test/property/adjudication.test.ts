import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bearers, fieldOf, totalOf, ZERO_ALLOCATION } from "../../shared/domain/bearers.ts";
import { capFor, findPeriod } from "../../shared/domain/catalogue/catalogue.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { amountOf, price, quantity } from "../../shared/domain/money.ts";
import { adjudicateBill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import { isBalanced, toLedgerEntries } from "../../shared/domain/settlements/ledger-entry.ts";
import { arbitraryBill, refundEverything } from "../support/arbitrary-bills.ts";
import { makeSettlement } from "../support/builders.ts";
import { parseBill, showAdjudication, type WireBill, type WireLine } from "../support/example-bills.ts";
import { referenceAdjudication } from "../support/reference-adjudication.ts";

const adjudicate = (bill: WireBill) => adjudicateBill(parseBill(bill));
const show = (bill: WireBill) => showAdjudication(adjudicate(bill));

/** Checks a property of many bills. */
const ofEveryBill = (check: (bill: WireBill) => void): void => {
  fc.assert(fc.property(arbitraryBill, check), { numRuns: 250 });
};

const shuffledBill = arbitraryBill.chain((bill) =>
  fc
    .shuffledSubarray(bill.lines, { minLength: bill.lines.length, maxLength: bill.lines.length })
    .map((lines) => ({ bill, shuffled: { ...bill, lines } })),
);

describe("whatever the bill,", { timeout: 30_000 }, () => {
  it("the six bearers of each line and of the whole add up to gross", () => {
    ofEveryBill((bill) => {
      const { lines, total, allocation } = adjudicate(bill);
      for (const each of lines) expect(totalOf(each.allocation)).toBe(each.line.gross);
      expect(totalOf(allocation)).toBe(total);
      expect(lines.reduce((sum, { line }) => sum + line.gross, 0)).toBe(total);
      for (const bearer of bearers) {
        const field = fieldOf[bearer];
        expect(lines.reduce((sum, each) => sum + each.allocation[field], 0)).toBe(allocation[field]);
      }
    });
  });

  it("gross is what was posted, refunds taken off", () => {
    ofEveryBill((bill) => {
      const parsed = parseBill(bill);
      expect(adjudicateBill(parsed).total).toBe(parsed.lines.reduce((sum, { amount }) => sum + amount, 0));
    });
  });

  it("no bearer's part is negative, nor a negative zero", () => {
    ofEveryBill((bill) => {
      const { lines, allocation, reasons } = adjudicate(bill);
      for (const each of [allocation, ...lines.map((line) => line.allocation)]) {
        for (const part of Object.values(each)) expect(part >= 0 && !Object.is(part, -0)).toBe(true);
      }
      for (const { amount } of [...reasons, ...lines.flatMap((line) => line.reasons)]) {
        expect(amount).toBeGreaterThan(0);
      }
    });
  });

  it("every part that a bearer other than the fund pays has its reasons, by line and in total", () => {
    ofEveryBill((bill) => {
      const { lines, allocation, reasons } = adjudicate(bill);
      for (const given of [{ allocation, reasons }, ...lines]) {
        for (const bearer of bearers.filter((each) => each !== "FUND")) {
          const why = given.reasons.filter((reason) => reason.bearer === bearer);
          const explained = why.reduce((sum, { amount }) => sum + amount, 0);
          expect(explained).toBe(given.allocation[fieldOf[bearer]]);
        }
      }
    });
  });

  it("reasons come once for each code and bearer, in the order of their names", () => {
    ofEveryBill((bill) => {
      const { lines, reasons } = adjudicate(bill);
      for (const given of [reasons, ...lines.map((each) => each.reasons)]) {
        const keys = given.map(({ code, bearer }) => `${code} ${bearer}`);
        expect(keys).toEqual([...new Set(keys)].sort());
      }
    });
  });

  it("the fund never pays more than cap × allowed, unless the policy names it as the bearer of the rest", () => {
    ofEveryBill((bill) => {
      const parsed = parseBill(bill);
      for (const { line, allocation, reasons } of adjudicateBill(parsed).lines) {
        const borneInstead = reasons.filter(({ bearer }) => bearer === "FUND");
        const fund = allocation.fund - borneInstead.reduce((sum, { amount }) => sum + amount, 0);
        const item = parsed.findItem(line.original.itemCode);
        const on = dayOf(line.original.serviceAt);
        const period = item === undefined ? undefined : findPeriod(item, on, parsed.visitType);
        if (period === undefined) {
          expect(fund).toBe(0);
          continue;
        }
        const { unitPrice } = line.original;
        const unit = Math.min(unitPrice, capFor(period, parsed.tier) ?? unitPrice);
        const most = Math.min(
          line.quantity,
          period.maxPerDay ?? line.quantity,
          period.maxPerVisit ?? line.quantity,
        );
        expect(fund).toBeLessThanOrEqual(amountOf(price(unit), quantity(most)));
      }
    });
  });

  it("the order of posting changes nothing but the order of the answer", () => {
    fc.assert(
      fc.property(shuffledBill, ({ bill, shuffled }) => {
        expect(show(shuffled)).toEqual(show(bill));
        expect(adjudicate(shuffled).reasons).toEqual(adjudicate(bill).reasons);
        const originals = shuffled.lines.filter(({ refundOf }) => refundOf === undefined);
        expect(adjudicate(shuffled).lines.map(({ line }) => line.original.lineNo)).toEqual(
          originals.map(({ lineNo }) => lineNo),
        );
      }),
      { numRuns: 250 },
    );
  });

  it("running it again gives the same bytes and leaves the bill as it was", () => {
    ofEveryBill((bill) => {
      const parsed = parseBill(bill);
      for (const line of parsed.lines) Object.freeze(line);
      const frozen = Object.freeze({ ...parsed, lines: Object.freeze(parsed.lines) });
      const first = JSON.stringify(adjudicateBill(frozen));
      expect(JSON.stringify(adjudicateBill(frozen))).toBe(first);
      expect(JSON.stringify(adjudicate(structuredClone(bill)))).toBe(first);
    });
  });

  it("a refund of everything leaves nothing to anybody, for no reason", () => {
    ofEveryBill((bill) => {
      const lines = [...bill.lines, ...refundEverything(bill.lines)];
      const { total, allocation, reasons } = adjudicate({ ...bill, lines });
      expect({ total, allocation, reasons }).toEqual({ total: 0, allocation: ZERO_ALLOCATION, reasons: [] });
    });
  });

  it("lines of one item are allocated the same without the lines of all others", () => {
    ofEveryBill((bill) => {
      const whole = show(bill).lines;
      for (const itemCode of ["A", "B", "C", "Z"]) {
        const lines = bill.lines.filter((line) => line.itemCode === itemCode);
        for (const [lineNo, line] of Object.entries(show({ ...bill, lines }).lines)) {
          expect(line).toEqual(whole[lineNo]);
        }
      }
    });
  });

  it("a line of an item without limits is allocated the same whatever else is on the bill", () => {
    const unlimited = arbitraryBill.map((bill) => ({
      ...bill,
      items: bill.items.map((item) => ({
        ...item,
        periods: item.periods.map(({ maxPerDay: _perDay, maxPerVisit: _perVisit, ...period }) => period),
      })),
    }));
    fc.assert(
      fc.property(unlimited, (bill) => {
        const whole = show(bill).lines;
        for (const [lineNo, line] of Object.entries(whole)) {
          const isOwn = (each: WireLine): boolean => each.lineNo === lineNo || each.refundOf === lineNo;
          expect(show({ ...bill, lines: bill.lines.filter(isOwn) }).lines).toEqual({ [lineNo]: line });
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the entry of its settlement balances", () => {
    ofEveryBill((bill) => {
      const { total, allocation } = adjudicate(bill);
      const standing = { before: undefined, after: undefined };
      for (const entry of toLedgerEntries(makeSettlement({ total, allocation }), standing)) {
        expect(isBalanced(entry)).toBe(true);
        expect(entry.postings.every(({ amount }) => amount > 0)).toBe(true);
      }
    });
  });

  it("a reference implementation in exact fractions comes to the same", () => {
    fc.assert(
      fc.property(arbitraryBill, (bill) => {
        expect(show(bill)).toEqual(referenceAdjudication(bill));
      }),
      { numRuns: 1_000 },
    );
  });
});
