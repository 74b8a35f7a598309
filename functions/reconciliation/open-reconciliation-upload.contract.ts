import * as z from "zod/mini";
import { MAX_FILE_BYTES } from "../../shared/domain/reconciliation/detail-columns.ts";
import { message } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { notOpen, ofReconciliation } from "./of-reconciliation.ts";
import { UploadView } from "./reconciliation-views.ts";

export const openReconciliationUploadContract = {
  ...message,
  id: "open-reconciliation-upload",
  method: "POST",
  path: "/v1/hospital/reconciliations/{reconciliationId}/upload",
  params: ofReconciliation,
  query: noQuery,
  body: z.optional(
    z.strictObject({ bytes: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_FILE_BYTES))) }),
  ),
  answer: { status: 201, schema: UploadView },
  audit: "CHANGE",
  undo: { none: "It only opens a place; each file is a round of its own." },
} as const satisfies OperationContract;

export const openReconciliationUploadDocs = (): OperationDocs => ({
  summary: { en: "Get a URL to upload a day's details as a file", zh: "取得明细文件上传地址" },
  failures: [...notOpen, "TOO_MANY_RECONCILIATIONS"],
  example: {
    request: { bytes: 5_242_880 },
  },
});
