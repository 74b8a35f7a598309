import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { formatDecimal, multiplyAndRound, parseDecimal } from "../../shared/domain/decimal.ts";
import {
  amountOf,
  fen,
  formatPrice,
  formatQuantity,
  formatRatio,
  formatYuan,
  parseYuan,
  price,
  quantity,
  ratio,
  SignedYuan,
  shareOf,
} from "../../shared/domain/money.ts";
import { amountText, exact, roundToWhole } from "../support/exact.ts";

const decimals = fc.nat(8);
/** Units that any number of decimals up to 8 can write with twelve digits before the point. */
const units = fc.oneof(fc.integer(), fc.maxSafeInteger()).filter((value) => Math.abs(value) < 10 ** 12);

describe("a decimal", () => {
  it("that was written is read as the same units", () => {
    fc.assert(
      fc.property(units, decimals, decimals, (value, of, least) => {
        const text = formatDecimal(value, of, Math.min(of, least));
        expect(parseDecimal(text, of)).toBe(value);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
        expect((text.split(".")[1] ?? "").length).toBeGreaterThanOrEqual(Math.min(of, least));
      }),
    );
  });

  it("is read as what it says, or not at all", () => {
    const text = fc.stringMatching(/^-?\d{1,13}(\.\d{1,9})?$/);
    fc.assert(
      fc.property(text, decimals, (written, of) => {
        const { dividend, divisor } = exact(written);
        const scaled = dividend * 10n ** BigInt(of);
        const read = parseDecimal(written, of);
        const isReadable =
          scaled % divisor === 0n &&
          Number.isSafeInteger(Number(scaled / divisor)) &&
          (written.replace("-", "").split(".")[0] ?? "").length <= 12;
        expect(read).toBe(isReadable ? Number(scaled / divisor) : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("of another form is not read", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^-?\d+(\.\d+)?$/.test(text));
        expect(parseDecimal(text, 2)).toBeUndefined();
      }),
    );
  });
});

describe("multiplication", () => {
  const factor = fc.maxSafeInteger();
  const small = fc.integer({ min: -100_000, max: 100_000 });
  const divisor = fc.constantFrom(1, 3, 7, 10, 10_000, 10 ** 8, 10 ** 10);
  const pairs = fc.oneof(fc.tuple(small, small), fc.tuple(factor, small), fc.tuple(small, factor));

  it("rounds as exact fractions do, half up and away from zero", () => {
    fc.assert(
      fc.property(pairs, divisor, ([a, b], by) => {
        const rounded = roundToWhole({ dividend: BigInt(a) * BigInt(b), divisor: BigInt(by) });
        expect(multiplyAndRound(a, b, by)).toBe(Number(rounded));
      }),
      { numRuns: 2_000 },
    );
  });

  it("of the opposite is the opposite, and the order of factors is nothing to it", () => {
    fc.assert(
      fc.property(pairs, divisor, ([a, b], by) => {
        const product = multiplyAndRound(a, b, by);
        expect(multiplyAndRound(b, a, by)).toBe(product);
        expect(multiplyAndRound(-a, b, by)).toBe(0 - product);
      }),
    );
  });
});

describe("money", () => {
  const anyFen = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map(fen);

  it("in yuan is read back to the fen, as text of any schema and by parseYuan", () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        expect(parseYuan(formatYuan(amount))).toBe(amount);
        expect(z.parse(SignedYuan, formatYuan(amount))).toBe(amount);
        expect(z.parse(SignedYuan, JSON.parse(formatYuan(amount)))).toBe(amount);
      }),
    );
  });

  it("prices, quantities and ratios are written so that they read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 899_999_999_999_999 }), (value) => {
        expect(parseDecimal(formatPrice(price(value)), 8)).toBe(value);
        expect(parseDecimal(formatQuantity(quantity(value)), 4)).toBe(value);
        expect(parseDecimal(formatRatio(ratio(value)), 4)).toBe(value);
      }),
    );
  });

  it("an amount is what exact fractions make of price times quantity", () => {
    const anyPrice = fc.integer({ min: 0, max: 8_999_999_999_999 });
    const anyQuantity = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    fc.assert(
      fc.property(anyPrice, anyQuantity, (millionths, tenThousandths) => {
        const [unitPrice, count] = [price(millionths * 100), quantity(tenThousandths)];
        expect(formatYuan(amountOf(unitPrice, count))).toBe(
          amountText(formatPrice(unitPrice), formatQuantity(count)).replace(/^-0\.00$/, "0.00"),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("a share and what remains are each within the whole", () => {
    const share = fc.integer({ min: 0, max: 10_000 }).map(ratio);
    fc.assert(
      fc.property(fc.nat(99_999_999_999).map(fen), share, (amount, of) => {
        const part = shareOf(amount, of);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(amount);
      }),
    );
  });
});
