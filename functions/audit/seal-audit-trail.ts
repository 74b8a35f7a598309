import type { Seal } from "../../shared/domain/audit/seal.ts";
import { addDays, dayOf, type Instant, instantOf, latestInstant } from "../../shared/domain/dates.ts";
import {
  commitSeal,
  endOfDay,
  findLastSeal,
  hashOfSeal,
  readAhead,
  readSealable,
  startOfDay,
} from "../../shared/store/audit/seal-store.ts";
import { DAY_SHARDS } from "../../shared/store/kit/keys.ts";
import type { Services } from "../kit/services.ts";

type JobServices = Pick<Services, "db" | "now">;

/** Longer than a request and the store's own repetitions last, and clocks differ: no entry comes in before this. */
const SEAL_AFTER_MS = 120_000;
/** The first seal reaches back to the day before, so that what was written before the job first ran is in it. */
const FIRST_DAYS_BACK = 1;
/** A seal names every entry, and an item takes 400 KB. */
const MAX_ENTRIES = 1_000;

const timeOf = (place: string): Instant => instantOf(Date.parse(place.slice(0, place.indexOf("#"))));

/** An instant, but after another one: a seal of no time would never end. */
const later = (at: Instant, from: Instant): Instant => (at > from ? at : instantOf(Date.parse(from) + 1));

/** The next seal of a shard; undefined where nothing is to be sealed yet. A seal never goes beyond its day. */
async function planSeal(
  { db, now }: JobServices,
  shard: number,
  last: Seal | undefined,
): Promise<Seal | undefined> {
  const horizon = instantOf(Date.parse(now()) - SEAL_AFTER_MS);
  const from = last?.until ?? startOfDay(addDays(dayOf(now()), -FIRST_DAYS_BACK));
  if (from >= horizon) return undefined;
  const dayEnd = endOfDay(from);
  const isDayOver = dayEnd <= horizon;
  const end = isDayOver ? dayEnd : horizon;
  const found = await readSealable(db, shard, from, end, MAX_ENTRIES + 1);
  // An empty stretch is sealed with what follows it, or at the end of its day.
  if (found.length === 0 && !isDayOver) return undefined;
  const [tooMuch] = found[MAX_ENTRIES] ?? [];
  const until = tooMuch === undefined ? end : later(timeOf(tooMuch), from);
  const entries = tooMuch === undefined ? found : await readSealable(db, shard, from, until);
  const seal = { shard, from, until, previous: last?.hash ?? "", entries };
  return { ...seal, hash: hashOfSeal(seal) };
}

const fault = (shard: number, what: string): Error => new Error(`audit trail, shard ${shard}: ${what}`);

async function sealShard(services: JobServices, shard: number, isTimeUp: () => boolean): Promise<number> {
  const seen = new Set<string>();
  for (let count = 0; ; count += 1) {
    if (isTimeUp()) return count;
    const { last, spoiled } = await findLastSeal(services.db, shard);
    for (const place of spoiled) seen.add(place);
    // Nothing would be sealed until then.
    if (last !== undefined && last.until > services.now())
      throw fault(shard, `the seal at ${last.from} ends in the future`);
    const seal = await planSeal(services, shard, last);
    const isPut = seal !== undefined && (await commitSeal(services.db, seal)).kind === "COMMITTED";
    // There is no more to seal, or another sealer was first: it goes on from there.
    if (!isPut && seen.size > 0) throw fault(shard, `at ${[...seen].join(", ")} lies what is no seal`);
    if (isPut) continue;
    const [ahead] = await readAhead(services.db, shard, latestInstant(services.now()));
    if (ahead !== undefined) throw fault(shard, `the entry at ${ahead.pk} ${ahead.sk} lies in the future`);
    return count;
  }
}

/**
 * Seals what no entry can be added to any more, shard by shard, until none is left or time is up. Run again it goes
 * on from the last seal. Returns how many seals it put. Fails, after everything else is sealed, where somebody wrote
 * what keeps a shard from being sealed or is no seal: an alarm hangs on that.
 */
export async function sealAuditTrail(services: JobServices, isTimeUp: () => boolean): Promise<number> {
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) => sealShard(services, shard, isTimeUp));
  const ended = await Promise.allSettled(shards);
  const faults = ended.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
  if (faults.length > 0) throw new Error(faults.join("; "));
  return ended.reduce((sum, each) => sum + (each.status === "fulfilled" ? each.value : 0), 0);
}
