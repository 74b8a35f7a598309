import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { AgencyVisitView } from "./agency-visit-view.ts";

export const getAgencyVisitContract = {
  ...reading,
  id: "get-agency-visit",
  path: "/v1/agency/visits/{visitId}",
  params: ofVisit,
  answer: { status: 200, schema: AgencyVisitView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const getAgencyVisitDocs = (): OperationDocs => ({
  summary: { en: "Read a visit of any hospital", zh: "查询任一机构的就诊登记" },
  failures: ["VISIT_NOT_FOUND"],
});
