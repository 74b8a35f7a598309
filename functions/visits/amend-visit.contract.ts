import { VisitAmendment } from "../../shared/domain/visits/visit-requests.ts";
import { notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const amendVisitContract = {
  ...unchanging,
  id: "amend-visit",
  method: "PATCH",
  path: "/v1/hospital/visits/{visitId}",
  params: ofVisit,
  query: noQuery,
  body: VisitAmendment,
  answer: { status: 200, schema: VisitView },
  audit: "CHANGE",
} as const satisfies OperationContract;

export const amendVisitDocs = (): OperationDocs => ({
  summary: {
    en: "Change ward, bed, doctor, diagnoses, the employer's notice or the time of discharge",
    zh: "修改就诊登记",
  },
  failures: [
    ...notChangeable,
    "VISIT_NOT_DISCHARGED",
    "ADMITTED_ELSEWHERE",
    "DISCHARGED_BEFORE_ADMISSION",
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DIAGNOSIS_OUTSIDE_CASE",
    "DAY_IN_FUTURE",
  ],
  example: {
    request: {
      department: "骨科",
      diagnoses: [
        { code: "S62.600", name: "示指近节指骨骨折", primary: true },
        { code: "S61.000", name: "示指开放性伤口", primary: false },
      ],
    },
  },
});
