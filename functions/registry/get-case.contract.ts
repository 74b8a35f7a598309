import * as z from "zod/mini";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { pageShape } from "../kit/views.ts";
import { CaseWithVisitsView } from "./case-views.ts";
import { ofCase } from "./of-case.ts";

export const getCaseContract = {
  ...reading,
  ...ofCase,
  id: "get-case",
  query: z.strictObject(pageShape),
  answer: { status: 200, schema: CaseWithVisitsView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const getCaseDocs = (): OperationDocs => ({
  summary: {
    en: "Read a case as it was stated last, with a page of its visits",
    zh: "查询工伤认定：最近一次登记的内容，附本案就诊",
  },
  failures: ["CASE_NOT_FOUND", "CURSOR_INVALID"],
});
