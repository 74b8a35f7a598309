import { type Failure, type Fault, failureOf } from "../../shared/domain/failures.ts";
import type { CatalogueItem } from "../../shared/domain/registry/catalogue.ts";
import { areSameItems } from "../../shared/domain/registry/catalogue-changes.ts";
import { toCodeForm } from "../../shared/domain/registry/code-form.ts";
import { mergeItem } from "../../shared/domain/registry/merge-periods.ts";
import { type Result, refuse, succeed } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/database.ts";
import {
  findCodesOfForms,
  findStandingItems,
  raiseReferenceVersion,
  readReferenceVersion,
  type StandingItem,
  saveCatalogueItem,
  saveCodeForm,
} from "../../shared/store/reference-store.ts";
import type { Write } from "../../shared/store/transaction.ts";

/** An item of a message, with its position among all of them. */
export interface StatedItem {
  readonly stated: CatalogueItem;
  readonly position: number;
}

export interface MergedItem {
  readonly standing: StandingItem | undefined;
  readonly merged: CatalogueItem;
}

type Standing = ReadonlyMap<string, StandingItem>;

/** What becomes of one item, or what is wrong with it beside the periods that stand. */
export function mergeStated(
  { stated, position }: StatedItem,
  standing: Standing,
): Result<MergedItem, readonly Fault[]> {
  const found = standing.get(stated.itemCode);
  const merged = mergeItem(found?.item, stated);
  if (merged.ok) return succeed({ standing: found, merged: merged.value });
  const pointer = `/items/${position}/periods`;
  return refuse(
    merged.failure.map((fault) => ({
      pointer: fault.position === undefined ? pointer : `${pointer}/${fault.position}`,
      code: fault.code,
    })),
  );
}

export const readStanding = (db: Database, items: readonly StatedItem[]): Promise<Standing> =>
  findStandingItems(
    db,
    items.map(({ stated }) => stated.itemCode),
  );

function mergeAll(items: readonly StatedItem[], standing: Standing): Result<MergedItem[], Failure> {
  const merged = items.map((item) => mergeStated(item, standing));
  const faults = merged.flatMap((each) => (each.ok ? [] : each.failure));
  if (faults.length > 0) return refuse(failureOf(faults));
  return succeed(merged.flatMap((each) => (each.ok ? [each.value] : [])));
}

/** Why the items cannot be stated beside what stands now; undefined where they can. */
export async function checkItems(db: Database, items: readonly StatedItem[]): Promise<Failure | undefined> {
  const merged = mergeAll(items, await readStanding(db, items));
  return merged.ok ? undefined : merged.failure;
}

/** What new codes look like, for whoever states another one that looks the same. */
async function planForms(db: Database, items: readonly MergedItem[]): Promise<Write[]> {
  const news = items.filter(({ standing }) => standing === undefined);
  const forms = new Map(news.map(({ merged: { itemCode } }) => [toCodeForm(itemCode), itemCode]));
  const known = await findCodesOfForms(db, [...forms.keys()]);
  return [...forms]
    .filter(([form]) => !known.has(form))
    .map(([form, itemCode]) => saveCodeForm(db, form, itemCode));
}

/**
 * The writes that state items: none where all of them stand like this already. The version is read before the items
 * and is a condition of the writes, so that nobody has stated anything since.
 */
export async function planImport(
  db: Database,
  items: readonly StatedItem[],
): Promise<Result<readonly Write[], Failure>> {
  const version = 1 + (await readReferenceVersion(db));
  const merged = mergeAll(items, await readStanding(db, items));
  if (!merged.ok) return merged;
  const changed = merged.value.filter(
    ({ standing, merged: item }) => standing === undefined || !areSameItems(standing.item, item),
  );
  if (changed.length === 0) return succeed([]);
  return succeed([
    ...changed.map(({ standing, merged: item }) => saveCatalogueItem(db, item, version, standing)),
    ...(await planForms(db, changed)),
    raiseReferenceVersion(db, version),
  ]);
}
