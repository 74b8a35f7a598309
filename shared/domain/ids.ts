import * as z from "zod/mini";
import { ofForm } from "./expected.ts";
import { inOneSpelling } from "./identifiers.ts";

/** What each kind of id begins with: visits, workers, comparisons, uploads. */
export type IdPrefix = "V" | "W" | "C" | "U";

/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 20;

/** An id with its prefix, from 20 numbers of chance; of each the five lowest bits count, 100 in all. */
export const idOf = (prefix: IdPrefix, chance: Iterable<number>): string =>
  prefix + Array.from(chance, (each) => ALPHABET[each % ALPHABET.length]).join("");

export const ID_CHANCES = LENGTH;

const VISIT_ID = /^V[0-9A-Z]{20}$/;
const SETTLEMENT_ID = /^(V[0-9A-Z]{20})-([1-9]\d{0,4})$/;
/** A visit's event and a settlement alike have a number behind the visit's id. */
const OWN_ID = /^[VWCU][0-9A-Z]{20}(-\d{1,5})?$/;

/** Of a path: whoever has no such id has no worker's. */
export const WorkerId = z
  .string()
  .check(
    inOneSpelling,
    ofForm(
      /^W[0-9A-Z]{20}$/,
      "职工编号为 W 加 20 位字母或数字",
      "a worker's id is W and 20 letters or digits",
    ),
  );

export const isVisitId = (text: string): boolean => VISIT_ID.test(text);
/** Whether a text is an id that the service made, whatever of: a caller may write anything in its place. */
export const isOwnId = (text: string): boolean => OWN_ID.test(text);

/** `<visitId>-<number>`; numbers count up from 1 within the visit. */
export const settlementIdOf = (visitId: string, number: number): string => `${visitId}-${number}`;

/** A settlement's id taken apart; undefined for any other text. */
export function parseSettlementId(settlementId: string): { visitId: string; number: number } | undefined {
  const [, visitId, number] = SETTLEMENT_ID.exec(settlementId) ?? [];
  return visitId === undefined ? undefined : { visitId, number: Number(number) };
}

/** The visit that an event tells of, by the event's id, which is made alike; undefined where it is of a case. */
export const visitOfEvent = (eventId: string): string | undefined => parseSettlementId(eventId)?.visitId;
