import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { ClaimView, common } from "./claim-reading.ts";

export const getClaimContract = {
  ...common,
  id: "get-claim",
  path: "/v1/enterprise/claims/{visitId}",
  params: ofVisit,
  query: noQuery,
  answer: { status: 200, schema: ClaimView },
  audit: { reads: "VISIT" },
} as const satisfies OperationContract;

export const getClaimDocs = (): OperationDocs => ({
  summary: { en: "Read a claim of an own worker", zh: "查询单笔费用" },
  failures: ["CLAIM_NOT_FOUND"],
});
