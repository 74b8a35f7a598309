/** Fractions of whole numbers of any size: an arithmetic that shares nothing with the one it is held against. */
export interface Exact {
  readonly dividend: bigint;
  /** Positive. */
  readonly divisor: bigint;
}

/** Reads a decimal such as `-12.3400`. */
export function exact(text: string): Exact {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const dividend = BigInt(whole + fraction);
  return { dividend: negative ? -dividend : dividend, divisor: 10n ** BigInt(fraction.length) };
}

export const NONE: Exact = { dividend: 0n, divisor: 1n };

export const plus = (a: Exact, b: Exact): Exact => ({
  dividend: a.dividend * b.divisor + b.dividend * a.divisor,
  divisor: a.divisor * b.divisor,
});
export const minus = (a: Exact, b: Exact): Exact => plus(a, { dividend: -b.dividend, divisor: b.divisor });
export const times = (a: Exact, b: Exact): Exact => ({
  dividend: a.dividend * b.dividend,
  divisor: a.divisor * b.divisor,
});
export const isLess = (a: Exact, b: Exact): boolean => minus(a, b).dividend < 0n;
export const least = (a: Exact, b: Exact): Exact => (isLess(b, a) ? b : a);

/** Half up, away from zero. */
export function roundToWhole({ dividend, divisor }: Exact): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const below = size / divisor;
  const rounded = (size % divisor) * 2n >= divisor ? below + 1n : below;
  return dividend < 0n ? -rounded : rounded;
}

/** Yuan to fen. */
export const roundToFen = (yuan: Exact): bigint => roundToWhole(times(yuan, exact("100")));

/** `-12850n` → `"-128.50"`. */
export function yuanText(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The amount that a line of this price and quantity has to state. */
export const amountText = (unitPrice: string, quantity: string): string =>
  yuanText(roundToFen(times(exact(unitPrice), exact(quantity))));
