import * as z from "zod/mini";
import { namesOneWorker, workerNameShape } from "../../shared/domain/visits/visit-requests.ts";
import { unchanging } from "../kit/hospital-operation.ts";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { pageShape } from "../kit/views.ts";
import { VisitPageView } from "./visit-view.ts";

export const findVisitsContract = {
  ...unchanging,
  id: "find-visits",
  method: "POST",
  path: "/v1/hospital/visit-searches",
  params: noParams,
  query: z.strictObject(pageShape),
  body: z.strictObject(workerNameShape).check(...namesOneWorker),
  answer: { status: 200, schema: VisitPageView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const findVisitsDocs = (): OperationDocs => ({
  summary: {
    en: "Find own visits of a worker by ID or card number, the latest first",
    zh: "按证件号码或社保卡号查找职工在本院的就诊登记，由近及远",
  },
  failures: ["TOO_MANY_LOOKUPS", "CURSOR_INVALID"],
  example: {
    request: { cardNumber: "DEMO000001" },
  },
});
