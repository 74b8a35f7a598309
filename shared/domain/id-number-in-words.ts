import * as z from "zod/mini";
import { holdsIdNumber } from "./check-characters.ts";
import { isDay } from "./dates.ts";

/** Chinese digits as they are written, as banks and merchants write them, and how telephone numbers are read aloud. */
const CHINESE_DIGITS = [
  "〇零",
  "一壹弌幺〡",
  "二贰貳弍两〢",
  "三叁參弎〣",
  "四肆〤",
  "五伍〥",
  "六陆陸〦",
  "七柒〧",
  "八捌〨",
  "九玖〩",
] as const;
const chineseDigits = new Map(
  CHINESE_DIGITS.flatMap((forms, digit) => [...forms].map((form) => [form, digit])),
);
/** Digits in circles that no normalisation takes out of them: where each row begins with its 1. */
const CIRCLED_ONES = [0x24f5, 0x2776, 0x2780, 0x278a];
const circledDigits = new Map(
  CIRCLED_ONES.flatMap((one) =>
    Array.from({ length: 9 }, (_, index) => [String.fromCodePoint(one + index), index + 1] as const),
  ),
);

/** What nobody sees, such as zero-width spaces and joiners: taken as not written. */
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}\u3164\u115f\u1160]/gu;
/** An amount of money, as one stands in a column of them. */
const AMOUNT = /(?<![\d.,])(?:\d{1,3}(?:,\d{3})*\.\d{1,2}|\d+\.\d{2})(?![\d.,Xx])/g;
const DECIMAL_DIGIT = /^\p{Nd}$/u;
const LAST_CHARACTER = /^[Xx×✕✖]$/;
const SEPARATOR = /^[\s\p{Z}\p{P}\p{S}\p{C}]$/u;
/** Letters or characters between two digits that still hold a number together, such as 年, 号 or `to`. */
const MOST_LETTERS = 2;

/** What stands between two digits of a number. */
interface Gap {
  readonly separators: number;
  readonly letters: number;
}
const NOTHING_BETWEEN: Gap = { separators: 0, letters: 0 };

/** A digit, with how it stands in the words. */
interface Digit {
  readonly value: string;
  readonly isChinese: boolean;
  /** What is before it; undefined where that parts it from any number. */
  readonly gap: Gap | undefined;
  /** Which amount of money it seems to be of. */
  readonly amount: number | undefined;
}

/** What stands where a number may end: a digit, the last character of an ID number, or anything else. */
interface Scanned {
  readonly digits: readonly Digit[];
  /** Of a digit, by its index: whether an X comes next, with no other digit between. */
  readonly endsInX: ReadonlySet<number>;
}

/** The value of a digit of any script: Unicode has the ten of each in a row (Unicode Standard, 4.6). */
function valueOfDecimal(character: string): number {
  const own = Number(character.codePointAt(0));
  let zero = own;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (own - zero) % 10;
}

function toDigit(character: string): string {
  if (DECIMAL_DIGIT.test(character)) return String(valueOfDecimal(character));
  return String(circledDigits.get(character) ?? character);
}

/** Of words in which `toDigit` has been put for every character. */
const isDigit = (character: string): boolean => chineseDigits.has(character) || /\d/.test(character);

/** Where amounts of money stand, by the places of their characters. */
const amountsIn = (words: string): ReadonlyMap<number, number> =>
  new Map(
    [...words.matchAll(AMOUNT)].flatMap(({ 0: { length }, index }) =>
      Array.from({ length }, (_, at) => [index + at, index] as const),
    ),
  );

/** Words taken apart into digits, in one pass over their characters. */
function scan(words: string): Scanned {
  const digits: Digit[] = [];
  const endsInX = new Set<number>();
  const amounts = amountsIn(words);
  let gap: Gap | undefined;
  let at = 0;
  for (const character of words) {
    const chinese = chineseDigits.get(character);
    if (isDigit(character)) {
      const value = String(chinese ?? character);
      digits.push({ value, isChinese: chinese !== undefined, gap, amount: amounts.get(at) });
      gap = NOTHING_BETWEEN;
    } else if (gap !== undefined) {
      if (LAST_CHARACTER.test(character)) endsInX.add(digits.length - 1);
      const isSeparator = SEPARATOR.test(character) && !LAST_CHARACTER.test(character);
      const { separators, letters } = gap;
      gap = isSeparator ? { separators: separators + 1, letters } : { separators, letters: letters + 1 };
      if (gap.letters > MOST_LETTERS) gap = undefined;
    }
    at += character.length;
  }
  return { digits, endsInX };
}

const isApart = ({ gap }: Digit): boolean => gap === undefined || gap.separators + gap.letters > 0;

/** Whether a number may begin or end between two digits: something stands there, or the script changes. */
const isParted = (before: Digit | undefined, after: Digit | undefined): boolean =>
  before === undefined || after === undefined || isApart(after) || before.isChinese !== after.isChinese;

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

