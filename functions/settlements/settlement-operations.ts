import * as z from "zod/mini";
import { wordsHoldNoIdNumber } from "../../shared/domain/id-number-in-words.ts";
import { linesOf } from "../../shared/domain/texts.ts";
import { blockingCodes } from "../../shared/domain/visits/visit.ts";
import { message, notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { ofSettlement, ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { SettlementBody } from "./settlement-body.ts";
import { PreviewView, SettledLinePageView, SettlementView } from "./settlement-views.ts";

/** Why the case, or what it authorises, keeps a visit from being settled. */
const notSettled = ["CASE_UNDECIDED", "CASE_NOT_RECOGNISED", ...blockingCodes] as const;

/** Settlements and their reversal. */
export const settlementOperations = {
  previewSettlement: {
    ...unchanging,
    id: "preview-settlement",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/settlement-preview",
    summary: { en: "Calculate the settlement without storing it", zh: "预结算" },
    params: ofVisit,
    query: noQuery,
    body: SettlementBody,
    answer: { status: 200, schema: PreviewView },
    failures: [
      ...notChangeable,
      "VISIT_NOT_A_STAY",
      "BED_NOT_HELD",
      ...notSettled,
      "NOTHING_TO_SETTLE",
      "DAY_NOT_OF_STAY",
    ],
  },
  settleVisit: {
    ...message,
    id: "settle-visit",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/settlements",
    summary: { en: "Settle a visit", zh: "结算" },
    params: ofVisit,
    query: noQuery,
    body: SettlementBody,
    answer: { status: 201, schema: SettlementView },
    failures: [
      "VISIT_NOT_A_STAY",
      "VISIT_NOT_FOUND",
      "VISIT_NOT_DISCHARGED",
      "VISIT_NOT_OPEN",
      "VISIT_SETTLED",
      "VISIT_CANCELLED",
      ...notSettled,
      "NOTHING_TO_SETTLE",
      "DAY_NOT_OF_STAY",
      "BED_NOT_HELD",
      "TOO_MANY_INTERIM_SETTLEMENTS",
    ],
  },
  getSettlement: {
    ...unchanging,
    id: "get-settlement",
    method: "GET",
    path: "/v1/hospital/settlements/{settlementId}",
    summary: { en: "Read a settlement", zh: "查询结算" },
    params: ofSettlement,
    query: noQuery,
    body: noBody,
    answer: { status: 200, schema: SettlementView },
    failures: ["SETTLEMENT_NOT_FOUND"],
  },
  listSettlementLines: {
    ...unchanging,
    id: "list-settlement-lines",
    method: "GET",
    path: "/v1/hospital/settlements/{settlementId}/lines",
    summary: { en: "Read how each line was settled", zh: "查询结算明细" },
    params: ofSettlement,
    query: z.strictObject(pageShape),
    body: noBody,
    answer: { status: 200, schema: SettledLinePageView },
    failures: ["SETTLEMENT_NOT_FOUND", "CURSOR_INVALID"],
  },
  reverseSettlement: {
    ...message,
    id: "reverse-settlement",
    method: "POST",
    path: "/v1/hospital/settlements/{settlementId}/reversal",
    summary: { en: "Reverse the latest settlement of a visit", zh: "撤销结算" },
    params: ofSettlement,
    query: noQuery,
    body: z.strictObject({ reason: linesOf({ max: 200 }).check(wordsHoldNoIdNumber) }),
    answer: { status: 201, schema: SettlementView },
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
  },
} as const satisfies Record<string, OperationDefinition>;
