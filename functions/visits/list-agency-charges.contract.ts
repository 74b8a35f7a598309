import * as z from "zod/mini";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { ChargePageView } from "./charge-views.ts";

export const listAgencyChargesContract = {
  ...reading,
  id: "list-agency-charges",
  path: "/v1/agency/visits/{visitId}/charges",
  summary: { en: "List the lines of a visit of any hospital", zh: "查询任一机构的费用明细" },
  params: ofVisit,
  query: z.strictObject(pageShape),
  answer: { status: 200, schema: ChargePageView },
  failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;
