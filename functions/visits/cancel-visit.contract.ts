import { message, notChangeable } from "../kit/hospital-operation.ts";
import { emptyBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const cancelVisitContract = {
  ...message,
  id: "cancel-visit",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/cancellation",
  params: ofVisit,
  query: noQuery,
  body: emptyBody,
  answer: { status: 200, schema: VisitView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const cancelVisitDocs = (): OperationDocs => ({
  summary: { en: "Take a registration back", zh: "撤销就诊登记" },
  failures: [...notChangeable, "VISIT_HAS_SETTLEMENTS"],
});
