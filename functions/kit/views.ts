import * as z from "zod/mini";
import type { Amounts } from "../../shared/domain/amounts.ts";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { atMost } from "../../shared/domain/bounds.ts";
import { takes } from "../../shared/domain/expected.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import type { DayTotals, SideTotals } from "../../shared/domain/reconciliation/day-totals.ts";
import type { Reason } from "../../shared/domain/settlements/reasons.ts";

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

const SideTotalsView = z.object({ count: z.number(), total: Amount, allocation: AllocationView });

/** What one side counts on a day, settlements and reversals apart. */
export const DayTotalsView = z.object({ settlements: SideTotalsView, reversals: SideTotalsView });

/** How many differences have each cause. */
export const CauseCountsView = z.object({
  MISSING_AT_HOSPITAL: z.number(),
  MISSING_AT_FUND: z.number(),
  AMOUNT_DIFFERS: z.number(),
  REVERSED_AT_ONE_SIDE: z.number(),
  DUPLICATE_AT_HOSPITAL: z.number(),
  OTHER_DAY: z.number(),
});

export const toReasonView = ({ code, bearer, amount }: Reason) => ({
  code,
  bearer,
  amount: formatYuan(amount),
});

export const toAmountsView = ({ total, allocation }: Amounts) => ({
  total: formatYuan(total),
  allocation: formatAllocation(allocation),
});

const toSideView = (side: SideTotals) => ({ count: side.count, ...toAmountsView(side) });

export const toDayTotalsView = ({ settlements, reversals }: DayTotals) => ({
  settlements: toSideView(settlements),
  reversals: toSideView(reversals),
});

const limitUpTo = (max: number) =>
  z._default(
    z.pipe(
      z.string().check(
        z.refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= max, {
          error: "OUT_OF_RANGE",
          ...takes({ kind: "NUMBER", least: "1", most: String(max) }),
        }),
      ),
      z.transform(Number),
    ),
    max,
  );

export const MAX_ITEMS_OF_PAGE = 100;
/** Rows of a report are small: so many are half of the 6 MB that Lambda answers with. */
export const MAX_ROWS_OF_PAGE = 2_000;

const cursorUpTo = (letters: number) => z.optional(z.string().check(atMost(letters)));
const cursor = cursorUpTo(400);
/** `limit` and `cursor` of every list. */
export const pageShape = { limit: limitUpTo(MAX_ITEMS_OF_PAGE), cursor };
/** Those of reports. */
export const reportPageShape = { limit: limitUpTo(MAX_ROWS_OF_PAGE), cursor };
/** Those of a list whose cursor remembers which of its items were shown first. */
export const longCursorPageShape = { limit: limitUpTo(MAX_ITEMS_OF_PAGE), cursor: cursorUpTo(3_000) };

export const pageOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
