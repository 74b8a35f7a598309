import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { exampleVisitId, overCapReason, zeroAllocation } from "../kit/example-values.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { MAX_LINES } from "./charge-limits.ts";
import { UploadedView } from "./charge-views.ts";

export const uploadChargesContract = {
  ...message,
  id: "upload-charges",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/charges",
  params: ofVisit,
  query: noQuery,
  body: z.strictObject({ lines: listOf(ChargeLine, { min: 1, max: MAX_LINES }) }),
  maxBodyBytes: LIST_BODY_BYTES,
  answer: { status: 201, schema: UploadedView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const uploadChargesDocs = (): OperationDocs => ({
  summary: { en: "Upload charge lines; the answer says who bears what", zh: "上传费用明细" },
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
  example: {
    request: {
      lines: [
        {
          lineNo: "1",
          itemCode: "S-1001",
          name: "普通门诊诊查费",
          quantity: "1",
          unitPrice: "15.00",
          amount: "15.00",
          serviceAt: "2026-11-02T09:40:00+08:00",
        },
        {
          lineNo: "2",
          itemCode: "M-0105",
          hospitalItemCode: "YY-20417",
          name: "弹力绷带",
          quantity: "2",
          unitPrice: "16.90",
          amount: "33.80",
          serviceAt: "2026-11-02T10:05:00+08:00",
          diagnosisCode: "S62.600",
          consent: { signedBy: "WORKER", reference: "TY20261102001" },
        },
      ],
    },
    answer: {
      visitId: exampleVisitId,
      lines: [
        { lineNo: "1", allocation: { ...zeroAllocation, fund: "15.00" }, reasons: [] },
        {
          lineNo: "2",
          allocation: { ...zeroAllocation, fund: "27.60", hospital: "6.20" },
          reasons: [overCapReason],
        },
      ],
    },
  },
});
