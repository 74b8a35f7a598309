import * as z from "zod/mini";
import { ItemCode } from "../catalogue/catalogue.ts";
import { holdsNoIdNumber } from "../check-characters.ts";
import { InstantSchema } from "../dates.ts";
import { DiagnosisCode } from "../diagnosis-code.ts";
import { ofForm } from "../expected.ts";
import { wordsHoldNoIdNumber } from "../id-number-in-words.ts";
import { inOneWidth } from "../identifiers.ts";
import { SignedQuantity, SignedYuan, UnitPrice } from "../money.ts";
import { lineOf } from "../texts.ts";

/**
 * The hospital's own number of a line, unique within the visit. Systems give thousands of them by a count or a clock, and
 * one in thousands looks like an ID number: a rule against that would keep a stay from ever being posted.
 */
export const LineNo = z
  .string()
  .check(
    inOneWidth,
    ofForm(
      /^[!-~]{1,64}$/,
      "1 至 64 位字母、数字或半角符号，不含空格",
      "1 to 64 letters A-Z a-z, digits or ASCII signs, no spaces",
    ),
  );

/** 费用明细: one billed item as the hospital posts it. */
export const ChargeLine = z.strictObject({
  lineNo: LineNo,
  itemCode: ItemCode,
  hospitalItemCode: z.optional(lineOf({ max: 64, mayBeEmpty: true }).check(holdsNoIdNumber)),
  name: lineOf({ max: 200 }).check(wordsHoldNoIdNumber),
  quantity: SignedQuantity.check(z.refine((value) => value !== 0, { error: "QUANTITY_ZERO" })),
  unitPrice: UnitPrice,
  amount: SignedYuan,
  serviceAt: InstantSchema,
  injuryRelated: z._default(z.boolean(), true),
  restrictionMet: z._default(z.boolean(), false),
  diagnosisCode: z.optional(DiagnosisCode),
  consent: z.optional(
    z.strictObject({
      signedBy: z.enum(["EMPLOYER", "WORKER", "RELATIVE"]),
      reference: lineOf({ max: 100 }).check(wordsHoldNoIdNumber),
    }),
  ),
  refundOf: z.optional(LineNo),
});
export type ChargeLine = z.infer<typeof ChargeLine>;
