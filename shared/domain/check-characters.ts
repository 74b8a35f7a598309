import * as z from "zod/mini";
import { inOneSpelling } from "./identifiers.ts";

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK_CHARACTERS = "10X98765432";

/** Whether an 18-character ID number's last character is right. Source: GB 11643-1999 (ISO 7064, MOD 11-2). */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return ID_CHECK_CHARACTERS[sum % 11] === text[17];
}

/**
 * As an ID number stands in other text: part of no longer number, with a province and a day of birth. Hospitals number
 * things by time: what begins with the years 2024 to 2030, in four digits or two, begins with no province, and what has a
 * day of these years for a birthday is none either. Source of the provinces: GB/T 2260, and 83 and 9 for residents from
 * elsewhere.
 */
const LIKE_ID_NUMBER =
  /(?<!\d)(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{4}(?:19\d\d|200\d|201[0-5])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?:\d(?!\d)|[Xx])/g;

/** Whether a code has somebody's ID number in it: 18 characters, the last of them right. */
export const holdsIdNumber = (code: string): boolean =>
  (code.match(LIKE_ID_NUMBER) ?? []).some((found) => isIdNumber(found.toUpperCase()));

/** Of a code that is kept where no person may be named, such as an institution's own number of something. */
export const holdsNoIdNumber = z.refine<string>((code) => !holdsIdNumber(code), {
  error: "LOOKS_LIKE_ID_NUMBER",
});

const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether an 18-character unified social credit code's last character is right. Source: GB 32100-2015. */
export function isUscc(text: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text)) return false;
  const sum = USCC_WEIGHTS.reduce(
    (total, weight, index) => total + weight * USCC_ALPHABET.indexOf(text.charAt(index)),
    0,
  );
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}

export const Uscc = z.string().check(inOneSpelling, z.refine(isUscc, { error: "USCC_INVALID" }));
