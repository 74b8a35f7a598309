import { refusalCodes } from "../../shared/domain/visits/check-eligibility.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { emptyBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { CancellationView } from "./message-views.ts";
import { ofMessage } from "./of-message.ts";

export const cancelMessageContract = {
  ...message,
  id: "cancel-message",
  method: "POST",
  path: "/v1/hospital/messages/{key}/cancellation",
  params: ofMessage,
  query: noQuery,
  body: emptyBody,
  answer: { status: 200, schema: CancellationView },
  audit: "CHANGE",
  undo: { none: "A cancellation is final: what it took back is sent again under a new key." },
} as const satisfies OperationContract;

export const cancelMessageDocs = (): OperationDocs => ({
  summary: { en: "Cancel a message for good, whether it arrived or not", zh: "冲正" },
  failures: [
    "MESSAGE_NOT_CANCELLABLE",
    "SETTLEMENT_REVERSED",
    "SETTLEMENT_NOT_LATEST",
    ...notChangeable,
    "VISIT_NOT_DISCHARGED",
    "VISIT_HAS_SETTLEMENTS",
    "ADVANCE_REPAID",
    "VISIT_CHANGED_SINCE",
    // A registration that would stand again.
    "VISIT_NUMBER_TAKEN",
    ...refusalCodes,
    "EMPLOYER_UNKNOWN",
    "LINE_SETTLED",
    "LINE_REFUNDED",
    "LINE_NUMBER_TAKEN",
    // A line that would stand again, and the stay's days since.
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DAY_NOT_OF_STAY",
    // A refund that would stand again, and what became of its original since.
    "REFUND_ORIGINAL_UNKNOWN",
    "REFUND_ORIGINAL_SETTLED",
    "REFUND_ITEM_DIFFERS",
    "REFUND_PRICE_DIFFERS",
    "REFUND_EXCEEDS_ORIGINAL",
    "LINE_AMOUNT_MISMATCH",
    "TOO_MANY_REFUNDS",
    // Lines that would be unsettled again.
    "TOO_MANY_LINES",
    "VISIT_TOO_LARGE",
    "BILL_TOO_LARGE",
  ],
  example: {
    answer: {
      key: "H33030400001-20261102-000137",
      status: "CANCELLED",
      effect: "NEVER_APPLIES",
      cancelledAt: "2026-11-02T18:05:00+08:00",
    },
  },
});
