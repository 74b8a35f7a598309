import { refusalCodes } from "../../shared/domain/visits/check-eligibility.ts";
import { VisitRegistration } from "../../shared/domain/visits/visit-requests.ts";
import { message } from "../kit/hospital-operation.ts";
import { noParams, noQuery, type OperationContract } from "../kit/operation.ts";
import { VisitView } from "./visit-view.ts";

export const registerVisitContract = {
  ...message,
  id: "register-visit",
  method: "POST",
  path: "/v1/hospital/visits",
  summary: { en: "Register an attendance or a stay", zh: "就诊登记" },
  params: noParams,
  query: noQuery,
  body: VisitRegistration,
  answer: { status: 201, schema: VisitView },
  failures: ["TOO_MANY_LOOKUPS", "VISIT_NUMBER_TAKEN", "DAY_IN_FUTURE", ...refusalCodes],
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;
