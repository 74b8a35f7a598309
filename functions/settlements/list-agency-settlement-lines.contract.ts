import * as z from "zod/mini";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { SettledLinePageView } from "./settlement-views.ts";

export const listAgencySettlementLinesContract = {
  ...reading,
  id: "list-agency-settlement-lines",
  path: "/v1/agency/settlements/{settlementId}/lines",
  params: ofSettlement,
  query: z.strictObject(pageShape),
  answer: { status: 200, schema: SettledLinePageView },
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;

export const listAgencySettlementLinesDocs = (): OperationDocs => ({
  summary: { en: "Read how each line was settled at any hospital", zh: "查询任一机构的结算明细" },
  failures: ["SETTLEMENT_NOT_FOUND", "CURSOR_INVALID"],
});
