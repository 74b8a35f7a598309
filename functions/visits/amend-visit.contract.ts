import { VisitAmendment } from "../../shared/domain/visits/visit-requests.ts";
import { notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const amendVisitContract = {
  ...unchanging,
  id: "amend-visit",
  method: "PATCH",
  path: "/v1/hospital/visits/{visitId}",
  summary: {
    en: "Change ward, bed, doctor, diagnoses, the employer's notice or the time of discharge",
    zh: "修改就诊登记",
  },
  params: ofVisit,
  query: noQuery,
  body: VisitAmendment,
  answer: { status: 200, schema: VisitView },
  failures: [
    ...notChangeable,
    "VISIT_NOT_DISCHARGED",
    "ADMITTED_ELSEWHERE",
    "DISCHARGED_BEFORE_ADMISSION",
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DIAGNOSIS_OUTSIDE_CASE",
    "DAY_IN_FUTURE",
  ],
  audit: "CHANGE",
} as const satisfies OperationContract;
