import { TotalsStatement } from "../../shared/domain/reconciliation/statement.ts";
import { settledAllocation, zeroAllocation } from "../kit/example-values.ts";
import { message } from "../kit/hospital-operation.ts";
import { noParams, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { PostedDayView } from "./reconciliation-views.ts";

export const reconcileDayContract = {
  ...message,
  id: "reconcile-day",
  method: "POST",
  path: "/v1/hospital/reconciliations",
  params: noParams,
  query: noQuery,
  body: TotalsStatement,
  answer: { status: 201, schema: PostedDayView },
  audit: "CHANGE",
  undo: { none: "Each posting is a round of its own: the day is posted again." },
} as const satisfies OperationContract;

export const reconcileDayDocs = (): OperationDocs => ({
  summary: { en: "Do our totals of a day agree?", zh: "对总账" },
  failures: ["DAY_IN_FUTURE", "TOO_MANY_RECONCILIATIONS"],
  example: {
    request: {
      date: "2026-11-02",
      settlements: { count: 1, total: "48.80", allocation: settledAllocation },
      reversals: { count: 0, total: "0.00", allocation: zeroAllocation },
    },
  },
});
