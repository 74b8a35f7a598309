import * as z from "zod/mini";
import { CaseNo } from "../../shared/domain/registry/injury-case.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { LinkedVisitView } from "./case-views.ts";

export const linkCaseContract = {
  ...message,
  id: "link-case",
  path: "/v1/agency/visits/{visitId}/case",
  params: ofVisit,
  body: z.strictObject({ caseNo: CaseNo }),
  answer: { status: 200, schema: LinkedVisitView },
  audit: "CHANGE",
  undo: { none: "A link holds; a wrong one ends with the visit's cancellation." },
} as const satisfies OperationContract;

export const linkCaseDocs = (): OperationDocs => ({
  summary: { en: "Link a visit that was taken in on notice to its case", zh: "关联工伤认定" },
  failures: [
    "VISIT_NOT_FOUND",
    "VISIT_HAS_CASE",
    "VISIT_CANCELLED",
    "CASE_UNKNOWN",
    "CASE_OF_ANOTHER_WORKER",
    "BEFORE_INJURY",
  ],
  example: {
    request: { caseNo: "GS2026000001" },
  },
});
