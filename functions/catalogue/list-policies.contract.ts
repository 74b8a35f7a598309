import * as z from "zod/mini";
import { reading } from "../kit/agency-operation.ts";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { pageOf, pageShape } from "../kit/views.ts";
import { PolicyView } from "./reference-views.ts";

export const listPoliciesContract = {
  ...reading,
  id: "list-policies",
  path: "/v1/agency/policies",
  params: noParams,
  query: z.strictObject(pageShape),
  answer: { status: 200, schema: pageOf(PolicyView) },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const listPoliciesDocs = (): OperationDocs => ({
  summary: { en: "List the policies, the latest first", zh: "查询政策" },
  failures: ["CURSOR_INVALID"],
});
