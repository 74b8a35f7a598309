import { compareEntries, type Seal, type SealFault } from "../domain/audit/seal.ts";
import { addDays, type Day, day, dayOf, type Instant, instantOf } from "../domain/dates.ts";
import type { Database } from "./database.ts";
import { auditKeys, DAY_SHARDS } from "./keys.ts";
import { readEach } from "./read.ts";
import { hashOfSeal, keyOfPlace, readSealable, readSeals, startOfDay } from "./seal-store.ts";

/** Something that is not as it was sealed, and where: a place in the trail, or the beginning of a seal. */
export interface Finding {
  readonly fault: SealFault | "SEAL_ALTERED" | "SEAL_MISSING" | "SEAL_NOT_FOUND";
  readonly partition: string;
  readonly place: string;
}

export interface Verification {
  readonly sealCount: number;
  readonly entryCount: number;
  readonly findings: readonly Finding[];
  /** Hash of the last seal of each shard: what an auditor keeps elsewhere. */
  readonly anchors: readonly string[];
}

export interface Checked {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Hashes of seals that were noted earlier, and must still be there. */
  readonly expected: readonly string[];
  readonly now: Instant;
}

/** A job that runs each minute and leaves two minutes alone is never so far behind. */
const BEHIND_MS = 900_000;
const FIRST_DAY = day("0001-01-01");
const LAST_DAY = day("9999-12-30");

async function checkSeal(db: Database, seal: Seal, before: Seal | undefined): Promise<Finding[]> {
  const { shard, from, until } = seal;
  const partition = auditKeys.sealPartition(shard);
  const findings: Finding[] = [];
  const isNext = before === undefined || (before.until === from && before.hash === seal.previous);
  if (!isNext) findings.push({ fault: "SEAL_MISSING", partition, place: before.until });
  if (hashOfSeal(seal) !== seal.hash) findings.push({ fault: "SEAL_ALTERED", partition, place: from });
  const found = await readSealable(db, shard, from, until);
  const faults = compareEntries(seal.entries, found).map(({ fault, place }) => {
    const { pk, sk } = keyOfPlace(dayOf(from), shard, place);
    return { fault, partition: pk, place: sk };
  });
  return [...findings, ...faults];
}

/** What was written long ago and is in no seal. */
async function checkEnd(
  db: Database,
  shard: number,
  last: Seal | undefined,
  now: Instant,
): Promise<Finding[]> {
  const limit = instantOf(Date.parse(now) - BEHIND_MS);
  const today = startOfDay(dayOf(limit));
  const missing = { fault: "SEAL_MISSING", partition: auditKeys.sealPartition(shard) } as const;
  if (last !== undefined && last.until < today) return [{ ...missing, place: last.until }];
  if (last !== undefined && last.until >= limit) return [];
  const open = await readSealable(db, shard, last?.until ?? today, limit);
  return open.length === 0 ? [] : [{ ...missing, place: last?.until ?? today }];
}

async function checkShard(db: Database, shard: number, { from, to, now }: Checked) {
  const start = startOfDay(from ?? FIRST_DAY);
  const seals = await readSeals(db, shard, start, startOfDay(addDays(to ?? LAST_DAY, 1)));
  const [first] = seals;
  const isBegun = from !== undefined || first === undefined || first.previous === "";
  const missing = { fault: "SEAL_MISSING", partition: auditKeys.sealPartition(shard) } as const;
  const findings: Finding[] = isBegun ? [] : [{ ...missing, place: `before ${first.from}` }];
  const checked = await readEach(seals.entries(), ([index, seal]) => checkSeal(db, seal, seals[index - 1]));
  findings.push(...checked.flat());
  if (to === undefined) findings.push(...(await checkEnd(db, shard, seals.at(-1), now)));
  return { seals, findings };
}

/**
 * Recomputes the audit trail from what lies in the table and compares it with its seals: entries that were altered,
 * removed or added after they were sealed, and seals that were altered or are missing. Writes meanwhile do no harm:
 * what is not sealed yet is not looked at.
 */
export async function checkTrail(db: Database, checked: Checked): Promise<Verification> {
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) => checkShard(db, shard, checked));
  const all = await Promise.all(shards);
  const seals = all.flatMap((each) => each.seals);
  const hashes = new Set(seals.map(({ hash }) => hash));
  const lost = checked.expected
    .filter((hash) => !hashes.has(hash))
    .map((hash): Finding => ({ fault: "SEAL_NOT_FOUND", partition: "SEALS", place: hash }));
  return {
    sealCount: seals.length,
    entryCount: seals.reduce((sum, { entries }) => sum + entries.length, 0),
    findings: [...all.flatMap((each) => each.findings), ...lost],
    anchors: all.flatMap((each) => each.seals.at(-1)?.hash ?? []),
  };
}
