import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { AgencySettlementView } from "../visits/agency-visit-view.ts";

export const getAgencySettlementContract = {
  ...reading,
  id: "get-agency-settlement",
  path: "/v1/agency/settlements/{settlementId}",
  params: ofSettlement,
  answer: { status: 200, schema: AgencySettlementView },
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;

export const getAgencySettlementDocs = (): OperationDocs => ({
  summary: { en: "Read a settlement of any hospital", zh: "查询任一机构的结算" },
  failures: ["SETTLEMENT_NOT_FOUND"],
});
