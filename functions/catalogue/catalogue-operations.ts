import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { CatalogueItem, ItemCode, itemKinds } from "../../shared/domain/catalogue/catalogue.ts";
import { PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message, reading, statement } from "../kit/agency-operation.ts";
import { LIST_BODY_BYTES, noParams, type OperationDefinition } from "../kit/operation.ts";
import { pageOf, pageShape } from "../kit/views.ts";
import { CataloguePreviewView, PeriodRemovalView } from "./catalogue-change-views.ts";
import { CatalogueItemView, PolicyView } from "./reference-views.ts";

/** Catalogue items of one call. */
const MAX_ITEMS = 500;

const itemsAreDistinct = z.refine<readonly { itemCode: string }[]>(
  (items) => new Set(items.map(({ itemCode }) => itemCode)).size === items.length,
  { error: "DUPLICATE" },
);

const CatalogueStatement = z.strictObject({
  items: listOf(CatalogueItem, { min: 1, max: MAX_ITEMS }, itemsAreDistinct),
});

/** What bills are calculated by: the catalogue and the policies. */
export const referenceOperations = {
  importCatalogue: {
    ...message,
    id: "import-catalogue",
    path: "/v1/agency/catalogue-items",
    summary: {
      en: "State periods of up to 500 catalogue items; periods that are not named stay",
      zh: "导入三目录（未列出的有效期保持不变）",
    },
    body: CatalogueStatement,
    maxBodyBytes: LIST_BODY_BYTES,
    answer: {
      status: 201,
      schema: z.object({ imported: z.number(), kinds: z.record(z.enum(itemKinds), z.number()) }),
    },
    failures: ["PERIOD_OVERLAPS_ANOTHER", "TOO_MANY_PERIODS"],
  },
  previewCatalogue: {
    ...message,
    message: false,
    id: "preview-catalogue",
    path: "/v1/agency/catalogue-items/preview",
    summary: { en: "Tell what an import would change, and change nothing", zh: "预览三目录导入的影响" },
    body: CatalogueStatement,
    maxBodyBytes: LIST_BODY_BYTES,
    answer: { status: 200, schema: CataloguePreviewView },
    failures: [],
  },
  removeCataloguePeriod: {
    ...message,
    id: "remove-catalogue-period",
    path: "/v1/agency/catalogue-items/{itemCode}/period-removals",
    summary: {
      en: "Take a period of a catalogue item away, with a reason",
      zh: "移除三目录项目的一个有效期",
    },
    params: z.strictObject({ itemCode: ItemCode }),
    body: z.strictObject({ from: DaySchema, reason: RevealReason }),
    answer: { status: 201, schema: PeriodRemovalView },
    failures: ["CATALOGUE_ITEM_NOT_FOUND", "PERIOD_UNKNOWN"],
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
