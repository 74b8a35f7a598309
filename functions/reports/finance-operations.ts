import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { dayStatuses } from "../../shared/domain/reconciliation/reconciliation.ts";
import { deferredGroupings } from "../../shared/domain/reports/deferred-claim.ts";
import { summaryGroupings } from "../../shared/domain/reports/settlement-summary.ts";
import { takenBackKinds } from "../../shared/domain/visits/visit.ts";
import { noBody, noParams, type OperationDefinition } from "../kit/operation.ts";
import { periodIsAMonth, periodIsReadable } from "../kit/report-period.ts";
import {
  AllocationView,
  Amount,
  CauseCountsView,
  DayText,
  DayTotalsView,
  InstantText,
  longCursorPageShape,
  reportPageShape,
} from "../kit/views.ts";

const figuresShape = {
  count: z.number(),
  reversalCount: z.number(),
  total: Amount,
  allocation: AllocationView,
  /** Meal allowances owed to workers: no part of any hospital's bill. */
  benefits: Amount,
  /** What of these amounts is reversals: negative. */
  reversed: z.object({ total: Amount, allocation: AllocationView }),
  /** What of the reversals takes back settlements of earlier months, which were declared already. */
  ofEarlierMonths: z.object({ reversalCount: z.number(), total: Amount }),
};

/** A claim that waits, without any diagnosis; the worker's name is masked. */
const DeferredClaimView = z.object({
  visitId: z.string(),
  caseNo: z.optional(z.string()),
  caseStatus: z.optional(z.string()),
  hospitalCode: z.string(),
  employerUscc: z.string(),
  worker: z.object({ name: z.string() }),
  deferredOn: DayText,
  ageDays: z.number(),
  total: Amount,
  fund: Amount,
  dueOn: z.optional(DayText),
  isOverdue: z.boolean(),
  employerWasLate: z.boolean(),
  blockedBy: z.optional(z.string()),
  takenBack: z.optional(z.enum(takenBackKinds)),
});

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

/** What finance reads, the agency and its auditors read as well. */
const readers = ["finance", "agency", "auditor"] as const;

export const financeOperations = {
  summariseSettlements: {
    id: "summarise-settlements",
    method: "GET",
    path: "/v1/finance/settlement-summary",
    audience: "finance",
    roles: readers,
    message: false,
    summary: { en: "Sum up settlements of a period", zh: "结算汇总" },
    params: noParams,
    query: z
      .strictObject({
        ...{ from: DaySchema, to: DaySchema, groupBy: z.enum(summaryGroupings) },
        ...reportPageShape,
      })
      .check(periodIsReadable),
    body: noBody,
    answer: {
      status: 200,
      schema: z.object({
        from: DayText,
        to: DayText,
        groupBy: z.string(),
        rows: z.array(z.object({ key: z.string(), ...figuresShape })),
        /** Of all rows, whichever of them are on this page. */
        totals: z.object(figuresShape),
        nextCursor: z.nullable(z.string()),
      }),
    },
    failures: ["CURSOR_INVALID"],
  },
  listDeferredClaims: {
    id: "list-deferred-claims",
    method: "GET",
    path: "/v1/finance/deferred-claims",
    audience: "finance",
    roles: readers,
    message: false,
    summary: { en: "What waits for a decision, the overdue first", zh: "挂账查询" },
    params: noParams,
    query: z.strictObject({
      ...longCursorPageShape,
      groupBy: z._default(z.enum(deferredGroupings), "hospital"),
    }),
    body: noBody,
    answer: {
      status: 200,
      schema: z.object({
        items: z.array(DeferredClaimView),
        groups: z.array(
          z.object({
            key: z.string(),
            count: z.number(),
            overdueCount: z.number(),
            total: Amount,
            fund: Amount,
          }),
        ),
        nextCursor: z.nullable(z.string()),
      }),
    },
    failures: ["CURSOR_INVALID"],
  },
  listReconciliations: {
    id: "list-reconciliations",
    method: "GET",
    path: "/v1/finance/reconciliations",
    audience: "finance",
    roles: readers,
    message: false,
    summary: { en: "How every hospital's days stand", zh: "各机构对账情况" },
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
    failures: ["CURSOR_INVALID"],
  },
} as const satisfies Record<string, OperationDefinition>;
