import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { summaryGroupings } from "../../shared/domain/reports/settlement-summary.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { periodIsReadable } from "../kit/report-period.ts";
import { AllocationView, Amount, DayText, reportPageShape } from "../kit/views.ts";
import { readers } from "./report-readers.ts";

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

export const summariseSettlementsContract = {
  id: "summarise-settlements",
  method: "GET",
  path: "/v1/finance/settlement-summary",
  audience: "finance",
  roles: readers,
  message: false,
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
  audit: "NOTHING",
} as const satisfies OperationContract;

export const summariseSettlementsDocs = (): OperationDocs => ({
  summary: { en: "Sum up settlements of a period", zh: "结算汇总" },
  failures: ["CURSOR_INVALID"],
});
