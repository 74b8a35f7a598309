import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { SettlementView } from "./settlement-views.ts";

export const getSettlementContract = {
  ...unchanging,
  id: "get-settlement",
  method: "GET",
  path: "/v1/hospital/settlements/{settlementId}",
  summary: { en: "Read a settlement", zh: "查询结算" },
  params: ofSettlement,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: SettlementView },
  failures: ["SETTLEMENT_NOT_FOUND"],
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;
