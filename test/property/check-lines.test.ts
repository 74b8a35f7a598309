import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { totalOf } from "../../shared/domain/bearers.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { adjudicateBill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import { toNetLines } from "../../shared/domain/settlements/net-lines.ts";
import { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { checkLines, type LineLimits, revokeLines } from "../../shared/domain/visits/check-lines.ts";
import { arbitraryLines } from "../support/arbitrary-bills.ts";
import { makeBill, toDay } from "../support/builders.ts";
import { amountText } from "../support/exact.ts";
import type { WireLine } from "../support/example-bills.ts";

const limits: LineLimits = {
  injuredOn: toDay("2026-03-05"),
  admittedOn: toDay("2026-03-05"),
  settledCount: 0,
  latestOn: toDay("2026-12-31"),
};

const parse = (lines: readonly WireLine[]): ChargeLine[] => lines.map((line) => z.parse(ChargeLine, line));

/** Messages of a visit: lines in the order of posting, cut anywhere. */
const cut = <T>(lines: readonly T[], sizes: readonly number[]): T[][] => {
  const messages: T[][] = [];
  let from = 0;
  for (const size of [...sizes, lines.length]) {
    messages.push(lines.slice(from, from + size));
    from += size;
  }
  return messages;
};
const sizes = fc.array(fc.nat(5), { maxLength: 4 });

/** What can be wrong with a line, done to one of them. */
const spoilers: readonly ((line: WireLine, other: WireLine) => WireLine)[] = [
  (line) => ({ ...line, amount: amountText(line.unitPrice, line.quantity) }),
  (line) => ({ ...line, amount: "0.01" }),
  (line) => ({ ...line, amount: "-0.01" }),
  (line, other) => ({ ...line, amount: other.amount }),
  (line, other) => ({ ...line, lineNo: other.lineNo }),
  (line, other) => ({ ...line, unitPrice: other.unitPrice }),
  (line, other) => ({ ...line, itemCode: other.itemCode }),
  (line, other) => ({ ...line, refundOf: other.lineNo }),
  ({ refundOf: _refundOf, ...line }) => line,
  (line, other) => ({ ...line, refundOf: other.refundOf ?? other.lineNo }),
  (line, other) => ({ ...other, lineNo: line.lineNo }),
  (line, other) => ({ ...other, lineNo: `${line.lineNo}x`, refundOf: line.refundOf ?? line.lineNo }),
  (line, other) => ({ ...line, quantity: other.quantity }),
  (line) => ({
    ...line,
    quantity: line.quantity.startsWith("-") ? line.quantity.slice(1) : `-${line.quantity}`,
  }),
  (line) => ({ ...line, serviceAt: "2026-03-04T23:59:59+08:00" }),
];

const isSent = (line: WireLine): boolean => z.safeParse(ChargeLine, line).success;

/** Lines of which some were spoilt, some several times. */
const messyLines: fc.Arbitrary<WireLine[]> = fc
  .tuple(
    arbitraryLines,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...spoilers)), { maxLength: 4 }),
  )
  .map(([lines, acts]) => {
    const messy = [...lines];
    for (const [at, beside, spoilt] of acts) {
      const [line, other] = [messy[at % messy.length], messy[beside % messy.length]];
      if (line !== undefined && other !== undefined) messy[at % messy.length] = spoilt(line, other);
    }
    return messy.filter(isSent);
  });

/** Everything that settlement relies on (design.md section 4). */
function expectSound(lines: readonly ChargeLine[]): void {
  expect(new Set(lines.map(({ lineNo }) => lineNo)).size).toBe(lines.length);
  const byNumber = new Map(lines.map((line) => [line.lineNo, line]));
  for (const line of lines) {
    expect(dayOf(line.serviceAt) >= limits.admittedOn).toBe(true);
    const original = line.refundOf === undefined ? undefined : byNumber.get(line.refundOf);
    expect(line.refundOf === undefined).toBe(line.quantity > 0);
    if (line.refundOf === undefined) continue;
    expect(original?.refundOf).toBeUndefined();
    expect(original?.unitPrice).toBe(line.unitPrice);
    expect(original?.itemCode).toBe(line.itemCode);
    expect(line.amount).toBeLessThanOrEqual(0);
  }
  for (const net of toNetLines(lines)) {
    expect(net.quantity).toBeGreaterThanOrEqual(0);
    expect(net.gross).toBeGreaterThanOrEqual(0);
    if (net.quantity === 0) expect(net.gross).toBe(0);
  }
  const { lines: allocated, total, allocation } = adjudicateBill(makeBill({ lines }));
  for (const each of allocated) expect(totalOf(each.allocation)).toBe(each.line.gross);
  expect(totalOf(allocation)).toBe(total);
}

