import { compareEntries, type Seal, type SealFault } from "../../domain/audit/seal.ts";
import { addDays, type Day, dayOf, type Instant, instantOf } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { auditKeys, type Key } from "../kit/keys.ts";
import {
  endOfDay,
  hashOfSeal,
  keyOfPlace,
  readAhead,
  readSealable,
  readUnderSeal,
  startOfDay,
} from "./seal-store.ts";

/** Something that is not as it was sealed, and where: a place in the trail, or the beginning of a seal. */
export interface Finding {
  readonly fault:
    | SealFault
    | "ENTRY_AHEAD"
    | "ENTRY_UNSEALED"
    | "SEAL_ALTERED"
    | "SEAL_MISSING"
    | "SEAL_NOT_FOUND"
    | "SHARD_MISSING"
    | "UNSEALED_SINCE";
  readonly partition: string;
  readonly place: string;
}

const missing = (shard: number, place: string): Finding => ({
  fault: "SEAL_MISSING",
  partition: auditKeys.sealPartition(shard),
  place,
});

const findingAt = (fault: Finding["fault"], { pk, sk }: Key): Finding => ({
  fault,
  partition: pk,
  place: sk,
});

/** That nobody wrote down what has not happened yet: when its time comes it would be sealed. */
export const checkAhead = async (db: Database, shard: number, latest: Instant): Promise<Finding[]> =>
  (await readAhead(db, shard, latest)).map((key) => findingAt("ENTRY_AHEAD", key));

/** What lies among the seals of a shard, and is none. */
export const checkPlaces = (shard: number, places: readonly string[]): Finding[] =>
  places.map((sk) => findingAt("SEAL_ALTERED", { pk: auditKeys.sealPartition(shard), sk }));

/** That a seal is the one that was put: it is what its hash says, and of one day at most. */
export function checkSeal(seal: Seal): Finding[] {
  const { shard, from, until } = seal;
  // Only the day on which a seal begins is read to compare it: what it claims beyond, nobody would look at.
  const isOfOneDay = from < until && until <= endOfDay(from);
  return isOfOneDay && hashOfSeal(seal) === seal.hash
    ? []
    : [findingAt("SEAL_ALTERED", auditKeys.seal(shard, from))];
}

/** That a seal is the one that was put, and follows the one before it without a gap. */
export function checkLink(seal: Seal, before: Seal | undefined): Finding[] {
  const { shard, from } = seal;
  const findings: Finding[] = [];
  if (before === undefined && seal.previous !== "") findings.push(missing(shard, `before ${from}`));
  if (before !== undefined && (before.until !== from || before.hash !== seal.previous))
    findings.push(missing(shard, before.until));
  return [...findings, ...checkSeal(seal)];
}

/** That what a seal names is there, as it was sealed, and nothing else. */
export async function checkContent(db: Database, seal: Seal): Promise<Finding[]> {
  const { shard, from, entries } = seal;
  const found = await readUnderSeal(db, seal);
  return compareEntries(entries, found).map(({ fault, place }) =>
    findingAt(fault, keyOfPlace(dayOf(from), shard, place)),
  );
}

export interface VerificationRange {
  readonly from: Day | undefined;
  /** Where no first day is named: how many days in a row without an entry end the search for older ones. */
  readonly emptyDays: number;
  /** Where the asked period ends; undefined where it goes on up to now. */
  readonly end: Instant | undefined;
  /** What is older must be sealed by now. */
  readonly limit: Instant;
  /** What is later has not happened yet, whatever clock is asked. */
  readonly latest: Instant;
}

/** That nothing lies before the first seal, back to a day: of each day with entries the first one is named. */
export async function checkStart(
  db: Database,
  shard: number,
  { from, emptyDays }: VerificationRange,
  until: Instant,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const last = dayOf(instantOf(Date.parse(until) - 1));
  let empty = 0;
  for (let on = last; from === undefined ? empty < emptyDays : on >= from; on = addDays(on, -1)) {
    const end = on === last ? until : endOfDay(startOfDay(on));
    const [first] = await readSealable(db, shard, startOfDay(on), end, 1);
    empty = first === undefined ? empty + 1 : 0;
    if (first !== undefined) findings.push(findingAt("ENTRY_UNSEALED", keyOfPlace(on, shard, first[0])));
  }
  return findings;
}

/** That the last seal ends in the past, and no entry lies behind it, up to the end of what was asked: where none does, nothing was to be sealed. */
export async function checkEnd(
  db: Database,
  { shard, from: begin, until }: Seal,
  { end, limit, latest }: VerificationRange,
): Promise<Finding[]> {
  if (until > latest) return checkPlaces(shard, [begin]);
  const askedUntil = end ?? limit;
  for (let from = until; from < askedUntil; from = endOfDay(from)) {
    const dayEnd = endOfDay(from);
    const isLastDay = dayEnd > askedUntil;
    const [first] = await readSealable(db, shard, from, isLastDay ? askedUntil : dayEnd, 1);
    if (first !== undefined)
      return [{ fault: "UNSEALED_SINCE", partition: auditKeys.sealPartition(shard), place: until }];
  }
  return [];
}
