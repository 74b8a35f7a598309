import * as z from "zod/mini";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { periodIsInOrder } from "../kit/report-period.ts";
import { pageOf, pageShape } from "../kit/views.ts";
import { ClaimView, common, periodShape } from "./claim-reading.ts";

export const listClaimsContract = {
  ...common,
  id: "list-claims",
  path: "/v1/enterprise/claims",
  params: noParams,
  query: z
    .strictObject({ ...periodShape, ...pageShape, status: z.optional(z.enum(visitStatuses)) })
    .check(periodIsInOrder),
  answer: { status: 200, schema: pageOf(ClaimView) },
  audit: { reads: "LIST" },
} as const satisfies OperationContract;

export const listClaimsDocs = (): OperationDocs => ({
  summary: { en: "List the claims of own workers, the latest first", zh: "查询本单位职工费用" },
  failures: ["CURSOR_INVALID"],
});
