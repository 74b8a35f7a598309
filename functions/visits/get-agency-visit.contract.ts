import { reading } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { AgencyVisitView } from "./agency-visit-view.ts";

export const getAgencyVisitContract = {
  ...reading,
  id: "get-agency-visit",
  path: "/v1/agency/visits/{visitId}",
  summary: { en: "Read a visit of any hospital", zh: "查询任一机构的就诊登记" },
  params: ofVisit,
  answer: { status: 200, schema: AgencyVisitView },
  failures: ["VISIT_NOT_FOUND"],
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;
