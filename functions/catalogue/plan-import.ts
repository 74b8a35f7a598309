import type { CatalogueItem } from "../../shared/domain/catalogue/catalogue.ts";
import { toCodeForm } from "../../shared/domain/catalogue/code-form.ts";
import { type RememberedItem, stateAgain, stateItem } from "../../shared/domain/catalogue/item-history.ts";
import { mergeItem, type PeriodFault } from "../../shared/domain/catalogue/merge-periods.ts";
import { type Instant, instantOf } from "../../shared/domain/dates.ts";
import { type Failure, type Fault, failureOf } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import {
  findCodesOfForms,
  findStandingItems,
  type StandingItem,
  saveCatalogueItem,
  saveCodeForm,
} from "../../shared/store/catalogue/catalogue-store.ts";
import { nextReferenceVersion, raiseReferenceVersion } from "../../shared/store/catalogue/reference-store.ts";
import { findRemovals } from "../../shared/store/catalogue/removed-periods-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import type { RegistrationPart } from "../kit/apply-part.ts";
import type { Services } from "../kit/services.ts";
import { readStandingAsOf, type Standing } from "./standing-items.ts";

/** An item of a message, with its position among all of them. */
export interface StatedItem {
  readonly stated: CatalogueItem;
  readonly position: number;
}

/** What is wrong with the periods of an item of a message, by their place in the message. */
const toFaults = (position: number, faults: readonly PeriodFault[]): Fault[] =>
  faults.map((fault) => {
    const pointer = `/items/${position}/periods`;
    return {
      pointer: fault.position === undefined ? pointer : `${pointer}/${fault.position}`,
      code: fault.code,
    };
  });

export interface MergedItem {
  readonly standing: StandingItem | undefined;
  readonly merged: CatalogueItem;
}

/** What would become of one item, or what is wrong with it beside the periods that stand. */
export function mergeStated(
  { stated, position }: StatedItem,
  standing: Standing,
): Result<MergedItem, readonly Fault[]> {
  const found = standing.get(stated.itemCode);
  const merged = mergeItem(found?.item, stated);
  return merged.ok ? ok({ standing: found, merged: merged.value }) : err(toFaults(position, merged.failure));
}

type Needs = Pick<Services, "db" | "now">;

interface ChangedItem {
  readonly standing: StandingItem | undefined;
  readonly next: RememberedItem;
}

type State = (
  known: RememberedItem | undefined,
  stated: CatalogueItem,
) => Result<RememberedItem | undefined, readonly PeriodFault[]>;

/** What becomes of the items that change by being stated. */
function stateAll(
  items: readonly StatedItem[],
  standing: Standing,
  state: State,
): Result<readonly ChangedItem[], Failure> {
  const faults: Fault[] = [];
  const changed: ChangedItem[] = [];
  for (const { stated, position } of items) {
    const found = standing.get(stated.itemCode);
    const next = state(found, stated);
    if (!next.ok) faults.push(...toFaults(position, next.failure));
    else if (next.value !== undefined && next.value !== found)
      changed.push({ standing: found, next: next.value });
  }
  return faults.length > 0 ? err(failureOf(faults)) : ok(changed);
}

/** Why the items cannot be stated beside what stands now; undefined where they can. */
export async function checkItems(
  { db, now }: Needs,
  items: readonly StatedItem[],
): Promise<Failure | undefined> {
  const standing = await findStandingItems(db, codesOf(items));
  const at = now();
  const stated = stateAll(items, standing, (known, each) => stateItem(known, { at, stated: each }));
  return stated.ok ? undefined : stated.failure;
}

const codesOf = (items: readonly StatedItem[]): string[] => items.map(({ stated }) => stated.itemCode);

/** What new codes look like, for whoever states another one that looks the same. */
async function planForms(db: Database, changed: readonly ChangedItem[]): Promise<Write[]> {
  const news = changed.filter(({ standing }) => standing === undefined);
  const forms = new Map(news.map(({ next: { item } }) => [toCodeForm(item.itemCode), item.itemCode]));
  const known = await findCodesOfForms(db, [...forms.keys()]);
  return [...forms]
    .filter(([form]) => !known.has(form))
    .map(([form, itemCode]) => saveCodeForm(db, form, itemCode));
}

/** Items of a message that is on record, in the place that they had; what of them is gone comes with its later removals. */
async function stateAllAgain(
  db: Database,
  items: readonly StatedItem[],
  standing: Standing,
  at: Instant,
): Promise<Result<readonly ChangedItem[], Failure>> {
  const changed = stateAll(items, standing, (known, stated) => stateAgain(known, { at, stated }, []));
  if (changed.ok && changed.value.length === 0) return changed;
  const removals = await findRemovals(db, codesOf(items));
  return stateAll(items, standing, (known, stated) =>
    stateAgain(known, { at, stated }, removals.get(stated.itemCode) ?? []),
  );
}

/**
 * The writes that state items, and the instant of their statement: none where all of them stand like this already. The
 * version is read before the items and is a condition of the writes, so that nobody has stated anything since. Instants rise
 * with versions; what changes nothing has the instant up to which it was compared. Items of a message that is on record
 * are stated `again` at its instant, in the place that they had among others.
 */
export async function planImport(
  { db, now }: Needs,
  items: readonly StatedItem[],
  again: Instant | undefined,
): Promise<Result<RegistrationPart, Failure>> {
  const { standing, read, known } = await readStandingAsOf(db, codesOf(items));
  const version = nextReferenceVersion(now(), known);
  const at = again ?? instantOf(version);
  const changed =
    again === undefined
      ? stateAll(items, standing, (item, stated) => stateItem(item, { at, stated }))
      : await stateAllAgain(db, items, standing, again);
  if (!changed.ok) return changed;
  if (changed.value.length === 0) return ok({ at: again ?? instantOf(known), writes: [] });
  const saved = changed.value.map((each) => saveCatalogueItem(db, each.next, version, each.standing));
  const forms = await planForms(db, changed.value);
  return ok({ at, writes: [...saved, ...forms, raiseReferenceVersion(db, version, read)] });
}
