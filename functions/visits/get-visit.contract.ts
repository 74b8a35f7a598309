import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const getVisitContract = {
  ...unchanging,
  id: "get-visit",
  method: "GET",
  path: "/v1/hospital/visits/{visitId}",
  params: ofVisit,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: VisitView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const getVisitDocs = (): OperationDocs => ({
  summary: { en: "Read a visit", zh: "查询就诊登记" },
  failures: ["VISIT_NOT_FOUND"],
});