/** Where the digits of a number are apart, counted from its beginning. */
const gapsOf = (digits: readonly Digit[]): number[] =>
  digits.flatMap((digit, index) => (index > 0 && isApart(digit) ? [index] : []));

/** Where parts of a number end: the region in pairs, the day of birth in parts, the sequence. */
const PART_ENDS: ReadonlySet<number> = new Set([2, 4, 6, 8, 10, 12]);
const PART_ENDS_OF_18: ReadonlySet<number> = new Set([2, 4, 6, 10, 12, 14, 17]);
/** Separators in a row that still hold together a number that has no check character. */
const MOST_SEPARATORS = 3;

/**
 * Whether 15 digits are parted as one number would be, and not as several: by little, and at its parts or evenly. Amounts
 * are never parts of one: without a check character, columns of them would have many.
 */
function isPartedAsOne(digits: readonly Digit[]): boolean {
  const gaps = gapsOf(digits);
  const [size = 1] = gaps;
  const isTight = digits.every(
    ({ gap, amount }, index) =>
      amount === undefined &&
      (index === 0 || (gap !== undefined && gap.letters === 0 && gap.separators <= MOST_SEPARATORS)),
  );
  return (
    isTight &&
    (gaps.every((index) => PART_ENDS.has(index)) ||
      gaps.every((index, count) => index === size * (count + 1)))
  );
}

/** Whether one of the digits has letters before it, other than the first. */
const hasLetters = (digits: readonly Digit[]): boolean =>
  digits.some(({ gap }, index) => index > 0 && gap !== undefined && gap.letters > 0);

/**
 * Whether digits are not several numbers one behind another, such as amounts in a column, or a day and a case number.
 * Where amounts or letters are among them, they are apart at the ends of a number's parts only; a single amount may halve
 * the sequence, and letters may cut the number in two anywhere.
 */
function isOne(digits: readonly Digit[]): boolean {
  const { size } = new Set(digits.flatMap(({ amount }) => amount ?? []));
  const gaps = gapsOf(digits);
  if (size === 0 && (gaps.length <= 1 || !hasLetters(digits))) return true;
  return gaps.every((index) => PART_ENDS_OF_18.has(index) || (size === 1 && index === 16));
}

/** Whether an ID number begins at a digit. */
function beginsAt({ digits, endsInX }: Scanned, start: number): boolean {
  let number = "";
  for (let index = start; index < start + LONGEST; index += 1) {
    const digit = digits[index];
    if (digit === undefined || (index > start && digit.gap === undefined)) return false;
    number += digit.value;
    const length = number.length;
    const read = () => digits.slice(start, index + 1);
    if (length === LONGEST - 1 && endsInX.has(index) && holdsIdNumber(`${number}X`) && isOne(read()))
      return true;
    if (!isParted(digit, digits[index + 1])) continue;
    if (length === LONGEST && holdsIdNumber(number) && isOne(read())) return true;
    if (length === LENGTH_BEFORE_1999 && !endsInX.has(index) && isOldIdNumber(number)) {
      if (isPartedAsOne(read())) return true;
    }
  }
  return false;
}

/** A day with a month or a day of one digit, as people write one, where every digit is a 0. */
const SHORT_DAY = /(?<!0)0{4}[年/.-]\s?(0{1,2})[月/.-]\s?(0{1,2})(?!0)/dg;

/** The words with every day written in eight digits. */
function withWholeDays(words: string): string {
  const shape = [...words].map((character) => (isDigit(character) ? "0" : character)).join("");
  const short = [...shape.matchAll(SHORT_DAY)].flatMap(({ indices = [] }) =>
    indices.slice(1).flatMap(([start, end] = [0, 0]) => (end - start === 1 ? [start] : [])),
  );
  return [0, ...short].map((start, place) => words.slice(start, short[place])).join("0");
}

function hasIdNumber(words: string): boolean {
  const scanned = scan(words);
  const { digits } = scanned;
  return digits.some((digit, index) => isParted(digits[index - 1], digit) && beginsAt(scanned, index));
}

/**
 * Whether words seem to have somebody's ID number in them: 18 characters with a right check character, however they are
 * parted, in the digits of any script, in Chinese ones or in circles, with the day of birth also as `1981年1月6日`; or 15
 * digits of before 1999. A help for who writes by mistake what should not be there, not a wall: a number in pieces with words
 * between, or spelled in another way, is not found. Takes time as the words are long.
 */
export function wordsHoldIdNumber(words: string): boolean {
  // A full-width comma parts sentences, not thousands.
  const plain = words.replaceAll("，", "、").normalize("NFKC").replace(UNSEEN, "");
  const read = [...plain].map(toDigit).join("");
  return hasIdNumber(read) || hasIdNumber(withWholeDays(read));
}

/** Of words that are kept where no person may be named. In a code, dashes part what are numbers of their own. */
export const wordsHoldNoIdNumber = z.refine<string>((words) => !wordsHoldIdNumber(words), {
  error: "LOOKS_LIKE_ID_NUMBER",
});
