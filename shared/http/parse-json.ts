export type ParsedJson = { readonly kind: "VALUE"; readonly value: unknown } | { readonly kind: "NOT_JSON" };

/** A double keeps 15 significant digits whatever they are; a longer literal may lose some without a word. */
const EXACT_DIGITS = 15;
const LONG_NUMBER = /[\d.]{16,}/;

const significantDigits = (literal: string): number =>
  (literal.split(/e/i)[0] ?? "").replace(/[-.]/g, "").replace(/^0+/, "").length;

/** Leaves a number that a double may not carry exactly as its text, for the schema to judge. */
function keepText(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) return value;
  return significantDigits(source) > EXACT_DIGITS ? source : value;
}

/** Reads JSON. A number literal of more than 15 significant digits comes out as the text that was sent. */
export function parseJson(text: string): ParsedJson {
  try {
    const value: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepText) : JSON.parse(text);
    return { kind: "VALUE", value };
  } catch {
    return { kind: "NOT_JSON" };
  }
}
