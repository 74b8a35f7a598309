import { Discharge } from "../../shared/domain/visits/visit-requests.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const dischargeWorkerContract = {
  ...message,
  id: "discharge-worker",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/discharge",
  summary: { en: "Discharge from a stay", zh: "出院登记" },
  params: ofVisit,
  query: noQuery,
  body: Discharge,
  answer: { status: 200, schema: VisitView },
  failures: [
    ...notChangeable,
    "VISIT_NOT_A_STAY",
    "ADMITTED_ELSEWHERE",
    "DISCHARGED_BEFORE_ADMISSION",
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DAY_IN_FUTURE",
    "DIAGNOSIS_OUTSIDE_CASE",
  ],
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;
