import * as z from "zod/mini";
import { listOf } from "../bounds.ts";
import { covers, type Day, endsAfterItStarts, periodShape } from "../dates.ts";
import { lineOf } from "../texts.ts";

/** 用人单位, as the agency states it; `insured` lists the periods of paid-up work-injury insurance. */
export const EmployerStatement = z.strictObject({
  name: lineOf({ max: 100 }),
  insured: listOf(z.strictObject(periodShape).check(endsAfterItStarts), { max: 50 }),
});

export interface Employer extends z.infer<typeof EmployerStatement> {
  readonly uscc: string;
}

export const isInsured = (employer: Employer, on: Day): boolean =>
  employer.insured.some((period) => covers(period, on));
