import * as z from "zod/mini";
import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { pageOf, pageShape } from "../kit/views.ts";
import { ofReconciliation } from "./of-reconciliation.ts";
import { DifferenceView } from "./reconciliation-views.ts";

export const listDifferencesContract = {
  ...unchanging,
  id: "list-differences",
  method: "GET",
  path: "/v1/hospital/reconciliations/{reconciliationId}/differences",
  params: ofReconciliation,
  query: z.strictObject({ ...pageShape, format: z._default(z.enum(["json", "csv"]), "json") }),
  body: noBody,
  answer: { status: 200, schema: pageOf(DifferenceView), alternative: "text/csv" },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const listDifferencesDocs = (): OperationDocs => ({
  summary: { en: "Read every difference and what mends it", zh: "查询对账差异" },
  failures: ["RECONCILIATION_NOT_FOUND", "RECONCILIATION_NOT_COMPARED", "CURSOR_INVALID"],
});
