import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noQuery, type OperationContract } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { MAX_LINES } from "./charge-schemas.ts";
import { UploadedView } from "./charge-views.ts";

export const uploadChargesContract = {
  ...message,
  id: "upload-charges",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/charges",
  summary: { en: "Upload charge lines; the answer says who bears what", zh: "上传费用明细" },
  params: ofVisit,
  query: noQuery,
  body: z.strictObject({ lines: listOf(ChargeLine, { min: 1, max: MAX_LINES }) }),
  maxBodyBytes: LIST_BODY_BYTES,
  answer: { status: 201, schema: UploadedView },
  failures: [
    ...notChangeable,
    "NO_POLICY",
    "TOO_MANY_LINES",
    "VISIT_TOO_LARGE",
    "BILL_TOO_LARGE",
    "LINE_AMOUNT_MISMATCH",
    "LINE_NUMBER_TAKEN",
    "SERVICE_DATE_OUTSIDE_VISIT",
    "DAY_NOT_OF_STAY",
    "DAY_IN_FUTURE",
    "REFUND_WITHOUT_ORIGINAL",
    "REFUND_QUANTITY_NOT_NEGATIVE",
    "REFUND_ORIGINAL_UNKNOWN",
    "REFUND_ITEM_DIFFERS",
    "REFUND_PRICE_DIFFERS",
    "REFUND_ORIGINAL_SETTLED",
    "REFUND_EXCEEDS_ORIGINAL",
    "TOO_MANY_REFUNDS",
  ],
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;
