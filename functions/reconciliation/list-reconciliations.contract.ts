import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { dayStatuses } from "../../shared/domain/reconciliation/reconciliation.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { periodIsAMonth } from "../kit/report-period.ts";
import { CauseCountsView, DayText, DayTotalsView, InstantText, reportPageShape } from "../kit/views.ts";
import { readers } from "../reports/report-readers.ts";

/** A hospital's day at a glance. */
const HospitalDayView = z.object({
  hospitalCode: z.string(),
  day: DayText,
  status: z.enum(dayStatuses),
  fund: DayTotalsView,
  /** The latest posting; none where the hospital posted nothing. */
  round: z.optional(z.number()),
  hospital: z.optional(DayTotalsView),
  causes: z.optional(CauseCountsView),
  at: z.optional(InstantText),
});

export const listReconciliationsContract = {
  id: "list-reconciliations",
  method: "GET",
  path: "/v1/finance/reconciliations",
  audience: "finance",
  roles: readers,
  message: false,
  params: noParams,
  query: z.strictObject({ from: DaySchema, to: DaySchema, ...reportPageShape }).check(periodIsAMonth),
  body: noBody,
  answer: {
    status: 200,
    schema: z.object({
      ...{ from: DayText, to: DayText },
      rows: z.array(HospitalDayView),
      nextCursor: z.nullable(z.string()),
    }),
  },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const listReconciliationsDocs = (): OperationDocs => ({
  summary: { en: "How every hospital's days stand", zh: "各机构对账情况" },
  failures: ["CURSOR_INVALID"],
});
