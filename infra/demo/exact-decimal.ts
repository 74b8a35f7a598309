/**
 * Decimals with up to 6 places as whole millionths, so that a demo bill is priced exactly. Written apart from
 * shared/domain, whose arithmetic the tests run on the same bills.
 */
const PLACES = 6;
const MILLION = 10n ** 6n;
/** A product of two numbers in millionths, in fen. */
const PRODUCT_PER_FEN = 10n ** 10n;

/** `"1.5"` → 1500000n; throws RangeError where the text is no decimal of up to 6 places. */
function toMillionths(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) throw new RangeError(`${text} is no decimal of up to 6 places`);
  const magnitude = BigInt(`${match[2]}${(match[3] ?? "").padEnd(PLACES, "0")}`);
  return match[1] === "-" ? -magnitude : magnitude;
}

function format(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** `round(unitPrice × quantity)` in yuan with two decimals: half up, away from zero (design.md section 4). */
export function amountOf(unitPrice: string, quantity: string): string {
  const product = toMillionths(unitPrice) * toMillionths(quantity);
  const magnitude = product < 0n ? -product : product;
  const fen = (magnitude + PRODUCT_PER_FEN / 2n) / PRODUCT_PER_FEN;
  return format(product < 0n ? -fen : fen, 2);
}

/** So many per cent of a price, cut off after `places` decimals and without trailing zeros. */
export function percentOf(price: string, percent: number, places: number): string {
  const step = 10n ** BigInt(PLACES - places);
  const millionths = ((toMillionths(price) * BigInt(percent)) / 100n / step) * step;
  const whole = millionths / MILLION;
  const fraction = format(millionths % MILLION, PLACES)
    .slice(2)
    .replace(/0+$/, "");
  return fraction === "" ? String(whole) : `${whole}.${fraction}`;
}

/** The sum of amounts in yuan with two decimals. */
export function sumOf(amounts: readonly string[]): string {
  const total = amounts.reduce((sum, amount) => sum + toMillionths(amount), 0n);
  return format(total / (MILLION / 100n), 2);
}
