import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { SettlementView } from "./settlement-views.ts";

export const getSettlementContract = {
  ...unchanging,
  id: "get-settlement",
  method: "GET",
  path: "/v1/hospital/settlements/{settlementId}",
  params: ofSettlement,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: SettlementView },
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;

export const getSettlementDocs = (): OperationDocs => ({
  summary: { en: "Read a settlement", zh: "查询结算" },
  failures: ["SETTLEMENT_NOT_FOUND"],
});
