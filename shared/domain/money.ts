import {
  decimalSchema,
  FEN_DECIMALS,
  formatDecimal,
  multiplyAndRound,
  PRICE_DECIMALS,
  parseDecimal,
  QUANTITY_DECIMALS,
  RATIO_DECIMALS,
  UNIT_PRICE_DECIMALS,
} from "./decimal.ts";

declare const unit: unique symbol;

/** A whole number of fen (0.01 yuan); negative for refunds and reversals. */
export type Fen = number & { readonly [unit]: "fen" };
/** A unit price or a cap, as a whole number of hundred-millionths of a yuan (8 decimals). */
export type Price = number & { readonly [unit]: "price" };
/** A quantity as a whole number of ten-thousandths (4 decimals). */
export type Quantity = number & { readonly [unit]: "ten-thousandth" };
/** A share from 0 to 1 as a whole number of ten-thousandths. */
export type Ratio = number & { readonly [unit]: "ratio" };

const isFen = (value: number): value is Fen => Number.isSafeInteger(value);
const isPrice = (value: number): value is Price => Number.isSafeInteger(value);
const isQuantity = (value: number): value is Quantity => Number.isSafeInteger(value);
const isRatio = (value: number): value is Ratio => Number.isSafeInteger(value);

const broken = (value: number, what: string): never => {
  throw new RangeError(`${value} is no whole number of ${what}`);
};

/** Brands a whole number as fen; throws RangeError for anything else. */
export const fen = (value: number): Fen => (isFen(value) ? value : broken(value, "fen"));
/** Brands a price in hundred-millionths of a yuan; throws RangeError for anything else. */
export const price = (value: number): Price => (isPrice(value) ? value : broken(value, "hundred-millionths"));
/** Brands a whole number of ten-thousandths; throws RangeError for anything else. */
export const quantity = (value: number): Quantity =>
  isQuantity(value) ? value : broken(value, "ten-thousandths");
/** Brands a share in ten-thousandths; throws RangeError for anything else. */
export const ratio = (value: number): Ratio => (isRatio(value) ? value : broken(value, "ten-thousandths"));

export const ZERO_FEN = fen(0);
/** The same amount the other way; nothing stays nothing, never minus nothing. */
export const negate = (amount: Fen): Fen => (amount === 0 ? ZERO_FEN : fen(-amount));
export const WHOLE = ratio(10 ** RATIO_DECIMALS);

const FEN_PER_PRODUCT = 10 ** (PRICE_DECIMALS + QUANTITY_DECIMALS - FEN_DECIMALS);

/** `round(price × quantity)`: half up, away from zero, to the fen (design.md section 4). */
export function amountOf(unitPrice: Price, count: Quantity): Fen {
  return fen(multiplyAndRound(unitPrice, count, FEN_PER_PRODUCT));
}

/** `round(amount × share)`: half up, away from zero, to the fen. */
export function shareOf(amount: Fen, share: Ratio): Fen {
  return share === WHOLE ? amount : fen(multiplyAndRound(amount, share, WHOLE));
}

/** `12850` → `"128.50"`. */
export const formatYuan = (amount: Fen): string => formatDecimal(amount, FEN_DECIMALS, FEN_DECIMALS);
/** Without trailing zeros: `314159200` → `"3.141592"`. */
export const formatPrice = (value: Price): string => formatDecimal(value, PRICE_DECIMALS);
/** Without trailing zeros: `15000` → `"1.5"`. */
export const formatQuantity = (value: Quantity): string => formatDecimal(value, QUANTITY_DECIMALS);
/** Without trailing zeros: `8000` → `"0.8"`. */
export const formatRatio = (value: Ratio): string => formatDecimal(value, RATIO_DECIMALS);

/** `"128.50"` → 12850; throws RangeError where the text is no amount. */
export function parseYuan(text: string): Fen {
  return fen(parseDecimal(text, FEN_DECIMALS) ?? Number.NaN);
}

/** Largest amount of a line, and of the charges of a visit: 999,999,999.99 yuan. Ninety thousand such visits still add up exactly. */
export const LARGEST_AMOUNT = 99_999_999_999;
/** 8,999,999.99999999 yuan: the largest quantity at the largest price is still a whole number that counts exactly. */
const LARGEST_PRICE = 899_999_999_999_999;
const LARGEST_QUANTITY = 99_999_999_999;

export const SignedYuan = decimalSchema(
  { decimals: FEN_DECIMALS, minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT },
  fen,
);
export const Yuan = decimalSchema({ decimals: FEN_DECIMALS, minimum: 0, maximum: LARGEST_AMOUNT }, fen);
export const PositiveYuan = decimalSchema(
  { decimals: FEN_DECIMALS, minimum: 1, maximum: LARGEST_AMOUNT },
  fen,
);
export const UnitPrice = decimalSchema(
  { decimals: PRICE_DECIMALS, writtenDecimals: UNIT_PRICE_DECIMALS, minimum: 0, maximum: LARGEST_PRICE },
  price,
);
export const PriceCap = decimalSchema(
  { decimals: PRICE_DECIMALS, minimum: 0, maximum: LARGEST_PRICE },
  price,
);
export const SignedQuantity = decimalSchema(
  { decimals: QUANTITY_DECIMALS, minimum: -LARGEST_QUANTITY, maximum: LARGEST_QUANTITY },
  quantity,
);
export const PositiveQuantity = decimalSchema(
  { decimals: QUANTITY_DECIMALS, minimum: 1, maximum: LARGEST_QUANTITY },
  quantity,
);
export const FundRatio = decimalSchema({ decimals: RATIO_DECIMALS, minimum: 0, maximum: WHOLE }, ratio);
