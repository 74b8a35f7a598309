import { message } from "../kit/hospital-operation.ts";
import { emptyBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const cancelDischargeContract = {
  ...message,
  id: "cancel-discharge",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/discharge-cancellation",
  params: ofVisit,
  query: noQuery,
  body: emptyBody,
  answer: { status: 200, schema: VisitView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const cancelDischargeDocs = (): OperationDocs => ({
  summary: { en: "Take a discharge back", zh: "撤销出院登记" },
  failures: [
    "VISIT_NOT_FOUND",
    "VISIT_NOT_DISCHARGED",
    "VISIT_NOT_OPEN",
    "VISIT_SETTLED",
    "VISIT_CANCELLED",
    "ADMITTED_ELSEWHERE",
  ],
});
