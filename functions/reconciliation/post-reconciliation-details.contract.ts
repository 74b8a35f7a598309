import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { DetailRow } from "../../shared/domain/reconciliation/statement.ts";
import { message } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noQuery, type OperationContract } from "../kit/operation.ts";
import { notOpen, ofReconciliation } from "./reconciliation-schemas.ts";
import { PostedDetailsView } from "./reconciliation-views.ts";

const MAX_ROWS = 1_000;

export const postReconciliationDetailsContract = {
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
  audit: "CHANGE",
  undo: { none: "Each posting is a round of its own: the day is posted again." },
} as const satisfies OperationContract;
