import { notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { SettlementBody } from "./settlement-body.ts";
import { PreviewView } from "./settlement-views.ts";
import { notSettled } from "./why-not-settled.ts";

export const previewSettlementContract = {
  ...unchanging,
  id: "preview-settlement",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/settlement-preview",
  params: ofVisit,
  query: noQuery,
  body: SettlementBody,
  answer: { status: 200, schema: PreviewView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const previewSettlementDocs = (): OperationDocs => ({
  summary: { en: "Calculate the settlement without storing it", zh: "预结算" },
  failures: [
    ...notChangeable,
    "VISIT_NOT_A_STAY",
    "BED_NOT_HELD",
    ...notSettled,
    "NOTHING_TO_SETTLE",
    "DAY_NOT_OF_STAY",
  ],
  example: {
    request: { kind: "INTERIM" },
  },
});
