import * as z from "zod/mini";
import { DayText } from "../kit/views.ts";

export const HospitalView = z.object({
  code: z.string(),
  name: z.string(),
  tier: z.number(),
  services: z.array(z.string()),
  agreement: z.object({ from: DayText, to: z.nullable(DayText), status: z.string() }),
});

export const EmployerView = z.object({
  uscc: z.string(),
  name: z.string(),
  insured: z.array(z.object({ from: DayText, to: z.nullable(DayText) })),
});
