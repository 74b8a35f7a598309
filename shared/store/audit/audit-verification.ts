import type { Seal } from "../../domain/audit/seal.ts";
import { addDays, type Day, day, dayOf, type Instant, instantOf, latestInstant } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { DAY_SHARDS } from "../kit/keys.ts";
import { readEach } from "../kit/read.ts";
import {
  checkAhead,
  checkContent,
  checkEnd,
  checkLink,
  checkPlaces,
  checkSeal,
  checkStart,
  type Finding,
  type VerificationRange,
} from "./seal-checks.ts";
import { findLastSeal, readSeals, startOfDay } from "./seal-store.ts";
import { checkShards } from "./shard-checks.ts";

export interface Verification {
  readonly sealCount: number;
  readonly entryCount: number;
  /** How far every shard that has seals is sealed, of what was asked. */
  readonly sealedUntil: Instant | undefined;
  readonly findings: readonly Finding[];
  /** Hash of the last seal of each shard: what an auditor keeps elsewhere. */
  readonly anchors: readonly string[];
}

export interface Checked {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /**
   * Where no first day is named, entries older than every seal are looked for until so many days in a row have none:
   * a quarter of a year unless told.
   */
  readonly emptyDays?: number;
  /** Hashes of seals that were noted earlier, and must still be there: in what was asked, or right before or after it. */
  readonly expected: readonly string[];
  readonly now: Instant;
}

/** A job that runs each minute and leaves two minutes alone is never so far behind. */
const BEHIND_MS = 900_000;
const FIRST_DAY = day("0001-01-01");
const EMPTY_DAYS = 92;

/** Where a walk along the seals of a shard has come to. */
interface Walk {
  readonly shard: number;
  readonly findings: Finding[];
  /** Hashes of the seals that are what they say, and follow one another. */
  readonly hashes: string[];
  sealCount: number;
  entryCount: number;
  /** The last seal that begins before the end of what was asked. */
  last: Seal | undefined;
  /** Where the first seal after none begins. */
  sealedFrom: Instant | undefined;
  /** Whether the seal after the asked period was seen. */
  isAnchored: boolean;
}

/** Takes a seal's link into account. Only one that is what its hash says, in its place, counts as found again. */
function takeLink(walk: Walk, { hash }: Seal, faults: readonly Finding[]): void {
  walk.findings.push(...faults);
  if (faults.length === 0) walk.hashes.push(hash);
}

/** Takes a page of seals; the first one beyond the end is looked at only for what it says of the one before. */
async function takePage(
  db: Database,
  walk: Walk,
  page: readonly Seal[],
  end: Instant | undefined,
): Promise<void> {
  const within = page.filter(({ from }) => end === undefined || from < end);
  const after = page[within.length];
  walk.sealedFrom ??= page[0]?.from;
  const linked = after === undefined ? within : [...within, after];
  for (const [index, seal] of linked.entries()) {
    takeLink(walk, seal, checkLink(seal, index === 0 ? walk.last : linked[index - 1]));
  }
  const contents = await readEach(within, (seal) => checkContent(db, seal));
  walk.findings.push(...contents.flat());
  walk.sealCount += within.length;
  walk.entryCount += within.reduce((sum, { entries }) => sum + entries.length, 0);
  walk.last = within.at(-1) ?? walk.last;
  walk.isAnchored = after !== undefined;
}

/** One shard, page by page: from the seal before the asked period, which it must follow, to the one after it. */
async function checkShard(db: Database, shard: number, asked: VerificationRange): Promise<Walk> {
  const { from, end, limit } = asked;
  const start = startOfDay(from ?? FIRST_DAY);
  const { last: before, spoiled } =
    from === undefined ? { last: undefined, spoiled: [] } : await findLastSeal(db, shard, start);
  const walk: Walk = {
    shard,
    findings: checkPlaces(shard, spoiled),
    hashes: [],
    sealCount: 0,
    entryCount: 0,
    last: before,
    sealedFrom: undefined,
    isAnchored: false,
  };
  if (before !== undefined) takeLink(walk, before, checkSeal(before));
  for await (const page of readSeals(db, shard, start)) {
    const places = page.filter(({ place, seal }) => seal === undefined && (end === undefined || place < end));
    walk.findings.push(
      ...checkPlaces(
        shard,
        places.map(({ place }) => place),
      ),
    );
    await takePage(
      db,
      walk,
      page.flatMap(({ seal }) => seal ?? []),
      end,
    );
    if (walk.isAnchored) break;
  }
  const { findings, last, sealedFrom, isAnchored } = walk;
  if (before === undefined) {
    const askedUntil = end ?? limit;
    const isSealedLater = sealedFrom === undefined || sealedFrom > askedUntil;
    findings.push(...(await checkStart(db, shard, asked, isSealedLater ? askedUntil : sealedFrom)));
  }
  if (last !== undefined && !isAnchored) findings.push(...(await checkEnd(db, last, asked)));
  if (end === undefined) findings.push(...(await checkAhead(db, shard, asked.latest)));
  return walk;
}

function askedOf({ from, to, emptyDays = EMPTY_DAYS, now }: Checked): VerificationRange {
  const limit = instantOf(Date.parse(now) - BEHIND_MS);
  // A period that is not over is asked about as far as it has come.
  const end = to === undefined || to >= dayOf(limit) ? undefined : startOfDay(addDays(to, 1));
  return { from, emptyDays, end, limit, latest: latestInstant(now) };
}

/**
 * Recomputes the audit trail of a period from what lies in the table and compares it with its seals: entries that were
 * altered, removed or added after they were sealed, seals that were altered or are missing, and entries that no seal
 * covers. The seals must follow one another from the one before the period to the one after it. Writes meanwhile do no
 * harm: what is not sealed yet is not looked at.
 */
export async function checkTrail(db: Database, checked: Checked): Promise<Verification> {
  const asked = askedOf(checked);
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) => checkShard(db, shard, asked));
  const walks = await Promise.all(shards);
  const hashes = new Set(walks.flatMap((walk) => walk.hashes));
  const lost = new Set(checked.expected.filter((hash) => !hashes.has(hash)));
  const notFound = [...lost].map(
    (hash): Finding => ({ fault: "SEAL_NOT_FOUND", partition: "SEALS", place: hash }),
  );
  const [sealedUntil] = walks.flatMap(({ last }) => (last === undefined ? [] : last.until)).toSorted();
  return {
    sealedUntil,
    sealCount: walks.reduce((sum, { sealCount }) => sum + sealCount, 0),
    entryCount: walks.reduce((sum, { entryCount }) => sum + entryCount, 0),
    findings: [...walks.flatMap(({ findings }) => findings), ...checkShards(walks, asked), ...notFound],
    anchors: walks.flatMap(({ sealCount, last }) => (sealCount === 0 ? [] : (last?.hash ?? []))),
  };
}