describe("lines that hospitals post in good order", { timeout: 30_000 }, () => {
  it("pass the checks in one message and in any number of them", () => {
    fc.assert(
      fc.property(arbitraryLines, sizes, (lines, at) => {
        const posted: ChargeLine[] = [];
        for (const message of cut(parse(lines), at)) {
          expect(checkLines(message, posted, limits)).toEqual([]);
          posted.push(...message);
        }
        expect(checkLines(parse(lines), [], limits)).toEqual([]);
        expectSound(posted);
      }),
      { numRuns: 250 },
    );
  });

  it("come to the same bill in one message and in any number of them", () => {
    fc.assert(
      fc.property(arbitraryLines, sizes, (lines, at) => {
        const whole = adjudicateBill(makeBill({ lines: parse(lines) }));
        const parts = cut(parse(lines), at).flat();
        expect(adjudicateBill(makeBill({ lines: parts }))).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});

describe("lines that hospitals post in any disorder", { timeout: 30_000 }, () => {
  it("leave a visit sound, whichever messages are taken and whichever refused", () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(messyLines, sizes, (lines, at) => {
        const posted: ChargeLine[] = [];
        for (const message of cut(parse(lines), at)) {
          const faults = checkLines(message, posted, limits);
          if (faults.length === 0) posted.push(...message);
          if (faults.length === 0) taken += 1;
          else refused += 1;
        }
        expectSound(posted);
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  it("are refused with a pointer to a field that the line has or lacks", () => {
    fc.assert(
      fc.property(messyLines, (lines) => {
        for (const { pointer } of checkLines(parse(lines), [], limits)) {
          const [, index, field] =
            /^\/lines\/(\d+)\/(lineNo|itemCode|serviceAt|quantity|unitPrice|amount|refundOf)$/.exec(
              pointer,
            ) ?? [];
          expect(Number(index)).toBeLessThan(lines.length);
          expect(field).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  it("that pass in one message, originals first, pass one by one as well", () => {
    fc.assert(
      fc.property(messyLines, (lines) => {
        const message = parse(lines);
        fc.pre(checkLines(message, [], limits).length === 0);
        const originals = message.filter(({ refundOf }) => refundOf === undefined);
        const refunds = message.filter(({ refundOf }) => refundOf !== undefined);
        const posted: ChargeLine[] = [];
        for (const line of [...originals, ...refunds]) {
          expect(checkLines([line], posted, limits)).toEqual([]);
          posted.push(line);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("revocation", { timeout: 30_000 }, () => {
  it("leaves a visit sound, or names a line that cannot go", () => {
    fc.assert(
      fc.property(arbitraryLines, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (wire, picks) => {
        const lines = parse(wire);
        const lineNos = [...new Set(picks.flatMap((pick) => lines[pick % lines.length]?.lineNo ?? []))];
        const { left, faults } = revokeLines(lines, lineNos, 0);
        if (faults.length > 0) {
          expect(faults.every(({ code }) => code === "LINE_REFUNDED")).toBe(true);
          return;
        }
        expect(left.length).toBe(lines.length - lineNos.length);
        expect(() => toNetLines(left)).not.toThrow();
        expectSound(left);
      }),
      { numRuns: 250 },
    );
  });

  it("of everything leaves nothing", () => {
    fc.assert(
      fc.property(arbitraryLines, (wire) => {
        const lines = parse(wire);
        const all = lines.map(({ lineNo }) => lineNo);
        expect(revokeLines(lines, all, 0)).toEqual({ left: [], faults: [] });
      }),
      { numRuns: 100 },
    );
  });
});
