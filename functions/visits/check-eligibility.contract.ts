import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { idTypes } from "../../shared/domain/registry/person-number.ts";
import { VisitType } from "../../shared/domain/visit-type.ts";
import { namesOneWorker, workerNameShape } from "../../shared/domain/visits/visit-requests.ts";
import { unchanging } from "../kit/hospital-operation.ts";
import { noParams, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { DayText } from "../kit/views.ts";

const NamedHospitalView = z.object({ code: z.string(), name: z.string() });

const EligibilityView = z.object({
  route: z.enum(["DIRECT", "PROVISIONAL", "NONE"]),
  depositRequired: z.boolean(),
  worker: z.optional(z.object({ name: z.string(), idType: z.enum(idTypes), idNumber: z.string() })),
  authorisations: z.array(
    z.object({
      caseNo: z.string(),
      route: z.string(),
      benefit: z.string(),
      employer: z.object({ uscc: z.string(), name: z.string() }),
      injuries: z.array(z.object({ bodyPart: z.string(), diagnosisPrefixes: z.array(z.string()) })),
      from: DayText,
      to: z.nullable(DayText),
    }),
  ),
  refusals: z.array(
    z.object({
      caseNo: z.optional(z.string()),
      code: z.string(),
      hospital: z.optional(NamedHospitalView),
      detail: z.string(),
    }),
  ),
});

export const checkEligibilityContract = {
  ...unchanging,
  id: "check-eligibility",
  method: "POST",
  path: "/v1/hospital/eligibility-checks",
  params: noParams,
  query: noQuery,
  body: z
    .strictObject({ ...workerNameShape, visitType: VisitType, serviceDate: DaySchema })
    .check(...namesOneWorker),
  answer: { status: 200, schema: EligibilityView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const checkEligibilityDocs = (): OperationDocs => ({
  summary: { en: "May this worker be treated at the fund's cost?", zh: "核验待遇资格" },
  failures: ["TOO_MANY_LOOKUPS"],
  example: {
    request: { cardNumber: "DEMO000001", visitType: "OUTPATIENT", serviceDate: "2026-11-02" },
  },
});
