import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { DetailRow } from "../../shared/domain/reconciliation/statement.ts";
import { exampleVisitId, settledAllocation } from "../kit/example-values.ts";
import { message } from "../kit/hospital-operation.ts";
import { LIST_BODY_BYTES, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { notOpen, ofReconciliation } from "./of-reconciliation.ts";
import { PostedDetailsView } from "./reconciliation-views.ts";

const MAX_ROWS = 1_000;

export const postReconciliationDetailsContract = {
  ...message,
  id: "post-reconciliation-details",
  method: "POST",
  path: "/v1/hospital/reconciliations/{reconciliationId}/details",
  params: ofReconciliation,
  query: noQuery,
  body: z.strictObject({
    rows: listOf(DetailRow, { max: MAX_ROWS }),
    last: z._default(z.boolean(), false),
  }),
  maxBodyBytes: LIST_BODY_BYTES,
  answer: { status: 201, schema: PostedDetailsView },
  audit: "CHANGE",
  undo: { none: "Each posting is a round of its own: the day is posted again." },
} as const satisfies OperationContract;

export const postReconciliationDetailsDocs = (): OperationDocs => ({
  summary: { en: "Post a day's settlements and reversals row by row", zh: "对明细账" },
  failures: [...notOpen, "RECONCILIATION_COMPARING", "RECONCILIATION_TOO_LARGE"],
  example: {
    request: {
      rows: [
        {
          settlementId: `${exampleVisitId}-1`,
          messageKey: "H33030400001-20261102-000137",
          visitId: exampleVisitId,
          hospitalVisitNo: "MZ20261102001",
          kind: "SETTLEMENT",
          total: "48.80",
          allocation: settledAllocation,
        },
      ],
      last: true,
    },
  },
});
