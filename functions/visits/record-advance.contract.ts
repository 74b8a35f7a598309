import { Advance } from "../../shared/domain/visits/visit-requests.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { VisitView } from "./visit-view.ts";

export const recordAdvanceContract = {
  ...message,
  id: "record-advance",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/advances",
  params: ofVisit,
  query: noQuery,
  body: Advance,
  answer: { status: 201, schema: VisitView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const recordAdvanceDocs = (): OperationDocs => ({
  summary: { en: "Record what employer or worker paid meanwhile", zh: "登记垫付" },
  failures: [...notChangeable, "RECEIPT_TAKEN", "TOO_MANY_ADVANCES"],
  example: {
    request: { paidBy: "EMPLOYER", amount: "2000.00", receipt: "PJ20261102-07" },
  },
});
