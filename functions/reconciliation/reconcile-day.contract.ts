import { TotalsStatement } from "../../shared/domain/reconciliation/statement.ts";
import { message } from "../kit/hospital-operation.ts";
import { noParams, noQuery, type OperationContract } from "../kit/operation.ts";
import { PostedDayView } from "./reconciliation-views.ts";

export const reconcileDayContract = {
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
  audit: "CHANGE",
  undo: { none: "Each posting is a round of its own: the day is posted again." },
} as const satisfies OperationContract;
