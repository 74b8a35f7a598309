import * as z from "zod/mini";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { ChargePageView } from "./charge-views.ts";

export const listAgencyChargesContract = {
  ...reading,
  id: "list-agency-charges",
  path: "/v1/agency/visits/{visitId}/charges",
  params: ofVisit,
  query: z.strictObject(pageShape),
  answer: { status: 200, schema: ChargePageView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const listAgencyChargesDocs = (): OperationDocs => ({
  summary: { en: "List the lines of a visit of any hospital", zh: "查询任一机构的费用明细" },
  failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
});
