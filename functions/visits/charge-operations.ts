import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { areDistinct } from "../../shared/domain/distinct.ts";
import { ChargeLine, LineNo } from "../../shared/domain/visits/charge-line.ts";
import { message, notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noBody, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { ChargePageView, UploadedView } from "./charge-views.ts";

/** Lines of one message; hospitals send at most 100 to 300 a call today (domain.md section 5). */
const MAX_LINES = 500;

/** So many line numbers, each up to 64 characters. */
const REVOCATION_BODY_BYTES = 256_000;

const RevocationBody = z
  .strictObject({
    lineNos: z.optional(listOf(LineNo, { min: 1, max: MAX_LINES }, areDistinct)),
    all: z.optional(z.literal(true)),
  })
  .check(
    z.refine((body) => (body.lineNos === undefined) !== (body.all === undefined), {
      error: "LINES_OR_ALL_REQUIRED",
      path: ["lineNos"],
    }),
  );

/** The lines of a visit. */
export const chargeOperations = {
  uploadCharges: {
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
  },
  listCharges: {
    ...unchanging,
    id: "list-charges",
    method: "GET",
    path: "/v1/hospital/visits/{visitId}/charges",
    summary: { en: "List the lines of a visit", zh: "查询费用明细" },
    params: ofVisit,
    query: z.strictObject(pageShape),
    body: noBody,
    answer: { status: 200, schema: ChargePageView },
    failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
  },
  revokeCharges: {
    ...message,
    id: "revoke-charges",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/charges/revocation",
    summary: { en: "Revoke unsettled lines", zh: "撤销费用明细" },
    params: ofVisit,
    query: noQuery,
    body: RevocationBody,
    maxBodyBytes: REVOCATION_BODY_BYTES,
    answer: {
      status: 200,
      schema: z.object({ visitId: z.string(), revoked: z.array(z.string()), lineCount: z.number() }),
    },
    failures: [...notChangeable, "LINE_UNKNOWN", "LINE_SETTLED", "LINE_REFUNDED"],
  },
} as const satisfies Record<string, OperationDefinition>;
