import * as z from "zod/mini";
import { PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { PolicyView } from "./reference-views.ts";

export const putPolicyContract = {
  ...statement,
  id: "put-policy",
  path: "/v1/agency/policies/{effectiveFrom}",
  summary: { en: "State who bears what from a day on", zh: "登记政策" },
  params: z.strictObject({ effectiveFrom: DaySchema }),
  body: PolicyTerms,
  answer: { status: 200, schema: PolicyView },
  failures: [],
  audit: "CHANGE",
} as const satisfies OperationContract;
