import * as z from "zod/mini";
import { isIdNumber } from "../check-characters.ts";
import { inOneSpelling } from "../identifiers.ts";
import { findTextFault, isPlainText } from "../texts.ts";

/**
 * 证件类型. Whoever works here is insured, with or without a resident's number (人力资源和社会保障部令第 16 号, 2011,
 * article 3). The residence permits of Hong Kong, Macau and Taiwan residents (81, 82, 83) and the foreigners' card of 2023
 * (beginning with 9) share form and check character of `RESIDENT_ID`, and are of that type.
 */
export const idTypes = [
  "RESIDENT_ID",
  "PERMANENT_RESIDENCE_2017",
  "PASSPORT",
  "HK_MACAU_PERMIT",
  "TAIWAN_PERMIT",
] as const;
export type IdType = (typeof idTypes)[number];

/** Which person: the same number under two types is two persons. */
export interface PersonNumber {
  readonly idType: IdType;
  readonly idNumber: string;
}

const ICAO_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ICAO_WEIGHTS = [7, 3, 1];

/** The check digit of digits and capital letters. Source: ICAO Doc 9303-3, 4.9, weights 7 3 1, modulo 10. */
const icaoCheckDigit = (text: string): number =>
  [...text].reduce(
    (sum, character, index) =>
      sum + ICAO_CHARACTERS.indexOf(character) * Number(ICAO_WEIGHTS[index % ICAO_WEIGHTS.length]),
    0,
  ) % 10;

/**
 * The card of 2017 has three letters and twelve digits: nationality (ISO 3166-1), where it was issued first, day of birth
 * (`yyMMdd`), a digit, and the check digit of all these. Sources: National Immigration Administration, on adapting systems to
 * the card of 2023, points 2 and 3; the check digit as in the open validator CredentialKit, which is that of ICAO Doc 9303.
 */
const isPermanentResidence2017 = (text: string): boolean =>
  /^[A-Z]{3}\d{6}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d\d$/.test(text) &&
  icaoCheckDigit(text.slice(0, -1)) === Number(text.at(-1));

/**
 * A passport's number has up to nine letters and digits (ICAO Doc 9303-4). Before it may stand its country and a 0, as in
 * the social security number of a foreigner (annex of order 16): two countries may give one number.
 */
const isPassport = (text: string): boolean => /^(?=.*\d)[A-Z0-9]{5,17}$/.test(text);

/** Eight digits for life; before the cards of 2013 and 2015, two digits behind them counted the permits of the person. */
const isHkMacauPermit = (text: string): boolean => /^[HM]\d{8}(\d\d)?$/.test(text);
const isTaiwanPermit = (text: string): boolean => /^\d{8}(\d\d)?$/.test(text);

const checks = {
  RESIDENT_ID: isIdNumber,
  PERMANENT_RESIDENCE_2017: isPermanentResidence2017,
  PASSPORT: isPassport,
  HK_MACAU_PERMIT: isHkMacauPermit,
  TAIWAN_PERMIT: isTaiwanPermit,
} as const satisfies Record<IdType, (text: string) => boolean>;

/** Whether a number, as it is kept, is one of its type. */
export const isPersonNumber = ({ idType, idNumber }: PersonNumber): boolean => checks[idType](idNumber);

const MAX_LENGTH = 40;
const isWithinLength = z.refine<string>((text) => text.length <= MAX_LENGTH, {
  error: "ID_NUMBER_INVALID",
  abort: true,
});

/** 证件号码, before it is checked against its type. */
export const IdNumber = z.string().check(isWithinLength, inOneSpelling, isPlainText);

/** Checks of a whole object run beside those of its fields, so that every fault is named at once. */
const isObject = ({ value }: { value: unknown }): boolean => typeof value === "object" && value !== null;

/** Fields may have faults of their own, which are named by themselves. */
interface Stated {
  readonly idType?: unknown;
  readonly idNumber?: unknown;
}

const isIdType = (value: unknown): value is IdType => idTypes.some((each) => each === value);

/** That a number, where it is given and can be read at all, is one of its type. */
export const numberIsOfItsType = z.refine<Stated>(
  ({ idType, idNumber }) =>
    !isIdType(idType) ||
    typeof idNumber !== "string" ||
    findTextFault(idNumber) !== undefined ||
    isPersonNumber({ idType, idNumber }),
  { error: "ID_NUMBER_INVALID", path: ["idNumber"], when: isObject },
);

export const IdTypeField = z._default(z.enum(idTypes), "RESIDENT_ID");

/** How whoever states a person names the person; to be checked by `numberIsOfItsType`. */
export const personNumberShape = { idType: IdTypeField, idNumber: IdNumber };

/** The number without what changes of it: a permit's count tells only how often it was replaced. */
export function numberOf({ idType, idNumber }: PersonNumber): string {
  switch (idType) {
    case "HK_MACAU_PERMIT":
      return idNumber.slice(0, 9);
    case "TAIWAN_PERMIT":
      return idNumber.slice(0, 8);
    case "RESIDENT_ID":
    case "PERMANENT_RESIDENCE_2017":
    case "PASSPORT":
      return idNumber;
  }
}

/**
 * What tells a person from all others, and what people are filed under. Residents are filed as they were before other types were known.
 */
export const identityOf = ({ idType, idNumber }: PersonNumber): string =>
  `${idType === "RESIDENT_ID" ? "ID_NUMBER" : idType}:${numberOf({ idType, idNumber })}`;

/** How much of the beginning may be shown: a resident's district, and the country that a card names, are known anyhow. */
const shownOf = (idType: IdType): number => {
  switch (idType) {
    case "RESIDENT_ID":
      return 6;
    case "PERMANENT_RESIDENCE_2017":
      return 3;
    case "PASSPORT":
    case "HK_MACAU_PERMIT":
    case "TAIWAN_PERMIT":
      return 1;
  }
};

/** The beginning and the last character stay, the rest are stars. */
export function maskNumber({ idType, idNumber }: PersonNumber): string {
  const shown = shownOf(idType);
  return idNumber.slice(0, shown) + "*".repeat(Math.max(0, idNumber.length - shown - 1)) + idNumber.slice(-1);
}
