import * as z from "zod/mini";
import { listOf } from "../bounds.ts";
import { Tier } from "../catalogue/catalogue.ts";
import { endsAfterItStarts, periodShape } from "../dates.ts";
import { ofForm } from "../expected.ts";
import { inOneSpelling } from "../identifiers.ts";
import { lineOf } from "../texts.ts";
import { VisitType } from "../visit-type.ts";

/** 12 characters, as the national code set for institutions has it. */
export const HospitalCode = z
  .string()
  .check(inOneSpelling, ofForm(/^[A-Z0-9]{12}$/, "12 位字母或数字", "12 letters A-Z or digits"));

/** 工伤保险协议机构, as the agency states it. */
export const HospitalStatement = z.strictObject({
  name: lineOf({ max: 100 }),
  tier: Tier,
  services: listOf(VisitType, { min: 1, max: 5 }),
  agreement: z
    .strictObject({ ...periodShape, status: z.enum(["ACTIVE", "SUSPENDED"]) })
    .check(endsAfterItStarts),
});

export interface Hospital extends z.infer<typeof HospitalStatement> {
  readonly code: string;
}
