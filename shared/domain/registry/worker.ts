import * as z from "zod/mini";
import { ofForm } from "../expected.ts";
import { wordsHoldNoIdNumber } from "../id-number-in-words.ts";
import { inOneSpelling, inOneWidth } from "../identifiers.ts";
import { findTextFault, lineOf } from "../texts.ts";
import { type IdType, maskNumber, numberIsOfItsType, numberOf, personNumberShape } from "./person-number.ts";

export const CardNumber = z
  .string()
  .check(inOneSpelling, ofForm(/^[A-Z0-9]{6,32}$/, "6 至 32 位字母或数字", "6 to 32 letters A-Z or digits"));

const Phone = z
  .string()
  .check(
    inOneWidth,
    ofForm(
      /^\+?\d[\d-]{4,19}$/,
      "5 至 20 位数字，可含 - ，可以 + 开头",
      "5 to 20 digits, with - between them and + before them where wanted",
    ),
  );
const BankAccount = z.string().check(inOneWidth, ofForm(/^\d{8,32}$/, "8 至 32 位数字", "8 to 32 digits"));

export const PersonName = lineOf({ max: 60 });

/** 职工, as the agency states it; `frozen` stops benefits, which are paid to `bankAccount`. */
export const WorkerStatement = z
  .strictObject({
    ...personNumberShape,
    cardNumber: CardNumber,
    name: PersonName,
    phone: z.optional(Phone),
    bankAccount: z.optional(BankAccount),
    frozen: z.boolean(),
  })
  .check(numberIsOfItsType);
export type WorkerStatement = z.infer<typeof WorkerStatement>;

/** What names a person or leads to one: kept sealed, and shown to nobody but on record. */
export type PersonalData = Omit<WorkerStatement, "frozen">;

const FOUR_LETTERS = /(?:\P{L}*\p{L}){4}/u;

/** Four letters or characters, whatever is between them. That blanks have none is no second fault. */
const hasWords = z.refine<string>((text) => FOUR_LETTERS.test(text) || findTextFault(text) === "TEXT_BLANK", {
  error: "REASON_WITHOUT_WORDS",
});

/** Why a person is to be seen by name: words that go on record, and so may name nobody. */
export const RevealReason = lineOf({ max: 200, mayBeEmpty: true }).check(hasWords, wordsHoldNoIdNumber);

/** Letters and digits alone, in one width and case: so is compared what people write in many ways. */
const bare = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Whether words have a person's name in them, or any of the person's numbers. */
export function namesPerson(
  words: string,
  { name, idType, idNumber, cardNumber, phone = "", bankAccount = "" }: PersonalData,
): boolean {
  const text = bare(words);
  const ownNumber = numberOf({ idType, idNumber });
  const names = [name, ownNumber, cardNumber, phone, bankAccount].map(bare);
  return names.some((each) => each !== "" && text.includes(each));
}

/** A worker as the service goes by: what it takes to treat one, and no more. */
export interface Worker {
  readonly workerId: string;
  readonly maskedName: string;
  readonly idType: IdType;
  readonly maskedIdNumber: string;
  readonly frozen: boolean;
}

/** 张三丰 → 张**: the first character, then a star for each further one, two at most. */
export function maskName(name: string): string {
  const characters = [...name];
  return (characters[0] ?? "") + "*".repeat(Math.min(2, Math.max(1, characters.length - 1)));
}

/** A worker without what names the person. */
export const toWorker = (workerId: string, { name, idType, idNumber, frozen }: WorkerStatement): Worker => ({
  workerId,
  maskedName: maskName(name),
  idType,
  maskedIdNumber: maskNumber({ idType, idNumber }),
  frozen,
});
