import { Discharge } from "../../shared/domain/visits/visit-requests.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const dischargeWorkerContract = {
  ...message,
  id: "discharge-worker",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/discharge",
  params: ofVisit,
  query: noQuery,
  body: Discharge,
  answer: { status: 200, schema: VisitView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const dischargeWorkerDocs = (): OperationDocs => ({
  summary: { en: "Discharge from a stay", zh: "出院登记" },
  failures: [
    ...notChangeable,
    "VISIT_NOT_A_STAY",
    "ADMITTED_ELSEWHERE",
    "DISCHARGED_BEFORE_ADMISSION",
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DAY_IN_FUTURE",
    "DIAGNOSIS_OUTSIDE_CASE",
  ],
  example: {
    request: { dischargedAt: "2026-11-09T15:00:00+08:00", outcome: "IMPROVED" },
  },
});
