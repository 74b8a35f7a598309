import * as z from "zod/mini";
import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { ChargePageView } from "./charge-views.ts";

export const listChargesContract = {
  ...unchanging,
  id: "list-charges",
  method: "GET",
  path: "/v1/hospital/visits/{visitId}/charges",
  params: ofVisit,
  query: z.strictObject(pageShape),
  body: noBody,
  answer: { status: 200, schema: ChargePageView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const listChargesDocs = (): OperationDocs => ({
  summary: { en: "List the lines of a visit", zh: "查询费用明细" },
  failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
});
