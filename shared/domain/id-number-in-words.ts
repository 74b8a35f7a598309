import * as z from "zod/mini";
import { holdsIdNumber } from "./check-characters.ts";
import { isDay } from "./dates.ts";

/** Chinese digits as they are written and as banks write them, and how telephone numbers are read aloud. */
const CHINESE_DIGITS = [
  "〇零",
  "一壹弌幺",
  "二贰貳弍两",
  "三叁參弎",
  "四肆",
  "五伍",
  "六陆陸",
  "七柒",
  "八捌",
  "九玖",
] as const;
const chineseDigits = new Map(
  CHINESE_DIGITS.flatMap((forms, digit) => [...forms].map((form) => [form, digit])),
);

/** What nobody sees, such as zero-width spaces and joiners: taken as not written. */
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}\u3164\u115f\u1160]/gu;
/** An amount of money is a number of its own, whatever stands before and behind it. */
const AMOUNT = /(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{1,2}(?![\d.,Xx])|(?<![\d.,])\d+\.\d{2}(?![\d.,Xx])/g;
const DIGIT = /^\d$/;
const LAST_CHARACTER = /^[Xx×✕✖]$/;
const SEPARATOR = /^(?![×✕✖])[\s\p{Z}\p{P}\p{S}\p{Cc}]$/u;
/** Separators in a row that still hold a number together. */
const MOST_SEPARATORS = 3;

/** A digit, with how it stands in the words. */
interface Digit {
  readonly value: string;
  readonly isChinese: boolean;
  /** How many separators stand before it; undefined where something else does. */
  readonly gap: number | undefined;
}

/** What stands where a number may end: a digit, the last character of an ID number, or anything else. */
interface Scanned {
  readonly digits: readonly Digit[];
  /** Of a digit, by its index: whether an X comes next, with separators at most between. */
  readonly endsInX: ReadonlySet<number>;
}

/** Words taken apart into digits, in one pass over their characters. */
function scan(words: string): Scanned {
  const digits: Digit[] = [];
  const endsInX = new Set<number>();
  let gap: number | undefined;
  for (const character of words) {
    const chinese = chineseDigits.get(character);
    if (chinese !== undefined || DIGIT.test(character)) {
      digits.push({ value: String(chinese ?? character), isChinese: chinese !== undefined, gap });
      gap = 0;
    } else if (gap !== undefined && gap < MOST_SEPARATORS && SEPARATOR.test(character)) {
      gap += 1;
    } else {
      if (gap !== undefined && LAST_CHARACTER.test(character)) endsInX.add(digits.length - 1);
      gap = undefined;
    }
  }
  return { digits, endsInX };
}

/** Whether a number may begin or end between two digits: something stands there, or the script changes. */
const isParted = (before: Digit | undefined, after: Digit | undefined): boolean =>
  before === undefined || after === undefined || after.gap !== 0 || before.isChinese !== after.isChinese;

const LONGEST = 18;
const LENGTH_BEFORE_1999 = 15;
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;
/** Who was born earlier works no more; and hospitals number things by the two-digit years that are now. */
const FIRST_BIRTH_YEAR = 36;

/**
 * Whether 15 digits are an ID number as they were given out before 1999: a province and a day of birth, no check
 * character. Source: GB 11643-1989.
 */
function isOldIdNumber(number: string): boolean {
  const [year, month, onDay] = [number.slice(6, 8), number.slice(8, 10), number.slice(10, 12)];
  return PROVINCE.test(number) && Number(year) >= FIRST_BIRTH_YEAR && isDay(`19${year}-${month}-${onDay}`);
}

/** Where parts of such a number end: the region in pairs, the day of birth in parts, the sequence. */
const PART_ENDS: ReadonlySet<number> = new Set([2, 4, 6, 8, 10, 12]);

/** Whether 15 digits are parted as one number would be, and not as several: at its parts, or evenly. */
function isPartedAsOne(digits: readonly Digit[]): boolean {
  const gaps = digits.flatMap(({ gap }, index) => (index > 0 && gap !== 0 ? [index] : []));
  const [size = 1] = gaps;
  return (
    gaps.every((index) => PART_ENDS.has(index)) || gaps.every((index, count) => index === size * (count + 1))
  );
}

/** Whether an ID number begins at a digit. */
function beginsAt({ digits, endsInX }: Scanned, start: number): boolean {
  let number = "";
  for (let index = start; index < start + LONGEST; index += 1) {
    const digit = digits[index];
    if (digit === undefined || (index > start && digit.gap === undefined)) return false;
    number += digit.value;
    const length = number.length;
    if (length === LONGEST - 1 && endsInX.has(index) && holdsIdNumber(`${number}X`)) return true;
    if (!isParted(digit, digits[index + 1])) continue;
    if (length === LONGEST && holdsIdNumber(number)) return true;
    if (length === LENGTH_BEFORE_1999 && !endsInX.has(index) && isOldIdNumber(number)) {
      if (isPartedAsOne(digits.slice(start, index + 1))) return true;
    }
  }
  return false;
}

/**
 * Whether words seem to have somebody's ID number in them: 18 characters with a right check character, however they are
 * parted, in full-width or Chinese digits; or 15 digits of before 1999. A help for who writes by mistake what should
 * not be there, not a wall: a number in pieces, or spelled in another way, is not found. Takes time as the words are
 * long.
 */
export function wordsHoldIdNumber(words: string): boolean {
  const scanned = scan(words.normalize("NFKC").replace(UNSEEN, "").replaceAll(AMOUNT, "¤元"));
  const { digits } = scanned;
  return digits.some((digit, index) => isParted(digits[index - 1], digit) && beginsAt(scanned, index));
}

/** Of words that are kept where no person may be named. In a code, dashes part what are numbers of their own. */
export const wordsHoldNoIdNumber = z.refine<string>((words) => !wordsHoldIdNumber(words), {
  error: "LOOKS_LIKE_ID_NUMBER",
});
