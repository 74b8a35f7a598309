import * as z from "zod/mini";
import { PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { PolicyView } from "./reference-views.ts";

export const putPolicyContract = {
  ...statement,
  id: "put-policy",
  path: "/v1/agency/policies/{effectiveFrom}",
  params: z.strictObject({ effectiveFrom: DaySchema }),
  body: PolicyTerms,
  answer: { status: 200, schema: PolicyView },
  audit: "CHANGE",
} as const satisfies OperationContract;

export const putPolicyDocs = (): OperationDocs => ({
  summary: { en: "State who bears what from a day on", zh: "登记政策" },
  failures: [],
  example: {
    request: {
      unrelatedBearer: "OTHER_INSURER",
      noEmployerNoticeBearer: "EMPLOYER",
      noConsentBearer: "HOSPITAL",
      overCapBearer: "HOSPITAL",
      overQuantityBearer: "HOSPITAL",
      releasedBearer: "PERSONAL",
      mealAllowancePerDay: "22.00",
    },
  },
});
