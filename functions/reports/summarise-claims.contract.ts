import * as z from "zod/mini";
import { claimGroupings } from "../../shared/domain/reports/claim.ts";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { periodIsInOrder } from "../kit/report-period.ts";
import { AllocationView, Amount, DayText } from "../kit/views.ts";
import { common, periodShape } from "../visits/claim-reading.ts";

const GroupView = z.object({ key: z.string(), count: z.number(), total: Amount, allocation: AllocationView });

export const summariseClaimsContract = {
  ...common,
  id: "summarise-claims",
  path: "/v1/enterprise/summary",
  params: noParams,
  query: z
    .strictObject({ ...periodShape, groupBy: z._default(z.enum(claimGroupings), "status") })
    .check(periodIsInOrder),
  answer: {
    status: 200,
    schema: z.object({ from: DayText, to: DayText, groupBy: z.string(), rows: z.array(GroupView) }),
  },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const summariseClaimsDocs = (): OperationDocs => ({
  summary: { en: "Sum up the claims of own workers", zh: "汇总本单位费用" },
  failures: [],
});
