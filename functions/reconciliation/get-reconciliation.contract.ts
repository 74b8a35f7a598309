import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofReconciliation } from "./of-reconciliation.ts";
import { ReconciliationView } from "./reconciliation-views.ts";

export const getReconciliationContract = {
  ...unchanging,
  id: "get-reconciliation",
  method: "GET",
  path: "/v1/hospital/reconciliations/{reconciliationId}",
  params: ofReconciliation,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: ReconciliationView },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getReconciliationDocs = (): OperationDocs => ({
  summary: { en: "Read how a reconciliation stands", zh: "查询对账结果" },
  failures: ["RECONCILIATION_NOT_FOUND"],
});
