import { Advance } from "../../shared/domain/visits/visit-requests.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const recordAdvanceContract = {
  ...message,
  id: "record-advance",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/advances",
  summary: { en: "Record what employer or worker paid meanwhile", zh: "登记垫付" },
  params: ofVisit,
  query: noQuery,
  body: Advance,
  answer: { status: 201, schema: VisitView },
  failures: [...notChangeable, "RECEIPT_TAKEN", "TOO_MANY_ADVANCES"],
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;
