import * as z from "zod/mini";

/** Shapes that several answers share. Amounts are decimal strings in yuan, days and instants in Asia/Shanghai. */
export const Amount = z.string().check(z.regex(/^-?\d+\.\d{2}$/));
export const DayText = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const InstantText = z.string().check(z.regex(/\+08:00$/));

export const AllocationView = z.object({
  fund: Amount,
  employer: Amount,
  hospital: Amount,
  thirdParty: Amount,
  otherInsurer: Amount,
  personal: Amount,
});

export const ReasonView = z.object({ code: z.string(), bearer: z.string(), amount: Amount });

export const SentenceView = z.object({ zh: z.string(), en: z.string() });

const MAX_LIMIT = 100;

/** `limit` and `cursor` of every list. */
export const pageShape = {
  limit: z._default(
    z.pipe(
      z.string().check(
        z.refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_LIMIT, {
          error: "OUT_OF_RANGE",
        }),
      ),
      z.transform(Number),
    ),
    MAX_LIMIT,
  ),
  cursor: z.optional(z.string().check(z.maxLength(400))),
};

export const pageOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
