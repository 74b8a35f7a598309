import * as z from "zod/mini";
import { Bearer } from "../../domain/bearers.ts";
import { itemKinds } from "../../domain/catalogue/catalogue.ts";
import type { ItemHistory, RememberedItem } from "../../domain/catalogue/item-history.ts";
import { ratio } from "../../domain/money.ts";
import type { Database } from "../kit/database.ts";
import { registryKeys } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { getItems, type Item } from "../kit/read.ts";
import { StoredBytes, StoredDay, StoredInstant, StoredPrice, StoredQuantity } from "../kit/stored-fields.ts";
import { putNew, putOver, putUnchanged, type Write } from "../kit/transaction.ts";

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

/** An item as it is kept, but for what it came from. */
export const StoredItem = z.object({
  itemCode: z.string(),
  name: z.string(),
  kind: z.enum(itemKinds),
  unit: z.string(),
  periods: z.array(StoredPeriod),
});

/** The version that an item or a policy was stated in; 0 for what was kept before it was noted. */
export const StatedIn = z.object({ statedIn: z._default(z.number(), 0) });

const StoredStatement = z.union([
  z.object({ at: StoredInstant, stated: StoredItem }),
  z.object({ at: StoredInstant, removedFrom: StoredDay }),
]);

const StoredHistory = z.object({
  before: z.optional(z.object({ item: StoredItem, until: StoredInstant })),
  statements: z.array(StoredStatement),
});

/** `statedAt` is the instant of the latest statement; what was kept before it was noted has none. */
const StoredOrigin = z.object({
  statedAt: z.optional(StoredInstant),
  history: z.optional(StoredBytes),
});

/** An item as it stands, with the version that it was stated in. */
export interface StandingItem extends RememberedItem {
  readonly statedIn: number;
}

function toStanding(stored: Item): StandingItem {
  const item = StoredItem.parse(stored);
  const { statedIn } = StatedIn.parse(stored);
  const { statedAt, history } = StoredOrigin.parse(stored);
  if (statedAt === undefined) return { item, statedIn, history: undefined };
  // An item that was stated once is its own history.
  const statements = [{ at: statedAt, stated: item }];
  return {
    item,
    statedIn,
    history: history === undefined ? { statements } : StoredHistory.parse(unpack(history)),
  };
}

/** Those of the items that there are, by code, to state them anew: past all memory. */
export async function findStandingItems(
  db: Database,
  itemCodes: readonly string[],
): Promise<ReadonlyMap<string, StandingItem>> {
  const stored = await getItems(db, db.registry, itemCodes.map(registryKeys.catalogueItem));
  return new Map(
    stored.map((each) => {
      const standing = toStanding(each);
      return [standing.item.itemCode, standing];
    }),
  );
}

function toOrigin(history: ItemHistory | undefined) {
  if (history === undefined) return {};
  const { before, statements } = history;
  const statedAt = statements.at(-1)?.at ?? before?.until;
  const isItsOwn = before === undefined && statements.length === 1;
  return isItsOwn ? { statedAt } : { statedAt, history: pack(history) };
}

/** An item with all of its periods, over the one that was read; `version` is the one that it makes. */
export function saveCatalogueItem(
  db: Database,
  { item, history }: RememberedItem,
  version: number,
  standing: Pick<StandingItem, "statedIn"> | undefined,
): Write {
  const stated = {
    ...registryKeys.catalogueItem(item.itemCode),
    ...item,
    statedIn: version,
    ...toOrigin(history),
  };
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
