import type { Fault } from "../domain/failures.ts";

export type ParsedJson =
  | { readonly kind: "VALUE"; readonly value: unknown }
  | { readonly kind: "NOT_JSON" }
  | { readonly kind: "NOT_EXACT"; readonly faults: readonly Fault[] };

/** A double keeps 15 significant digits whatever they are; a longer literal may lose some without a word. */
const EXACT_DIGITS = 15;
const LONG_NUMBER = /[:[,]\s*-?[\d.]{16,}/;

const significantDigits = (literal: string): number =>
  (literal.split(/e/i)[0] ?? "").replace(/[-.]/g, "").replace(/^0+/, "").length;

function parseText(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}

/** Finds number literals outside strings that a double cannot carry exactly. */
function findInexactNumbers(text: string): string[] {
  const outsideStrings = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return (outsideStrings.match(/-?\d[\d.]*(?:[eE][+-]?\d+)?/g) ?? []).filter(
    (literal) => significantDigits(literal) > EXACT_DIGITS,
  );
}

/** Reads JSON; refuses number literals that would lose digits on the way into a double. */
export function parseJson(text: string): ParsedJson {
  const parsed = parseText(text);
  if (parsed === undefined) return { kind: "NOT_JSON" };
  if (LONG_NUMBER.test(text)) {
    const inexact = findInexactNumbers(text);
    if (inexact.length > 0) {
      return { kind: "NOT_EXACT", faults: inexact.map(() => ({ pointer: "", code: "NUMBER_NOT_EXACT" })) };
    }
  }
  return { kind: "VALUE", value: parsed.value };
}
