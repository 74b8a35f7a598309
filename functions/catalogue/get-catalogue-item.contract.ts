import * as z from "zod/mini";
import { ItemCode } from "../../shared/domain/catalogue/catalogue.ts";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { CatalogueItemView } from "./reference-views.ts";

export const getCatalogueItemContract = {
  ...reading,
  id: "get-catalogue-item",
  path: "/v1/agency/catalogue-items/{itemCode}",
  params: z.strictObject({ itemCode: ItemCode }),
  answer: { status: 200, schema: CatalogueItemView },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getCatalogueItemDocs = (): OperationDocs => ({
  summary: { en: "Read a catalogue item with all of its periods", zh: "查询三目录项目" },
  failures: ["CATALOGUE_ITEM_NOT_FOUND"],
});
