import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import { HospitalVisitNo } from "../../shared/domain/visits/visit-requests.ts";
import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { namesNumberOrPeriod } from "../kit/report-period.ts";
import { pageShape } from "../kit/views.ts";
import { VisitPageView } from "./visit-view.ts";

export const listVisitsContract = {
  ...unchanging,
  id: "list-visits",
  method: "GET",
  path: "/v1/hospital/visits",
  params: noParams,
  query: z
    .strictObject({
      hospitalVisitNo: z.optional(HospitalVisitNo),
      status: z.optional(z.enum(visitStatuses)),
      from: z.optional(DaySchema),
      to: z.optional(DaySchema),
      ...pageShape,
    })
    .check(...namesNumberOrPeriod),
  body: noBody,
  answer: { status: 200, schema: VisitPageView },
  audit: { reads: "LIST" },
} as const satisfies OperationContract;

export const listVisitsDocs = (): OperationDocs => ({
  summary: {
    en: "List own visits by their number, or by days of admission, the latest first",
    zh: "查询本院就诊登记：按院内就诊号，或按就诊（入院）日期，由近及远",
  },
  failures: ["CURSOR_INVALID"],
});
