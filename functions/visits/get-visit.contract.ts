import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const getVisitContract = {
  ...unchanging,
  id: "get-visit",
  method: "GET",
  path: "/v1/hospital/visits/{visitId}",
  summary: { en: "Read a visit", zh: "查询就诊登记" },
  params: ofVisit,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: VisitView },
  failures: ["VISIT_NOT_FOUND"],
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;
