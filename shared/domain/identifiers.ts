import * as z from "zod/mini";
import { trimSpaces } from "./texts.ts";

/** No identifier is as long: what is longer stays as it is, for its schema to refuse. */
const LONGEST = 400;

/** Full-width forms of ASCII and the ideographic space (Unicode, Halfwidth and Fullwidth Forms). */
const FULL_WIDTH = /[\uFF01-\uFF5E\u3000]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

const toHalfWidth = (character: string): string =>
  character === "\u3000" ? " " : String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);

/**
 * An identifier in one width, without blanks around it: `Ａ－１ ` → `A-1`. Its letters keep their case; of identifiers
 * that an institution gives by itself, `a1` and `A1` may be two.
 */
export const normaliseWidth = (text: string): string =>
  text.length > LONGEST ? text : trimSpaces(text.replaceAll(FULL_WIDTH, toHalfWidth));

/**
 * A code that is the same in any letter case, in one spelling: half width, upper case, no blanks around it. Only a to z
 * are raised: other letters would turn into those of a code (`ı` into `I`).
 */
export const normaliseCode = (text: string): string =>
  normaliseWidth(text).replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());

/** Of identifiers in which letter case counts. */
export const inOneWidth = z.overwrite(normaliseWidth);
/** Of codes in which it does not. */
export const inOneSpelling = z.overwrite(normaliseCode);
