import * as z from "zod/mini";
import type { Amounts } from "../amounts.ts";
import { bearers, fieldOf, totalOf } from "../bearers.ts";
import { holdsNoIdNumber } from "../check-characters.ts";
import { DaySchema } from "../dates.ts";
import { decimalSchema } from "../decimal.ts";
import { ofForm } from "../expected.ts";
import { inOneSpelling } from "../identifiers.ts";
import { MessageKey } from "../messages/message-key.ts";
import { fen, SignedYuan } from "../money.ts";
import { HospitalVisitNo } from "../visits/visit-requests.ts";
import { reconciledKinds } from "./day-totals.ts";

/** 9,999,999,999.99 yuan: a million bills of 10,000 yuan each on one day. */
const LARGEST_TOTAL = 999_999_999_999;
/** A sum of a day, in yuan. */
const DayAmount = decimalSchema({ decimals: 2, minimum: -LARGEST_TOTAL, maximum: LARGEST_TOTAL }, fen);

/** Settlements or reversals of one day, at most. */
const MAX_COUNT = 10_000_000;

const allocationOf = <Part extends z.core.$ZodType>(part: Part) =>
  z.strictObject({
    fund: part,
    employer: part,
    hospital: part,
    thirdParty: part,
    otherInsurer: part,
    personal: part,
  });

const partsOf = ({ total, allocation }: Amounts): readonly unknown[] => [
  total,
  ...bearers.map((bearer) => allocation[fieldOf[bearer]]),
];

const isAmount = (part: unknown): boolean =>
  Number.isInteger(part) && Math.abs(Number(part)) <= LARGEST_TOTAL;

/** An amount with a fault of its own is still the text or number that was sent; that fault says enough. */
const isReadable = (stated: Amounts): boolean => partsOf(stated).every(isAmount);

const addsUp = z.refine<Amounts>(
  (stated) => !isReadable(stated) || totalOf(stated.allocation) === stated.total,
  { error: "ALLOCATION_NOT_TOTAL", path: ["allocation"] },
);

const hasSign = (stated: Amounts, sign: 1 | -1): boolean =>
  !isReadable(stated) || partsOf(stated).every((part) => Number(part) * sign >= 0);

const totalsShape = {
  count: z.int().check(z.minimum(0), z.maximum(MAX_COUNT)),
  total: DayAmount,
  allocation: allocationOf(DayAmount),
};

const wrongSign = { error: "WRONG_SIGN", path: ["total"] };

/** What a hospital counts on a day; reversals are negative. */
export const TotalsStatement = z.strictObject({
  date: DaySchema,
  settlements: z.strictObject(totalsShape).check(
    addsUp,
    z.refine((stated) => hasSign(stated, 1), wrongSign),
  ),
  reversals: z.strictObject(totalsShape).check(
    addsUp,
    z.refine((stated) => hasSign(stated, -1), wrongSign),
  ),
});

/** An id of ours, as the hospital's books have it: of characters in which nobody's name is written. */
const NamedId = z
  .string()
  .check(
    inOneSpelling,
    ofForm(/^[A-Z0-9_.:-]{1,64}$/, "1 至 64 位字母、数字或 _ . : -", "1 to 64 of A-Z 0-9 _ . : -"),
    holdsNoIdNumber,
  );

const namesSettlementOrMessage = z.refine<{
  readonly settlementId?: string | undefined;
  readonly messageKey?: string | undefined;
}>(({ settlementId, messageKey }) => settlementId !== undefined || messageKey !== undefined, {
  error: "SETTLEMENT_OR_MESSAGE_REQUIRED",
});

/**
 * One settlement or reversal in the hospital's books. A hospital that never got an answer knows only the key of its
 * own message; a reversal may be named by its own id or by that of the settlement which it takes back.
 */
export const DetailRow = z
  .strictObject({
    settlementId: z.optional(NamedId),
    messageKey: z.optional(MessageKey),
    visitId: z.optional(NamedId),
    hospitalVisitNo: z.optional(HospitalVisitNo),
    kind: z.enum(reconciledKinds),
    total: SignedYuan,
    allocation: allocationOf(SignedYuan),
  })
  .check(
    namesSettlementOrMessage,
    addsUp,
    z.refine((row) => hasSign(row, row.kind === "SETTLEMENT" ? 1 : -1), wrongSign),
  );
export type DetailRow = z.output<typeof DetailRow>;
