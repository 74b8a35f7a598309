import * as z from "zod/mini";
import { takes } from "./expected.ts";

/**
 * Exact decimals as whole numbers of their smallest unit: a quantity of 1.5 is 15000 ten-thousandths. No float
 * ever carries a value. Unit prices are posted with up to 6 decimals; caps are often a percentage of one, so
 * both are counted in units of 8 decimals.
 */
export const PRICE_DECIMALS = 8;
export const UNIT_PRICE_DECIMALS = 6;
export const QUANTITY_DECIMALS = 4;
export const RATIO_DECIMALS = 4;
export const FEN_DECIMALS = 2;

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/**
 * Reads a decimal as a whole number of its smallest unit, or undefined where the text is no decimal or has
 * more digits than allowed. Trailing zeros beyond the allowed decimals are exact and accepted.
 */
export function parseDecimal(text: string, decimals: number): number | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] ?? "";
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const units = Number([match[2], fraction.slice(0, decimals).padEnd(decimals, "0")].join(""));
  if (!Number.isSafeInteger(units)) return undefined;
  return match[1] === "-" && units !== 0 ? -units : units;
}

/** Writes a whole number of units as a decimal with at least `minimumDecimals` decimals. */
export function formatDecimal(units: number, decimals: number, minimumDecimals = 0): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  let fraction = digits.slice(digits.length - decimals);
  while (fraction.length > minimumDecimals && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  return `${units < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** `a × b ÷ divisor`, rounded half up, away from zero, exactly. */
export function multiplyAndRound(a: number, b: number, divisor: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const magnitude = Math.abs(product);
    const rest = magnitude % divisor;
    const quotient = (magnitude - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
    return product < 0 ? 0 - quotient : quotient; // 0 - 0 is 0; -0 is another value
  }
  const exact = BigInt(a) * BigInt(b);
  const magnitude = exact < 0n ? -exact : exact;
  const quotient = (magnitude * 2n + BigInt(divisor)) / (BigInt(divisor) * 2n);
  return Number(exact < 0n ? -quotient : quotient);
}

interface DecimalRange {
  /** Of the smallest unit. */
  readonly decimals: number;
  /** Decimals that a caller may write, where fewer than the unit has. */
  readonly writtenDecimals?: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Schema of a decimal on the wire: a string, or a JSON number that is exact in the allowed decimals.
 * `minimum` and `maximum` are in the smallest unit.
 */
export function decimalSchema<Unit extends number>(range: DecimalRange, brand: (units: number) => Unit) {
  const { decimals, writtenDecimals = decimals } = range;
  const parse = (text: string): number => {
    const isWritten = writtenDecimals === decimals || parseDecimal(text, writtenDecimals) !== undefined;
    return (isWritten ? parseDecimal(text, decimals) : undefined) ?? Number.NaN;
  };
  let last: { readonly input: string | number; readonly units: number } | undefined;
  /** In the smallest unit; NaN for what is no such decimal. Checks and transform ask for the same one after another. */
  const read = (input: string | number): number => {
    if (last === undefined || last.input !== input) last = { input, units: parse(String(input)) };
    return last.units;
  };
  return z.pipe(
    z.union([z.string(), z.number()]).check(
      z.refine((input) => !Number.isNaN(read(input)), {
        error: "NOT_AN_EXACT_DECIMAL",
        ...takes({ kind: "DECIMALS", decimals: writtenDecimals }),
      }),
      z.refine((input) => !(read(input) < range.minimum || read(input) > range.maximum), {
        error: "OUT_OF_RANGE",
        ...takes({
          kind: "NUMBER",
          least: formatDecimal(range.minimum, decimals),
          most: formatDecimal(range.maximum, decimals),
        }),
      }),
    ),
    z.transform((input) => brand(read(input))),
  );
}
