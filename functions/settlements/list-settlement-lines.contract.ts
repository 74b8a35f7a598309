import * as z from "zod/mini";
import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { SettledLinePageView } from "./settlement-views.ts";

export const listSettlementLinesContract = {
  ...unchanging,
  id: "list-settlement-lines",
  method: "GET",
  path: "/v1/hospital/settlements/{settlementId}/lines",
  params: ofSettlement,
  query: z.strictObject(pageShape),
  body: noBody,
  answer: { status: 200, schema: SettledLinePageView },
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;

export const listSettlementLinesDocs = (): OperationDocs => ({
  summary: { en: "Read how each line was settled", zh: "查询结算明细" },
  failures: ["SETTLEMENT_NOT_FOUND", "CURSOR_INVALID"],
});
