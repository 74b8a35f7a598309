import * as z from "zod/mini";
import { itemKinds } from "../../shared/domain/catalogue/catalogue.ts";
import { message } from "../kit/agency-operation.ts";
import { LIST_BODY_BYTES, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { CatalogueStatement } from "./catalogue-statement.ts";
import { exampleItems } from "./example-items.ts";

export const importCatalogueContract = {
  ...message,
  id: "import-catalogue",
  path: "/v1/agency/catalogue-items",
  body: CatalogueStatement,
  maxBodyBytes: LIST_BODY_BYTES,
  answer: {
    status: 201,
    schema: z.object({ imported: z.number(), kinds: z.record(z.enum(itemKinds), z.number()) }),
  },
  audit: "CHANGE",
  undo: { none: "The periods are imported again as they should be." },
} as const satisfies OperationContract;

export const importCatalogueDocs = (): OperationDocs => ({
  summary: {
    en: "State periods of up to 500 catalogue items; periods that are not named stay",
    zh: "导入三目录（未列出的有效期保持不变）",
  },
  failures: ["PERIOD_OVERLAPS_ANOTHER", "TOO_MANY_PERIODS"],
  example: {
    request: exampleItems,
  },
});
