/** How many requests an institution may make: so many a second, and so many at once after a pause. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Takes one request of an institution: undefined where it may go on, else the seconds until it may come again. */
export type TakeRequest = (institution: string) => number | undefined;

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** Institutions are few; who comes with made-up ones finds a token needed for each. */
const MAX_BUCKETS = 10_000;

/**
 * A token bucket for each institution, in the memory of one process: it keeps one institution from taking all of
 * it. On AWS each instance of a function has its own, behind the stage's throttle, which cannot tell callers apart;
 * what an institution gets of all instances together is not bounded by it.
 */
export function makeRateLimit({ perSecond, burst }: RateLimit, nowMs: () => number): TakeRequest {
  const buckets = new Map<string, Bucket>();
  return (institution) => {
    const atMs = nowMs();
    const before = buckets.get(institution) ?? { tokens: burst, atMs };
    const tokens = Math.min(burst, before.tokens + ((atMs - before.atMs) * perSecond) / 1_000);
    if (tokens < 1) return Math.ceil((1 - tokens) / perSecond);
    if (buckets.size >= MAX_BUCKETS) buckets.clear();
    buckets.set(institution, { tokens: tokens - 1, atMs });
    return undefined;
  };
}
