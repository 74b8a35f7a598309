import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  decimalSchema,
  formatDecimal,
  multiplyAndRound,
  parseDecimal,
} from "../../../shared/domain/decimal.ts";

describe("parseDecimal", () => {
  it.each([
    ["0", 0, 0],
    ["7", 2, 700],
    ["128.50", 2, 12_850],
    ["128.5", 2, 12_850],
    ["-128.50", 2, -12_850],
    ["0.01", 2, 1],
    ["00.01", 2, 1],
    ["1.2345", 4, 12_345],
    ["999999999999", 0, 999_999_999_999],
    ["3.14159265", 8, 314_159_265],
  ])("reads %s with %i decimals as %i of the smallest unit", (text, decimals, units) => {
    expect(parseDecimal(text, decimals)).toBe(units);
  });

  it("takes zeros beyond the allowed decimals, which change nothing", () => {
    expect(parseDecimal("1.50000", 1)).toBe(15);
  });

  it("takes no further digit beyond the allowed decimals", () => {
    expect(parseDecimal("1.501", 2)).toBeUndefined();
    expect(parseDecimal("1.5000001", 2)).toBeUndefined();
    expect(parseDecimal("1.009", 2)).toBeUndefined();
  });

  it("knows no negative zero", () => {
    expect(parseDecimal("-0", 2)).toBe(0);
    expect(parseDecimal("-0.00", 2)).toBe(0);
  });

  it.each([
    "",
    " ",
    "-",
    ".5",
    "5.",
    "+1",
    "1e3",
    "1,000",
    "0x10",
    "١",
    "--1",
    " 1",
    "1 ",
    "1\n",
    "1.2.3",
    "NaN",
  ])("takes %j for no decimal", (text) => {
    expect(parseDecimal(text, 2)).toBeUndefined();
  });

  it("takes at most twelve digits before the point", () => {
    expect(parseDecimal("999999999999.99", 2)).toBe(99_999_999_999_999);
    expect(parseDecimal("1000000000000", 0)).toBeUndefined();
  });

  it("takes no more units than a number counts exactly", () => {
    expect(parseDecimal("90071992.54740991", 8)).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseDecimal("90071992.54740992", 8)).toBeUndefined();
  });
});

describe("formatDecimal", () => {
  it.each([
    [12_850, 2, 2, "128.50"],
    [5, 2, 2, "0.05"],
    [0, 2, 2, "0.00"],
    [-5, 2, 2, "-0.05"],
    [-12_850, 2, 2, "-128.50"],
    [-0, 2, 2, "0.00"],
    [12_850, 4, 0, "1.285"],
    [10_000, 4, 0, "1"],
    [100, 4, 0, "0.01"],
    [120, 2, 1, "1.2"],
    [100, 2, 1, "1.0"],
    [7, 0, 0, "7"],
  ])("writes %i units of %i decimals, at least %i of them, as %s", (units, decimals, minimum, text) => {
    expect(formatDecimal(units, decimals, minimum)).toBe(text);
  });

  it("leaves out all zeros at the end unless told otherwise", () => {
    expect(formatDecimal(1_500, 3)).toBe("1.5");
  });
});

describe("multiplyAndRound", () => {
  it.each([
    [1, 4, 10, 0],
    [1, 5, 10, 1],
    [1, 6, 10, 1],
    [3, 5, 10, 2],
    [7, 5, 10, 4],
    [5, 2, 10, 1],
    [-1, 5, 10, -1],
    [-3, 5, 10, -2],
    [3, -5, 10, -2],
    [-3, -5, 10, 2],
    [3, 3, 7, 1],
    [5, 5, 7, 4],
  ])("makes of %i × %i ÷ %i, half up and away from zero, %i", (a, b, divisor, rounded) => {
    expect(multiplyAndRound(a, b, divisor)).toBe(rounded);
  });

  it("gives plain zero for what rounds to nothing, from either side", () => {
    expect(multiplyAndRound(-1, 4, 10)).toBe(0);
    expect(multiplyAndRound(0, -4, 10)).toBe(0);
    expect(multiplyAndRound(-1, 1, 1_000_000)).toBe(0);
  });

  it("is exact where the product is larger than a number can carry", () => {
    // 999,999,999,999,999 × 99,999,999,999 = 99,999,999,998,999,900,000,000,001
    expect(multiplyAndRound(999_999_999_999_999, 99_999_999_999, 10 ** 12)).toBe(99_999_999_999_000);
    expect(multiplyAndRound(-999_999_999_999_999, 99_999_999_999, 10 ** 12)).toBe(-99_999_999_999_000);
    expect(multiplyAndRound(999_999_999_999_999, -99_999_999_999, 10 ** 12)).toBe(-99_999_999_999_000);
  });

  it("rounds a half up and away from zero where the product is larger than a number can carry", () => {
    const half = 2 ** 52 + 1;
    expect(multiplyAndRound(half, 1_000_001, 2_000_002)).toBe((half + 1) / 2);
    expect(multiplyAndRound(-half, 1_000_001, 2_000_002)).toBe(-(half + 1) / 2);
    expect(multiplyAndRound(half - 3, 10_000_001, 40_000_004)).toBe(2 ** 50);
  });
});

describe("decimalSchema", () => {
  const brand = (units: number): number => units;
  const schema = decimalSchema({ decimals: 2, minimum: -500, maximum: 1_000 }, brand);
  const codesOf = (input: unknown): string[] =>
    z.safeParse(schema, input).error?.issues.map(({ message }) => message) ?? [];

  it("reads text and exact JSON numbers alike", () => {
    expect(z.parse(schema, "1.5")).toBe(150);
    expect(z.parse(schema, 1.5)).toBe(150);
    expect(z.parse(schema, -5)).toBe(-500);
    expect(z.parse(schema, 0)).toBe(0);
    expect(z.parse(schema, -0)).toBe(0);
  });

  it("takes the ends of its range and nothing beyond them", () => {
    expect(z.parse(schema, "10.00")).toBe(1_000);
    expect(z.parse(schema, "-5.00")).toBe(-500);
    expect(codesOf("10.01")).toEqual(["OUT_OF_RANGE"]);
    expect(codesOf("-5.01")).toEqual(["OUT_OF_RANGE"]);
    expect(codesOf(11)).toEqual(["OUT_OF_RANGE"]);
  });

  it.each(["", "1.001", "abc", 1.001, 1e21, 1e-7, Number.MAX_VALUE])(
    "takes %j for no exact decimal",
    (input) => {
      expect(codesOf(input)).toEqual(["NOT_AN_EXACT_DECIMAL"]);
    },
  );

  it("takes neither objects nor booleans nor nothing", () => {
    for (const input of [{}, [], true, null, undefined]) {
      expect(z.safeParse(schema, input).success).toBe(false);
    }
  });

  it("counts in a smaller unit than callers may write", () => {
    const price = decimalSchema({ decimals: 8, writtenDecimals: 6, minimum: 0, maximum: 10 ** 9 }, brand);
    expect(z.parse(price, "0.000001")).toBe(100);
    expect(z.parse(price, "1.00000000")).toBe(100_000_000);
    expect(z.safeParse(price, "0.0000001").success).toBe(false);
  });

  it("refuses what is no more exact in the unit that it counts in", () => {
    const price = decimalSchema({ decimals: 8, writtenDecimals: 2, minimum: 0, maximum: 10 ** 15 }, brand);
    expect(z.safeParse(price, "99999999.99").error?.issues[0]?.message).toBe("NOT_AN_EXACT_DECIMAL");
  });
});
