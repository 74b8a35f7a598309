import * as z from "zod/mini";
import { Bearer } from "../../domain/bearers.ts";
import type { CatalogueItem } from "../../domain/catalogue/catalogue.ts";
import type { Policy } from "../../domain/catalogue/policy.ts";
import type { ReferenceData } from "../../domain/catalogue/reference-data.ts";
import type { Instant } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { policyPartition, registryKeys } from "../kit/keys.ts";
import { getItem, getItems, queryAll } from "../kit/read.ts";
import { StoredDay, StoredFen } from "../kit/stored-fields.ts";
import { putOver, putUnchanged, type Write } from "../kit/transaction.ts";
import { StatedIn, StoredItem } from "./catalogue-store.ts";

const StoredPolicy = z.object({
  effectiveFrom: StoredDay,
  unrelatedBearer: Bearer,
  noEmployerNoticeBearer: Bearer,
  noConsentBearer: Bearer,
  overCapBearer: Bearer,
  overQuantityBearer: Bearer,
  releasedBearer: Bearer,
  mealAllowancePerDay: StoredFen,
  decisionDays: z.optional(z.number()),
  clearDecisionDays: z.optional(z.number()),
  applicationDays: z.optional(z.number()),
  monthClosesOn: z.optional(z.number()),
});

const StoredVersion = z.object({ version: z.number() });

interface Copy {
  readonly version: number;
  /** An unknown code is remembered as null. */
  readonly items: Map<string, CatalogueItem | null>;
  policies?: readonly Policy[];
}

export interface ReferenceStore {
  /** Strongly consistent; 0 while nothing was ever stated. */
  readonly readVersion: () => Promise<number>;
  /**
   * The items named and all policies; reads only what memory lacks. Without a version that was just read, it is
   * read beside them, in the same round trip.
   */
  readonly load: (itemCodes: Iterable<string>, version?: number) => Promise<ReferenceData>;
}

/** Largest number of catalogue items kept in memory; a catalogue has some 60,000. */
const MAX_ITEMS = 20_000;

type Items = Map<string, CatalogueItem | null>;

/** The latest version that any of these were stated in. */
const latestOf = (items: readonly unknown[]): number =>
  items.reduce<number>((latest, item) => Math.max(latest, StatedIn.parse(item).statedIn), 0);

interface Fetched {
  readonly items: Items;
  readonly latest: number;
}

async function readItems(db: Database, itemCodes: readonly string[]): Promise<Fetched> {
  const items: Items = new Map(itemCodes.map((itemCode) => [itemCode, null]));
  if (itemCodes.length === 0) return { items, latest: 0 };
  const stored = await getItems(db, db.registry, itemCodes.map(registryKeys.catalogueItem));
  for (const item of stored) {
    const parsed = StoredItem.parse(item);
    items.set(parsed.itemCode, parsed);
  }
  return { items, latest: latestOf(stored) };
}

async function readPolicies(db: Database): Promise<{ policies: Policy[]; latest: number }> {
  const items = await queryAll(db, {
    TableName: db.registry,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": policyPartition },
  });
  return { policies: items.map((item) => StoredPolicy.parse(item)), latest: latestOf(items) };
}

/** Strongly consistent; 0 while nothing was ever stated. */
export async function readReferenceVersion(db: Database): Promise<number> {
  const item = await getItem(db, db.registry, registryKeys.referenceVersion());
  return item === undefined ? 0 : StoredVersion.parse(item).version;
}

/** Reads catalogue and policies, keeping copies in memory for as long as their version stands. */
export function makeReferenceStore(db: Database, maxItems = MAX_ITEMS): ReferenceStore {
  let current: Copy = { version: 0, items: new Map() };
  const advanceTo = (version: number): void => {
    if (version > current.version) current = { version, items: new Map() };
  };

  const load = async (itemCodes: Iterable<string>, known?: number): Promise<ReferenceData> => {
    if (known !== undefined) advanceTo(known);
    const copy = current;
    const wanted = new Set(itemCodes);
    // Another bill may make room in the memory meanwhile: what it holds for this one is taken out first.
    const held: Items = new Map();
    for (const itemCode of wanted) {
      const item = copy.items.get(itemCode);
      if (item !== undefined) held.set(itemCode, item);
    }
    const missing = [...wanted].filter((itemCode) => !held.has(itemCode));
    const [version, { items: fetched, latest }, { policies, latest: latestPolicy }] = await Promise.all([
      known ?? readReferenceVersion(db),
      readItems(db, missing),
      copy.policies === undefined ? readPolicies(db) : { policies: copy.policies, latest: 0 },
    ]);
    // Something was stated anew after the version was read: a bill is calculated with one version, not with two.
    const newest = Math.max(latest, latestPolicy);
    if (newest > Math.max(version, copy.version)) return load(wanted, newest);
    if (version <= copy.version) {
      if (copy.items.size + fetched.size > maxItems) copy.items.clear();
      for (const [itemCode, item] of fetched) copy.items.set(itemCode, item);
      copy.policies = policies;
      const found = new Map([...held, ...fetched]);
      return { version: copy.version, policies, findItem: (code) => found.get(code) ?? undefined };
    }
    // What memory held is old; what was read beside the version serves this request, but may be too old to keep.
    advanceTo(version);
    const [again, newPolicies] = await Promise.all([
      readItems(
        db,
        [...wanted].filter((itemCode) => !fetched.has(itemCode)),
      ),
      copy.policies === undefined ? { policies } : readPolicies(db),
    ]);
    const found = new Map([...fetched, ...again.items]);
    return { version, policies: newPolicies.policies, findItem: (code) => found.get(code) ?? undefined };
  };

  return { readVersion: () => readReferenceVersion(db), load };
}

export const savePolicy = (db: Database, policy: Policy, version: number): Write =>
  putOver(db.registry, { ...registryKeys.policy(policy.effectiveFrom), ...policy, statedIn: version });

/**
 * The version after those that are known: the time in milliseconds, or one more where a clock is behind. So versions go on
 * rising where the Registry was lost, and what memory holds of before is old.
 */
export const nextReferenceVersion = (now: Instant, known: number): number =>
  Math.max(known + 1, Date.parse(now));

/** Goes on to a version from the one that was read, in the transaction of the change that makes memory copies old. */
export const raiseReferenceVersion = (db: Database, version: number, read: number): Write =>
  putUnchanged(
    db.registry,
    { ...registryKeys.referenceVersion(), version },
    { name: "version", value: read },
  );
