import * as z from "zod/mini";
import { Bearer } from "../domain/bearers.ts";
import { ratio } from "../domain/money.ts";
import { type CatalogueItem, itemKinds } from "../domain/registry/catalogue.ts";
import type { Policy } from "../domain/registry/policy.ts";
import type { Database } from "./database.ts";
import { policyPartition, registryKeys } from "./keys.ts";
import { getItem, getItems, queryAll } from "./read.ts";
import { StoredDay, StoredFen, StoredPrice, StoredQuantity } from "./stored-fields.ts";
import { putNew, putNext, putOver, putUnchanged, type Write } from "./transaction.ts";

const StoredPeriod = z.object({
  from: StoredDay,
  to: z.nullable(StoredDay),
  medical: z.boolean(),
  rehabilitation: z.boolean(),
  restricted: z.boolean(),
  caps: z.nullable(z.object({ "1": StoredPrice, "2": StoredPrice, "3": StoredPrice })),
  maxPerDay: z.optional(StoredQuantity),
  maxPerVisit: z.optional(StoredQuantity),
  fundRatio: z.optional(z.pipe(z.number(), z.transform(ratio))),
  ratioRemainderBearer: z.optional(Bearer),
  overCapBearer: z.optional(Bearer),
});

const StoredItem = z.object({
  itemCode: z.string(),
  name: z.string(),
  kind: z.enum(itemKinds),
  unit: z.string(),
  periods: z.array(StoredPeriod),
});

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

/** The version that an item or a policy was stated in; 0 for what was kept before it was noted. */
const StatedIn = z.object({ statedIn: z._default(z.number(), 0) });

/** Catalogue and policies as they stand at a version. */
export interface Reference {
  readonly version: number;
  readonly policies: readonly Policy[];
  readonly findItem: (itemCode: string) => CatalogueItem | undefined;
}

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
  readonly load: (itemCodes: Iterable<string>, version?: number) => Promise<Reference>;
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

  const load = async (itemCodes: Iterable<string>, known?: number): Promise<Reference> => {
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

/** An item as it stands, with the version that it was stated in. */
export interface StandingItem {
  readonly item: CatalogueItem;
  readonly statedIn: number;
}

/** Those of the items that there are, by code, to state them anew: past all memory. */
export async function findStandingItems(
  db: Database,
  itemCodes: readonly string[],
): Promise<ReadonlyMap<string, StandingItem>> {
  const stored = await getItems(db, db.registry, itemCodes.map(registryKeys.catalogueItem));
  return new Map(
    stored.map((each) => {
      const item = StoredItem.parse(each);
      return [item.itemCode, { item, statedIn: StatedIn.parse(each).statedIn }];
    }),
  );
}

/** An item with all of its periods, over the one that was read; `version` is the one that it makes. */
export function saveCatalogueItem(
  db: Database,
  item: CatalogueItem,
  version: number,
  standing: Pick<StandingItem, "statedIn"> | undefined,
): Write {
  const stated = { ...registryKeys.catalogueItem(item.itemCode), ...item, statedIn: version };
  if (standing === undefined) return putNew(db.registry, stated, "CHANGED");
  return putUnchanged(db.registry, stated, { name: "statedIn", value: standing.statedIn });
}

const StoredForm = z.object({ form: z.string(), itemCode: z.string() });

/** The first code of each of these forms that there is one of, by form. */
export async function findCodesOfForms(
  db: Database,
  forms: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const stored = await getItems(db, db.registry, [...new Set(forms)].map(registryKeys.codeForm));
  return new Map(
    stored.map((each) => {
      const { form, itemCode } = StoredForm.parse(each);
      return [form, itemCode];
    }),
  );
}

/** That a code has this form; of two that are stated at one moment, either may be kept. */
export const saveCodeForm = (db: Database, form: string, itemCode: string): Write =>
  putOver(db.registry, { ...registryKeys.codeForm(form), form, itemCode });

export const savePolicy = (db: Database, policy: Policy, version: number): Write =>
  putOver(db.registry, { ...registryKeys.policy(policy.effectiveFrom), ...policy, statedIn: version });

/** Counts up to a version, in the transaction of the change that makes memory copies old. */
export function raiseReferenceVersion(db: Database, version: number): Write {
  const item = { ...registryKeys.referenceVersion(), version };
  return version === 1 ? putNew(db.registry, item, "CHANGED") : putNext(db.registry, item);
}
