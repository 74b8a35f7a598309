import * as z from "zod/mini";
import { wordsHoldNoIdNumber } from "../../shared/domain/id-number-in-words.ts";
import { linesOf } from "../../shared/domain/texts.ts";
import { message } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofSettlement } from "../kit/path-params.ts";
import { SettlementView } from "./settlement-views.ts";

export const reverseSettlementContract = {
  ...message,
  id: "reverse-settlement",
  method: "POST",
  path: "/v1/hospital/settlements/{settlementId}/reversal",
  params: ofSettlement,
  query: noQuery,
  body: z.strictObject({ reason: linesOf({ max: 200 }).check(wordsHoldNoIdNumber) }),
  answer: { status: 201, schema: SettlementView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const reverseSettlementDocs = (): OperationDocs => ({
  summary: { en: "Reverse the latest settlement of a visit", zh: "撤销结算" },
  failures: [
    "SETTLEMENT_NOT_FOUND",
    "SETTLEMENT_IS_REVERSAL",
    "SETTLEMENT_REVERSED",
    "SETTLEMENT_NOT_LATEST",
    "VISIT_NOT_OPEN",
    // Lines that would be unsettled again.
    "TOO_MANY_LINES",
    "VISIT_TOO_LARGE",
    "BILL_TOO_LARGE",
  ],
  example: {
    request: { reason: "收费员录入有误" },
  },
});
