import { message } from "../kit/agency-operation.ts";
import { LIST_BODY_BYTES, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { CataloguePreviewView } from "./catalogue-change-views.ts";
import { CatalogueStatement } from "./catalogue-statement.ts";
import { exampleItems } from "./example-items.ts";

export const previewCatalogueContract = {
  ...message,
  message: false,
  id: "preview-catalogue",
  path: "/v1/agency/catalogue-items/preview",
  body: CatalogueStatement,
  maxBodyBytes: LIST_BODY_BYTES,
  answer: { status: 200, schema: CataloguePreviewView },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const previewCatalogueDocs = (): OperationDocs => ({
  summary: { en: "Tell what an import would change, and change nothing", zh: "预览三目录导入的影响" },
  failures: [],
  example: {
    request: exampleItems,
  },
});
