import { message } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { SettlementBody } from "./settlement-body.ts";
import { notSettled } from "./settlement-schemas.ts";
import { SettlementView } from "./settlement-views.ts";

export const settleVisitContract = {
  ...message,
  id: "settle-visit",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/settlements",
  summary: { en: "Settle a visit", zh: "结算" },
  params: ofVisit,
  query: noQuery,
  body: SettlementBody,
  answer: { status: 201, schema: SettlementView },
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
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;
