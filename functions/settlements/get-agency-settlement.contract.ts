import { reading } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { AgencySettlementView } from "../visits/agency-visit-view.ts";

export const getAgencySettlementContract = {
  ...reading,
  id: "get-agency-settlement",
  path: "/v1/agency/settlements/{settlementId}",
  summary: { en: "Read a settlement of any hospital", zh: "查询任一机构的结算" },
  params: ofSettlement,
  answer: { status: 200, schema: AgencySettlementView },
  failures: ["SETTLEMENT_NOT_FOUND"],
  audit: { reads: "SETTLEMENT" },
} as const satisfies OperationContract;
