import * as z from "zod/mini";
import { atMost } from "./bounds.ts";

/** No field takes so many characters: what is longer is not looked at. */
const LONGEST = 10_000;

const isSpace = (character: string): boolean => /^\p{Zs}$/u.test(character);

/** Without the spaces around it, which fields of fixed length bring along. A text of spaces alone stays: it is refused. */
export function trimSpaces(text: string): string {
  if (text.length > LONGEST) return text;
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return start === end ? text : text.slice(start, end);
}

/** Braille's blank is drawn as one, though Unicode calls it a symbol. */
const BLANK = /^[\p{Zs}\n\u2800]+$/u;
/** What a decoder puts where it could not read: U+FFFD; U+FFFC stands for an object that is not there. */
const UNREADABLE = /[\uFFFC\uFFFD]/u;
/** C0, C1, the separators of lines and paragraphs, halves of characters, and what Unicode keeps for no character. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;
/** What is not drawn, or turns the order of reading: two texts with it look like one. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

export const textFaults = [
  "TEXT_BLANK",
  "TEXT_UNREADABLE",
  "CONTROL_CHARACTER",
  "INVISIBLE_CHARACTER",
] as const;

/** Why a text cannot be read, or looks like another one. Rare characters (生僻字), also private ones, are no fault. */
export function findTextFault(text: string): (typeof textFaults)[number] | undefined {
  if (BLANK.test(text)) return "TEXT_BLANK";
  if (UNREADABLE.test(text)) return "TEXT_UNREADABLE";
  if (CONTROL.test(text)) return "CONTROL_CHARACTER";
  return INVISIBLE.test(text) ? "INVISIBLE_CHARACTER" : undefined;
}

const plain = (read: (text: string) => string) =>
  z.refine<string>((text) => findTextFault(read(text)) === undefined, {
    error: ({ input }) => findTextFault(read(String(input))),
  });

/** That a text of one line has none of `textFaults`. */
export const isPlainText = plain((text) => text);
const isPlainTextOfLines = plain((text) => text.replaceAll("\n", " "));

interface TextLimits {
  /** In UTF-16 code units. */
  readonly max: number;
  /** Whether nothing may be said where the field is there. */
  readonly mayBeEmpty?: boolean;
}

/** What is too long is not looked at further. What is too short is: a fault that ends the checks of a field ends those of its object too. */
function lengthOf({ max, mayBeEmpty = false }: TextLimits) {
  const most = atMost(max);
  return mayBeEmpty ? [most] : [z.minLength(1), most];
}

/** A text of one line that a person wrote, such as a name. Spaces around it are taken off. */
export const lineOf = (limits: TextLimits) =>
  z.string().check(z.overwrite(trimSpaces), ...lengthOf(limits), isPlainText);

/** A text that may have several lines; every line break comes out as `\n`. */
export const linesOf = (limits: TextLimits) =>
  z.string().check(
    z.overwrite((text) => trimSpaces(text.replaceAll("\r\n", "\n"))),
    ...lengthOf(limits),
    isPlainTextOfLines,
  );
