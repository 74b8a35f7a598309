import * as z from "zod/mini";
import { DaySchema, day } from "../../shared/domain/dates.ts";
import { noBody } from "../kit/operation.ts";
import { AllocationView, Amount, DayText, InstantText, SentenceView } from "../kit/views.ts";

/** Days of admission; claims of all time where no period is named. */
export const periodShape = {
  from: z._default(DaySchema, day("0001-01-01")),
  to: z._default(DaySchema, day("9999-12-31")),
};

/** A claim without any diagnosis: that is not the employer's to know. */
export const ClaimView = z.object({
  visitId: z.string(),
  caseNo: z.optional(z.string()),
  worker: z.object({ name: z.string() }),
  hospital: z.object({ code: z.string(), name: z.string() }),
  visitType: z.string(),
  status: z.string(),
  guarantee: z.string(),
  admittedOn: DayText,
  dischargedOn: z.optional(DayText),
  total: z.optional(Amount),
  allocation: z.optional(AllocationView),
  nextStep: SentenceView,
  updatedAt: InstantText,
});

export const common = {
  audience: "enterprise",
  roles: ["enterprise"],
  message: false,
  method: "GET",
  body: noBody,
} as const;
