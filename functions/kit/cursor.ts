import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { DaySchema, InstantSchema } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { canonicalJson } from "../../shared/http/canonical-json.ts";

/** What every list is asked by. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The part of a feed's query that says where to go on. */
interface FeedQuery {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A call of a list: which list it is, who asks, of what, and by which filters. */
export interface ListCall {
  readonly definition: { readonly id: string };
  readonly caller: { readonly institution: string };
  readonly params: object;
  readonly query: PageQuery | FeedQuery;
}

const TAG_BYTES = 9;
/** So many letters are a tag in base64url. */
const TAG_LENGTH = 12;

/** Where a page begins and how long it is changes nothing about which list it is of. */
const NOT_FILTERS = { limit: undefined, cursor: undefined, after: undefined };

/**
 * Ties a place to its list: the operation, the institution, the path and the filters, but not to how many are asked for.
 * It is no secret and protects nothing by itself: what a caller may see is decided by who calls. It lets a cursor that went
 * astray or was cut be refused, where it would have left something out.
 */
function tagOf({ definition, caller, params, query }: ListCall, place: string): string {
  const list = [definition.id, caller.institution, params, { ...query, ...NOT_FILTERS }, place];
  const digest = createHash("sha256").update(canonicalJson(list)).digest();
  return digest.subarray(0, TAG_BYTES).toString("base64url");
}

/** A list's place, unreadable on purpose: callers hand it back as it came, to the same list asked for in the same way. */
export const toCursor = (list: ListCall, place: string): string =>
  Buffer.from(tagOf(list, place) + place).toString("base64url");

const pointerOf = ({ query }: ListCall): string => ("after" in query ? "#query/after" : "#query/cursor");

/** That a call's cursor is not one of its list's. */
export function cursorInvalid(list: ListCall): Failure {
  const pointer = pointerOf(list);
  return failure("CURSOR_INVALID", [{ pointer, code: "CURSOR_INVALID" }]);
}

type IsPlace = (place: string) => boolean;

/** Places that begin with a day, and go on like this. */
export const dayAnd =
  (rest: RegExp): IsPlace =>
  (place) =>
    z.safeParse(DaySchema, place.slice(0, 10)).success && rest.test(place.slice(10));

/** Whether a text is an instant as instants are kept. */
export const isKeptInstant = (text: string): boolean => z.safeParse(InstantSchema, text).data === text;

/** Places that are an event's: its instant as it is kept, its subject and the subject's own count, or its time in milliseconds. */
export function isEventPlace(place: string): boolean {
  const end = place.indexOf("#");
  return isKeptInstant(place.slice(0, end)) && /^#[^#]{1,64}#\d{7,13}$/.test(place.slice(end));
}

function cursorOf({ query }: ListCall): string | undefined {
  if ("after" in query) return query.after;
  return "cursor" in query ? query.cursor : undefined;
}

/** The place in a call's cursor, which must be one that this list gave; undefined where there is no cursor. */
export function readPlace(list: ListCall, isPlace: IsPlace): Result<string | undefined, Failure> {
  const cursor = cursorOf(list);
  if (cursor === undefined) return ok(undefined);
  const place = Buffer.from(cursor, "base64url").toString("utf8").slice(TAG_LENGTH);
  const isOurs = isPlace(place) && toCursor(list, place) === cursor;
  return isOurs ? ok(place) : err(cursorInvalid(list));
}

/** What a page shows of the items that are left, of which the list may have read only one more, and the cursor of the next one. */
export function cutPage<Item>(
  list: ListCall,
  left: readonly Item[],
  placeOf: (last: Item) => string,
): { readonly page: readonly Item[]; readonly nextCursor: string | null } {
  const { limit } = list.query;
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    nextCursor: last === undefined || left.length <= limit ? null : toCursor(list, placeOf(last)),
  };
}

/** A cursor for lists whose items are numbered for good within what they belong to, such as a visit's lines. */
export const toNumberCursor = (list: ListCall, number: number): string => toCursor(list, String(number));

/** The number of the item that was shown last; 0 without a cursor. */
export function readNumber(list: ListCall): Result<number, Failure> {
  const place = readPlace(list, (text) => /^[1-9]\d{0,7}$/.test(text));
  return place.ok ? ok(Number(place.value ?? 0)) : place;
}
