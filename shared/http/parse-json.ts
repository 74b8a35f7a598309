export type ParsedJson =
  | { readonly kind: "VALUE"; readonly value: unknown }
  | { readonly kind: "NOT_JSON" }
  /** An object names a field twice: readers differ in which of the two they take. */
  | { readonly kind: "NAMED_TWICE" };

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

/** An escape of half a character. Bytes of a body cannot hold one: decoding UTF-8 replaces it. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

const isWellFormed = (value: unknown): boolean => {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, part]) => key.isWellFormed() && isWellFormed(part));
};

const TEXT_OR_NAME = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** How many names of fields are written in a text that is JSON. */
function countWrittenNames(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(TEXT_OR_NAME)) if (colon !== undefined) count += 1;
  return count;
}

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const parts: unknown[] = Object.values(value);
  return parts.reduce<number>((sum, part) => sum + countNames(part), Array.isArray(value) ? 0 : parts.length);
}

/**
 * Reads JSON. A number literal of more than 15 significant digits comes out as the text that was sent. Half a
 * character, such as `"\ud800"`, is no text that could be stored or sent on, and so no JSON here (RFC 7493, 2.1). Nor may an object
 * name a field twice (RFC 7493, 2.3).
 */
export function parseJson(text: string): ParsedJson {
  try {
    const value: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepText) : JSON.parse(text);
    if (SURROGATE_ESCAPE.test(text) && !isWellFormed(value)) return { kind: "NOT_JSON" };
    return countWrittenNames(text) > countNames(value) ? { kind: "NAMED_TWICE" } : { kind: "VALUE", value };
  } catch {
    return { kind: "NOT_JSON" };
  }
}
