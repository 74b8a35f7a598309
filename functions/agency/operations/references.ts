import * as z from "zod/mini";
import { listOf } from "../../../shared/domain/bounds.ts";
import { DaySchema } from "../../../shared/domain/dates.ts";
import { CatalogueItem, ItemCode, itemKinds } from "../../../shared/domain/registry/catalogue.ts";
import { PolicyTerms } from "../../../shared/domain/registry/policy.ts";
import { LIST_BODY_BYTES, noParams, type OperationDefinition } from "../../operation.ts";
import { pageOf, pageShape } from "../../views.ts";
import { CatalogueItemView, PolicyView } from "../reference-views.ts";
import { message, reading, statement } from "./common.ts";

/** Catalogue items of one call. */
const MAX_ITEMS = 500;

const itemsAreDistinct = z.refine<readonly { itemCode: string }[]>(
  (items) => new Set(items.map(({ itemCode }) => itemCode)).size === items.length,
  { error: "DUPLICATE" },
);

/** What bills are calculated by: the catalogue and the policies. */
export const referenceOperations = {
  importCatalogue: {
    ...message,
    id: "import-catalogue",
    path: "/v1/agency/catalogue-items",
    summary: { en: "State up to 500 catalogue items with their periods", zh: "导入三目录" },
    body: z.strictObject({
      items: listOf(CatalogueItem, { min: 1, max: MAX_ITEMS }, itemsAreDistinct),
    }),
    maxBodyBytes: LIST_BODY_BYTES,
    answer: {
      status: 201,
      schema: z.object({ imported: z.number(), kinds: z.record(z.enum(itemKinds), z.number()) }),
    },
    failures: [],
  },
  getCatalogueItem: {
    ...reading,
    id: "get-catalogue-item",
    path: "/v1/agency/catalogue-items/{itemCode}",
    summary: { en: "Read a catalogue item with all of its periods", zh: "查询三目录项目" },
    params: z.strictObject({ itemCode: ItemCode }),
    answer: { status: 200, schema: CatalogueItemView },
    failures: ["CATALOGUE_ITEM_NOT_FOUND"],
  },
  putPolicy: {
    ...statement,
    id: "put-policy",
    path: "/v1/agency/policies/{effectiveFrom}",
    summary: { en: "State who bears what from a day on", zh: "登记政策" },
    params: z.strictObject({ effectiveFrom: DaySchema }),
    body: PolicyTerms,
    answer: { status: 200, schema: PolicyView },
    failures: [],
  },
  listPolicies: {
    ...reading,
    id: "list-policies",
    path: "/v1/agency/policies",
    summary: { en: "List the policies, the latest first", zh: "查询政策" },
    params: noParams,
    query: z.strictObject(pageShape),
    answer: { status: 200, schema: pageOf(PolicyView) },
    failures: ["CURSOR_INVALID"],
  },
} as const satisfies Record<string, OperationDefinition>;
