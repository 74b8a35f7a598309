/** What one reading of a text finds that `JSON.parse` does not tell. */
export interface JsonScan {
  /** The same text, with number literals that a double may not carry exactly put in quotes. */
  readonly text: string;
  /** How many names of fields are written in it. */
  readonly names: number;
  readonly fault?: "TOO_DEEP" | "TOO_MANY" | "TOO_MANY_NAMES" | "HALF_CHARACTER";
}

/** Our deepest message has five levels. */
const MAX_DEPTH = 32;
/** Our largest message, 500 charge lines, has some 9,000 values; a catalogue's periods have more. */
export const MAX_VALUES = 100_000;
/** Our largest message has some 30 different names of fields. `JSON.parse` is slow at objects with very many. */
const MAX_DIFFERENT_NAMES = 200;
/** A double keeps 15 significant digits whatever they are; a longer literal may lose some without a word. */
const EXACT_DIGITS = 15;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** An escape of half a character. Bytes of a body cannot hold one: decoding UTF-8 replaces it. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const LARGE_E = 0x45;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const SMALL_E = 0x65;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isDigit = (at: number): boolean => at >= ZERO && at <= NINE;
const isOfNumber = (at: number): boolean =>
  isDigit(at) || at === POINT || at === MINUS || at === PLUS || at === SMALL_E || at === LARGE_E;
const isBlank = (at: number): boolean => at === 0x20 || at === 0x0a || at === 0x0d || at === 0x09;

const significantDigits = (literal: string): number =>
  (literal.split(/e/i)[0] ?? "").replace(/[-.]/g, "").replace(/^0+/, "").length;

const isLong = (literal: string): boolean =>
  literal.length > EXACT_DIGITS && NUMBER.test(literal) && significantDigits(literal) > EXACT_DIGITS;

/** Where the text in quotes that begins at `start` ends: just behind its closing quote. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) return at + 1;
    at += character === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (isOfNumber(text.charCodeAt(at))) at += 1;
  return at;
}

function isBeforeColon(text: string, end: number): boolean {
  let at = end;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === COLON;
}

/** Whether a text in quotes, as JSON writes it, has half a character in it. */
function hasHalfCharacter(quoted: string): boolean {
  if (!SURROGATE_ESCAPE.test(quoted)) return false;
  try {
    const read: unknown = JSON.parse(quoted);
    return typeof read === "string" && !read.isWellFormed();
  } catch {
    return false; // No text at all: that is for JSON.parse to say.
  }
}

/**
 * Reads a text once, from left to right, without recursion. Of a text that is no JSON it may say anything but that it is
 * some: what it puts in quotes is a number where a value may stand.
 */
export function scanJson(text: string): JsonScan {
  const pieces: string[] = [];
  const mayHoldHalves = SURROGATE_ESCAPE.test(text);
  const different = new Set<string>();
  let [copiedTo, names, values, depth, at] = [0, 0, 0, 0, 0];
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      const end = endOfText(text, at);
      if (mayHoldHalves && hasHalfCharacter(text.slice(at, end)))
        return { text, names, fault: "HALF_CHARACTER" };
      if (isBeforeColon(text, end)) {
        names += 1;
        different.add(text.slice(at, end));
        if (different.size > MAX_DIFFERENT_NAMES) return { text, names, fault: "TOO_MANY_NAMES" };
      }
      at = end;
    } else if (character === MINUS || isDigit(character)) {
      const end = endOfNumber(text, at);
      const literal = end - at > EXACT_DIGITS ? text.slice(at, end) : "";
      if (isLong(literal) && !isBeforeColon(text, end)) {
        pieces.push(text.slice(copiedTo, at), `"${literal}"`);
        copiedTo = end;
      }
      at = end;
    } else {
      if (character === OPEN_LIST || character === OPEN_OBJECT) depth += 1;
      if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth -= 1;
      if (character === COMMA || character === OPEN_LIST || character === OPEN_OBJECT) values += 1;
      if (depth > MAX_DEPTH) return { text, names, fault: "TOO_DEEP" };
      if (values > MAX_VALUES) return { text, names, fault: "TOO_MANY" };
      at += 1;
    }
  }
  return { text: copiedTo === 0 ? text : pieces.join("") + text.slice(copiedTo), names };
}
