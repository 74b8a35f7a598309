import * as z from "zod/mini";
import { atMost, listOf } from "../../shared/domain/bounds.ts";
import { inOneWidth } from "../../shared/domain/identifiers.ts";
import { MAX_FILE_BYTES } from "../../shared/domain/reconciliation/detail-columns.ts";
import { DetailRow, TotalsStatement } from "../../shared/domain/reconciliation/statement.ts";
import { message, unchanging } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noBody, noParams, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { pageOf, pageShape } from "../kit/views.ts";
import {
  DifferenceView,
  PostedDayView,
  PostedDetailsView,
  ReconciliationView,
  UploadView,
} from "./reconciliation-views.ts";

const ofReconciliation = z.strictObject({ reconciliationId: z.string().check(inOneWidth, atMost(64)) });

const MAX_ROWS = 1_000;

const notOpen = ["RECONCILIATION_NOT_FOUND", "RECONCILIATION_SUPERSEDED", "RECONCILIATION_COMPARED"] as const;

/** Reconciliation (对账): a day's totals first, then its details. */
export const reconciliationOperations = {
  reconcileDay: {
    ...message,
    id: "reconcile-day",
    method: "POST",
    path: "/v1/hospital/reconciliations",
    summary: { en: "Do our totals of a day agree?", zh: "对总账" },
    params: noParams,
    query: noQuery,
    body: TotalsStatement,
    answer: { status: 201, schema: PostedDayView },
    failures: ["DAY_IN_FUTURE", "TOO_MANY_RECONCILIATIONS"],
  },
  postReconciliationDetails: {
    ...message,
    id: "post-reconciliation-details",
    method: "POST",
    path: "/v1/hospital/reconciliations/{reconciliationId}/details",
    summary: { en: "Post a day's settlements and reversals row by row", zh: "对明细账" },
    params: ofReconciliation,
    query: noQuery,
    body: z.strictObject({
      rows: listOf(DetailRow, { max: MAX_ROWS }),
      last: z._default(z.boolean(), false),
    }),
    maxBodyBytes: LIST_BODY_BYTES,
    answer: { status: 201, schema: PostedDetailsView },
    failures: [...notOpen, "RECONCILIATION_COMPARING", "RECONCILIATION_TOO_LARGE"],
  },
  openReconciliationUpload: {
    ...message,
    id: "open-reconciliation-upload",
    method: "POST",
    path: "/v1/hospital/reconciliations/{reconciliationId}/upload",
    summary: { en: "Get a URL to upload a day's details as a file", zh: "取得明细文件上传地址" },
    params: ofReconciliation,
    query: noQuery,
    body: z.optional(
      z.strictObject({ bytes: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_FILE_BYTES))) }),
    ),
    answer: { status: 201, schema: UploadView },
    failures: [...notOpen, "TOO_MANY_RECONCILIATIONS"],
  },
  getReconciliation: {
    ...unchanging,
    id: "get-reconciliation",
    method: "GET",
    path: "/v1/hospital/reconciliations/{reconciliationId}",
    summary: { en: "Read how a reconciliation stands", zh: "查询对账结果" },
    params: ofReconciliation,
    query: noQuery,
    body: noBody,
    answer: { status: 200, schema: ReconciliationView },
    failures: ["RECONCILIATION_NOT_FOUND"],
  },
  listDifferences: {
    ...unchanging,
    id: "list-differences",
    method: "GET",
    path: "/v1/hospital/reconciliations/{reconciliationId}/differences",
    summary: { en: "Read every difference and what mends it", zh: "查询对账差异" },
    params: ofReconciliation,
    query: z.strictObject({ ...pageShape, format: z._default(z.enum(["json", "csv"]), "json") }),
    body: noBody,
    answer: { status: 200, schema: pageOf(DifferenceView), alternative: "text/csv" },
    failures: ["RECONCILIATION_NOT_FOUND", "RECONCILIATION_NOT_COMPARED", "CURSOR_INVALID"],
  },
} as const satisfies Record<string, OperationDefinition>;
