import type { Seal } from "../../domain/audit/seal.ts";
import type { Instant } from "../../domain/dates.ts";
import { auditKeys } from "../kit/keys.ts";
import type { Finding, VerificationRange } from "./seal-checks.ts";
import { endOfDay } from "./seal-store.ts";

/** What a walk along the seals of one shard has seen. */
export interface ShardSeen {
  readonly shard: number;
  /** The last seal that begins before the end of what was asked. */
  readonly last: Seal | undefined;
  /** Where the first seal begins that was read; of an asked period the one before it is not counted. */
  readonly sealedFrom: Instant | undefined;
  /** Whether the seal after the asked period was seen. */
  readonly isAnchored: boolean;
}

const DAY_MS = 86_400_000;

const hasSeals = ({ last, sealedFrom }: ShardSeen): boolean => last !== undefined || sealedFrom !== undefined;

const finding = (fault: Finding["fault"], shard: number, place: string): Finding => ({
  fault,
  partition: auditKeys.sealPartition(shard),
  place,
});

/** Up to where a shard is known to be sealed, in milliseconds since 1970. */
function reachOf({ last, isAnchored }: ShardSeen, { end }: VerificationRange): number {
  const untilMs = last === undefined ? 0 : Date.parse(last.until);
  return isAnchored && end !== undefined ? Math.max(untilMs, Date.parse(end) + 1) : untilMs;
}

function checkReach(shards: readonly ShardSeen[], asked: VerificationRange): Finding[] {
  const reachMs = Math.max(...shards.map((seen) => reachOf(seen, asked)));
  return shards.flatMap((seen) => {
    const { shard, last, isAnchored } = seen;
    if (last === undefined || isAnchored) return [];
    const dayEnd = endOfDay(last.until);
    const isBehind = Date.parse(dayEnd) < reachMs && dayEnd <= asked.limit;
    return isBehind ? [finding("SEAL_MISSING", shard, last.until)] : [];
  });
}

function checkBegin(shards: readonly ShardSeen[]): Finding[] {
  const begins = shards.flatMap(({ shard, sealedFrom }) =>
    sealedFrom === undefined ? [] : [{ shard, from: sealedFrom }],
  );
  const firstMs = Math.min(...begins.map(({ from }) => Date.parse(from)));
  return begins.flatMap(({ shard, from }) =>
    Date.parse(from) > firstMs + DAY_MS ? [finding("SEAL_MISSING", shard, `before ${from}`)] : [],
  );
}

/**
 * That no shard is missing, whole or at one of its ends, together with its entries: nothing in the shard itself would
 * tell. The job seals every shard from its first run on, and each day of each of them, also without any entry. So a
 * shard without a seal where others have one was taken away; one that ends a day or more before others, or begins
 * more than a day after them, lacks seals there.
 */
export function checkShards(shards: readonly ShardSeen[], asked: VerificationRange): Finding[] {
  const begins = shards.flatMap(({ last, sealedFrom }) => sealedFrom ?? last?.from ?? []).toSorted();
  const [since] = begins;
  if (since === undefined) return [];
  const missing = shards
    .filter((seen) => !hasSeals(seen))
    .map(({ shard }) => finding("SHARD_MISSING", shard, `since ${since}`));
  return [...missing, ...checkReach(shards, asked), ...(asked.from === undefined ? checkBegin(shards) : [])];
}
