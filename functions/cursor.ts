import * as z from "zod/mini";
import { DaySchema, InstantSchema } from "../shared/domain/dates.ts";
import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse, succeed } from "../shared/domain/result.ts";

/** What every list is asked by. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A list's place, unreadable on purpose: callers hand it back as it came. */
export const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

/** That a query's cursor is not one of ours. */
export const cursorInvalid = (pointer = "#query/cursor"): Failure =>
  failure("CURSOR_INVALID", [{ pointer, code: "CURSOR_INVALID" }]);

type IsPlace = (place: string) => boolean;

/** Places that begin with a day, and go on like this. */
export const dayAnd =
  (rest: RegExp): IsPlace =>
  (place) =>
    z.safeParse(DaySchema, place.slice(0, 10)).success && rest.test(place.slice(10));

/** Places that are an event's: its instant as it is kept, its subject and the subject's own count. */
export function isEventPlace(place: string): boolean {
  const end = place.indexOf("#");
  const at = place.slice(0, end);
  return z.safeParse(InstantSchema, at).data === at && /^#[^#]{1,64}#\d{7}$/.test(place.slice(end));
}

/** The place in a cursor, which must look like one of ours; undefined where there is no cursor. */
export function readPlace(
  cursor: string | undefined,
  isPlace: IsPlace,
  pointer?: string,
): Result<string | undefined, Failure> {
  if (cursor === undefined) return succeed(undefined);
  const place = Buffer.from(cursor, "base64url").toString("utf8");
  return isPlace(place) ? succeed(place) : refuse(cursorInvalid(pointer));
}

/** A cursor for lists whose items are numbered for good within what they belong to, such as a visit's lines. */
export const toNumberIn = (owner: string, number: number): string => toCursor(`${owner}#${number}`);

/** The number of the item of this owner that was shown last; 0 without a cursor. */
export function readNumberIn(owner: string, cursor: string | undefined): Result<number, Failure> {
  const isOfOwner: IsPlace = (place) =>
    place.startsWith(`${owner}#`) && /^[1-9]\d{0,7}$/.test(place.slice(owner.length + 1));
  const place = readPlace(cursor, isOfOwner);
  return place.ok ? succeed(Number(place.value?.slice(owner.length + 1) ?? 0)) : place;
}
