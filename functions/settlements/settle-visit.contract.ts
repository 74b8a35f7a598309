import { exampleVisitId, overCapReason, settledAllocation } from "../kit/example-values.ts";
import { message } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { SettlementBody } from "./settlement-body.ts";
import { SettlementView } from "./settlement-views.ts";
import { notSettled } from "./why-not-settled.ts";

export const settleVisitContract = {
  ...message,
  id: "settle-visit",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/settlements",
  params: ofVisit,
  query: noQuery,
  body: SettlementBody,
  answer: { status: 201, schema: SettlementView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const settleVisitDocs = (): OperationDocs => ({
  summary: { en: "Settle a visit", zh: "结算" },
  failures: [
    "VISIT_NOT_A_STAY",
    "VISIT_NOT_FOUND",
    "VISIT_NOT_DISCHARGED",
    "VISIT_NOT_OPEN",
    "VISIT_SETTLED",
    "VISIT_CANCELLED",
    ...notSettled,
    "NOTHING_TO_SETTLE",
    "DAY_NOT_OF_STAY",
    "BED_NOT_HELD",
    "TOO_MANY_INTERIM_SETTLEMENTS",
  ],
  example: {
    request: { kind: "FINAL" },
    answer: {
      settlementId: `${exampleVisitId}-1`,
      settledAt: "2026-11-02T11:00:00+08:00",
      visitId: exampleVisitId,
      kind: "FINAL",
      status: "SETTLED",
      caseNo: "GS2026000001",
      policyEffectiveFrom: "2026-07-01",
      catalogueVersion: 1,
      total: "48.80",
      allocation: settledAllocation,
      reasons: [overCapReason],
      lineCount: 2,
      payableToHospital: "42.60",
    },
  },
});
