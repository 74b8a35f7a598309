import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  amountOf,
  FundRatio,
  fen,
  formatPrice,
  formatQuantity,
  formatRatio,
  formatYuan,
  PositiveQuantity,
  PriceCap,
  parseYuan,
  price,
  quantity,
  ratio,
  SignedQuantity,
  SignedYuan,
  shareOf,
  UnitPrice,
  WHOLE,
  Yuan,
  ZERO_FEN,
} from "../../../shared/domain/money.ts";

describe("fen, prices, quantities and ratios", () => {
  it.each([
    ["fen", fen],
    ["price", price],
    ["quantity", quantity],
    ["ratio", ratio],
  ])("%s takes whole numbers that a number counts exactly, and throws for others", (_, brand) => {
    expect(brand(12)).toBe(12);
    expect(brand(-12)).toBe(-12);
    for (const broken of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => brand(broken)).toThrow(RangeError);
    }
  });

  it("name in the exception what the number is none of", () => {
    expect(() => fen(0.5)).toThrow("0.5 is no whole number of fen");
    expect(() => price(0.5)).toThrow("0.5 is no whole number of hundred-millionths");
    expect(() => quantity(0.5)).toThrow("0.5 is no whole number of ten-thousandths");
    expect(() => ratio(0.5)).toThrow("0.5 is no whole number of ten-thousandths");
  });

  it("are written in yuan with two decimals, or without zeros at the end", () => {
    expect(formatYuan(fen(12_850))).toBe("128.50");
    expect(formatYuan(fen(-5))).toBe("-0.05");
    expect(formatYuan(ZERO_FEN)).toBe("0.00");
    expect(formatPrice(price(314_159_200))).toBe("3.141592");
    expect(formatQuantity(quantity(15_000))).toBe("1.5");
    expect(formatRatio(ratio(8_000))).toBe("0.8");
    expect(formatRatio(WHOLE)).toBe("1");
  });

  it("parseYuan reads what formatYuan writes, and throws for what is no amount", () => {
    expect(parseYuan("-128.50")).toBe(-12_850);
    expect(() => parseYuan("128.505")).toThrow(RangeError);
    expect(() => parseYuan("")).toThrow(RangeError);
  });
});

const amount = (unitPrice: string, count: string): string =>
  formatYuan(amountOf(z.parse(UnitPrice, unitPrice), z.parse(SignedQuantity, count)));

describe("amountOf", () => {
  it.each([
    ["10.00", "3", "30.00"],
    ["0.333333", "3", "1.00"],
    ["0.005", "1", "0.01"],
    ["0.004999", "1", "0.00"],
    ["0.01", "0.5", "0.01"],
    ["0.01", "0.4999", "0.00"],
    ["0.01", "-0.5", "-0.01"],
    ["0.01", "-0.4999", "0.00"],
    ["136.38", "1.7538", "239.18"],
    ["0", "12", "0.00"],
    ["8999999.999999", "0.0001", "900.00"],
    ["8999999.999999", "9999999.9999", "89999999999090.00"],
    ["8999999.999999", "-9999999.9999", "-89999999999090.00"],
  ])("of %s × %s, rounded half up to the fen, is %s", (unitPrice, count, expected) => {
    expect(amount(unitPrice, count)).toBe(expected);
  });
});

describe("shareOf", () => {
  it("gives the whole for the whole, and rounds a part half up to the fen", () => {
    expect(shareOf(fen(101), WHOLE)).toBe(101);
    expect(shareOf(fen(101), ratio(5_000))).toBe(51);
    expect(shareOf(fen(101), ratio(4_950))).toBe(50);
    expect(shareOf(fen(101), ratio(0))).toBe(0);
    expect(shareOf(fen(99_999_999_999), ratio(9_999))).toBe(99_989_999_999);
  });
});

const largest = "999999999.99";

describe("the schemas of money", () => {
  it.each([
    ["SignedYuan", SignedYuan, `-${largest}`, largest, "-1000000000.00"],
    ["Yuan", Yuan, "0.00", largest, "-0.01"],
    ["UnitPrice", UnitPrice, "0", "8999999.999999", "9000000"],
    ["PriceCap", PriceCap, "0", "8999999.99999999", "9000000"],
    ["SignedQuantity", SignedQuantity, "-9999999.9999", "9999999.9999", "10000000"],
    ["PositiveQuantity", PositiveQuantity, "0.0001", "9999999.9999", "0"],
    ["FundRatio", FundRatio, "0", "1", "1.0001"],
  ])("%s takes its range to the ends and nothing beyond", (_, schema, least, most, beyond) => {
    expect(z.safeParse(schema, least).success).toBe(true);
    expect(z.safeParse(schema, most).success).toBe(true);
    expect(z.safeParse(schema, beyond).error?.issues).toMatchObject([{ message: "OUT_OF_RANGE" }]);
  });

  it.each([
    ["SignedYuan", SignedYuan, "0.001"],
    ["Yuan", Yuan, "0.001"],
    ["UnitPrice", UnitPrice, "0.0000001"],
    ["PriceCap", PriceCap, "0.000000001"],
    ["SignedQuantity", SignedQuantity, "0.00001"],
    ["PositiveQuantity", PositiveQuantity, "0.00001"],
    ["FundRatio", FundRatio, "0.00001"],
  ])("%s takes no more decimals than it has", (_, schema, text) => {
    expect(z.safeParse(schema, text).error?.issues).toMatchObject([{ message: "NOT_AN_EXACT_DECIMAL" }]);
  });

  it.each([
    ["SignedYuan", SignedYuan, "0.01", 1],
    ["Yuan", Yuan, "0.01", 1],
    ["UnitPrice", UnitPrice, "0.000001", 100],
    ["PriceCap", PriceCap, "0.00000001", 1],
    ["SignedQuantity", SignedQuantity, "-0.0001", -1],
    ["PositiveQuantity", PositiveQuantity, "0.0001", 1],
    ["FundRatio", FundRatio, "0.0001", 1],
  ])("%s counts in its smallest unit", (_, schema, text, units) => {
    expect(z.parse(schema, text)).toBe(units);
  });

  it("the largest quantity at the largest price still has an amount that counts exactly", () => {
    expect(amountOf(price(899_999_999_999_999), quantity(99_999_999_999))).toBe(8_999_999_999_909_990);
  });

  it("ten thousand lines of the largest amount still add up exactly", () => {
    expect(Number.isSafeInteger(10_000 * z.parse(Yuan, largest))).toBe(true);
  });
});
