import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { CatalogueItem } from "../../shared/domain/catalogue/catalogue.ts";

/** Catalogue items of one call. */
const MAX_ITEMS = 500;

const itemsAreDistinct = z.refine<readonly { itemCode: string }[]>(
  (items) => new Set(items.map(({ itemCode }) => itemCode)).size === items.length,
  { error: "DUPLICATE" },
);

export const CatalogueStatement = z.strictObject({
  items: listOf(CatalogueItem, { min: 1, max: MAX_ITEMS }, itemsAreDistinct),
});
